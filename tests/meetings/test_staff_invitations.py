"""The invitations page of a meeting: before anything is sent, the sending, and after."""

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from communities import typography
from communities.models import Channel, Community, Delivery, DeliveryState, Mailing, Membership
from communities.post import mailings
from meetings import announcing
from meetings.models import Invitation, MeetingPage
from tests.communities.factories import CommunityFactory, MembershipFactory, NeighbourhoodFactory, ResidentFactory
from tests.factories import StaffFactory
from tests.meetings.factories import AnswerFactory, MeetingPageFactory, VenueFactory, evening

pytestmark = pytest.mark.django_db


def at(name: str, meeting: MeetingPage, *more: object) -> str:
    return reverse(f"meetings_desk:{name}", args=[meeting.pk, *more])


def words(response: Any) -> str:
    """What a page says, on one line."""
    return " ".join(response.content.decode().split())


@pytest.fixture
def garden() -> Community:
    """Two members by e-mail, one by post, one by telephone, and one who allowed nothing."""
    community = CommunityFactory(name="Le jardin du coron")
    MembershipFactory(community=community, resident__name="Ada Terril")
    MembershipFactory(community=community, resident__name="Basile Coron", resident__language="en")
    MembershipFactory(community=community, resident=ResidentFactory(name="Nora Chevalet", by_post=True))
    MembershipFactory(community=community, resident=ResidentFactory(name="Inès Briquette", without_email=True))
    MembershipFactory(community=community, resident__name="Achille Silence", consenting=False)
    return community


@pytest.fixture
def meeting(garden: Community) -> MeetingPage:
    return MeetingPageFactory(title="Le grand rangement", communities=[garden])


@pytest.fixture
def invited(desk: Client, meeting: MeetingPage) -> MeetingPage:
    """The same, once the button has been pressed."""
    desk.post(at("send", meeting), {"expecting": 4})
    return meeting


# --- Before -------------------------------------------------------------------------------------------------


def test_before_sending_the_page_says_how_many_people_by_which_channel_and_why(desk: Client, meeting: MeetingPage):
    shown = words(desk.get(at("invitations", meeting)))

    assert "This goes to 4 people: 2 by e-mail, 1 by post, 1 by telephone." in shown
    assert "<strong>4</strong> Le jardin du coron" in shown
    assert "<strong>3</strong> French" in shown
    assert "<strong>1</strong> English" in shown
    assert "<strong>1</strong> have not agreed to receive e-mail" in shown
    assert "Send to 4 people" in shown


def test_someone_concerned_twice_is_on_the_list_once_with_both_reasons(desk: Client, garden: Community):
    place = NeighbourhoodFactory(name="Cité 5")
    twice = ResidentFactory(name="Félix Gaillette", neighbourhood=place, without_email=True)
    MembershipFactory(community=garden, resident=twice)
    meeting = MeetingPageFactory(communities=[garden], neighbourhoods=[place])

    shown = words(desk.get(at("to_invite", meeting), {"q": "gaillette"}))

    assert shown.count("Félix Gaillette") == 1
    assert "Le jardin du coron, Cité 5" in shown


@pytest.mark.parametrize("asked", ["ines", "INÈS", "briq"])
def test_the_list_is_searched_by_name_accents_or_not(desk: Client, meeting: MeetingPage, asked: str):
    rows = desk.get(at("to_invite_results", meeting), {"q": asked}).context["object_list"]

    assert [str(row.resident) for row in rows] == ["Inès Briquette"]


def test_the_letter_is_previewed_as_one_of_them_in_their_language(desk: Client, meeting: MeetingPage):
    basile = Membership.objects.get(resident__name="Basile Coron").resident

    response = desk.get(at("preview", meeting, basile.pk))

    assert "Basile Coron" in response.context["preview"].html
    assert "You are invited" in response.context["preview"].text
    assert '<iframe class="desk-letter__page" sandbox' in response.content.decode()


def test_a_preview_runs_no_script_from_a_title(desk: Client, garden: Community):
    meeting = MeetingPageFactory(title="<script>alert(1)</script>", slug="script", communities=[garden])
    ada = Membership.objects.get(resident__name="Ada Terril").resident

    shown = desk.get(at("preview", meeting, ada.pk)).content.decode()

    assert "<script>alert(1)" not in shown


def test_a_meeting_that_is_only_online_is_read_and_announced_like_any_other(desk: Client, garden: Community):
    meeting = MeetingPageFactory(communities=[garden], online_only=True)
    ada = Membership.objects.get(resident__name="Ada Terril").resident

    shown = desk.get(at("preview", meeting, ada.pk))
    desk.post(at("send", meeting), {"expecting": 4})

    assert "https://visio.example.org/coron" in shown.context["preview"].text
    assert Delivery.objects.count() == 4


@pytest.mark.parametrize(
    ("name", "sentence", "where"),
    [
        ("Nora Chevalet", "This person is told by post", "rue des Exemples"),
        ("Inès Briquette", "This person is told by telephone", "01 99"),
    ],
)
@pytest.mark.parametrize("inbound", ["", "reponses.example.org"])
def test_whoever_is_told_by_hand_is_previewed_with_the_same_words(
    client: Client, meeting: MeetingPage, settings: Settings, name: str, sentence: str, where: str, inbound: str
):
    settings.INBOUND_DOMAIN = inbound
    resident = Membership.objects.get(resident__name=name).resident
    pages = {}
    for group in ("communication", "participation"):
        client.force_login(StaffFactory(**{group: True}))
        pages[group] = words(client.get(at("preview", meeting, resident.pk)))

    for page in pages.values():
        assert sentence in page
        assert "Le grand rangement" in page.partition("desk-letter__text")[2]
        assert "<iframe" not in page
    assert where in pages["participation"].replace("\u202f", " ").replace("\u00a0", " ")
    assert where not in pages["communication"].replace("\u202f", " ").replace("\u00a0", " ")


def test_the_preview_goes_from_one_to_the_next_through_everyone(desk: Client, meeting: MeetingPage):
    everyone = [row.resident.pk for row in desk.get(at("to_invite", meeting)).context["object_list"]]

    passed, after = [], everyone[0]
    while after:
        page = desk.get(at("preview", meeting, after))
        passed.append(after)
        after = page.context["after"] and page.context["after"].resident.pk

    assert passed == everyone
    assert len(passed) == 4


def test_every_name_on_the_list_leads_to_its_preview(desk: Client, meeting: MeetingPage):
    shown = desk.get(at("to_invite", meeting)).content.decode()

    for member in Membership.objects.exclude(resident__name="Achille Silence"):
        assert at("preview", meeting, member.resident.pk) in shown


def test_someone_whom_the_meeting_does_not_reach_is_not_previewed(desk: Client, meeting: MeetingPage):
    achille = Membership.objects.get(resident__name="Achille Silence").resident

    assert desk.get(at("preview", meeting, achille.pk)).status_code == 404


def test_an_e_mail_address_is_shown_to_whoever_may_see_residents_only(client: Client, meeting: MeetingPage):
    ada = Membership.objects.get(resident__name="Ada Terril").resident
    client.force_login(StaffFactory(communication=True))
    for_communication = client.get(at("preview", meeting, ada.pk)).content.decode()
    client.force_login(StaffFactory(participation=True))

    assert ada.email not in for_communication
    assert ada.email in client.get(at("preview", meeting, ada.pk)).content.decode()


def test_a_test_goes_to_whoever_asks_for_it(desk: Client, meeting: MeetingPage, staff: Any):
    shown = desk.post(at("send_test", meeting), follow=True)

    assert Delivery.objects.get().test_address == staff.email
    assert staff.email in words(shown)
    assert not Invitation.objects.exists()


def test_someone_without_an_address_is_told_where_to_add_one(client: Client, meeting: MeetingPage):
    client.force_login(StaffFactory(communication=True, email=""))

    shown = words(client.post(at("send_test", meeting), follow=True))

    assert "Your account has no e-mail address" in shown
    assert reverse("wagtailadmin_account") in shown
    assert not Mailing.objects.exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"draft": True}, "Publish the meeting first"),
        ({"past": True}, "over, postponed or cancelled"),
        ({"postponed": True}, "over, postponed or cancelled"),
        ({"cancelled": True}, "over, postponed or cancelled"),
        ({"communities": []}, "There is nobody left to invite"),
    ],
)
def test_what_cannot_be_sent_says_why_and_leads_to_the_meeting(
    desk: Client, garden: Community, facts: dict[str, Any], sentence: str
):
    meeting = MeetingPageFactory(**{"communities": [garden]} | facts)

    shown = words(desk.get(at("invitations", meeting)))

    assert sentence in shown
    assert reverse("wagtailadmin_pages:edit", args=[meeting.pk]) in shown
    assert at("send", meeting) not in shown


@pytest.mark.parametrize("facts", [{"draft": True}, {"past": True}, {"cancelled": True}])
def test_what_cannot_be_sent_is_not_sent_even_to_oneself(desk: Client, garden: Community, facts: dict[str, Any]):
    meeting = MeetingPageFactory(communities=[garden], **facts)

    desk.post(at("send", meeting), {"expecting": 4})
    desk.post(at("send_test", meeting))

    assert not Mailing.objects.exists()


def test_changes_that_are_not_published_are_said_to_stay_out_of_the_letters(desk: Client, garden: Community):
    meeting = MeetingPageFactory(communities=[garden], has_unpublished_changes=True)

    assert "The letters tell what is published" in words(desk.get(at("invitations", meeting)))


# --- The sending --------------------------------------------------------------------------------------------


def test_the_figures_are_shown_again_before_the_last_button_and_looking_sends_nothing(
    desk: Client, meeting: MeetingPage
):
    shown = words(desk.get(at("send", meeting)))

    assert "This goes to 4 people: 2 by e-mail, 1 by post, 1 by telephone." in shown
    assert "2 letters leave at once" in shown
    assert "2 people are for you to write to or call" in shown
    assert not Mailing.objects.exists()


def test_pressing_send_invites_everyone_once(desk: Client, meeting: MeetingPage, staff: Any):
    response = desk.post(at("send", meeting), {"expecting": 4}, follow=True)

    assert Invitation.objects.filter(meeting=meeting).count() == 4
    assert Delivery.objects.count() == 4
    assert announcing.latest(meeting=meeting).announced_by == staff
    assert "4 people are invited." in words(response)


def test_pressing_send_twice_sends_once_and_says_so(desk: Client, invited: MeetingPage):
    response = desk.post(at("send", invited), {"expecting": 4}, follow=True)

    assert Delivery.objects.count() == 4
    assert "They have already been invited." in words(response)


def test_an_audience_that_changed_meanwhile_is_shown_again_instead_of_being_told(desk: Client, meeting: MeetingPage):
    desk.get(at("send", meeting))
    MembershipFactory(community=meeting.communities.get())

    response = desk.post(at("send", meeting), {"expecting": 4}, follow=True)

    assert not Mailing.objects.exists()
    assert "has changed since you looked" in words(response)
    assert "This goes to 5 people" in words(response)


@pytest.mark.parametrize("nonsense", [{}, {"expecting": ""}, {"expecting": "-1"}, {"expecting": "four"}])
def test_a_button_that_does_not_say_for_how_many_asks_again(
    desk: Client, meeting: MeetingPage, nonsense: dict[str, str]
):
    response = desk.post(at("send", meeting), nonsense)

    assert response.url == at("send", meeting)
    assert not Mailing.objects.exists()


# --- After --------------------------------------------------------------------------------------------------


def test_after_sending_the_page_says_how_far_the_letters_are(desk: Client, invited: MeetingPage):
    sent, failed = Delivery.objects.filter(channel=Channel.EMAIL).order_by("pk")
    end(sent, DeliveryState.SENT)
    end(failed, DeliveryState.FAILED, reason="550 no such user")

    shown = words(desk.get(at("invitations", invited)))

    assert "1 letter sent of 2" in shown or "1 letters sent of 2" in shown
    assert "<strong>1</strong> 550 no such user" in shown
    assert "1 letter to post, 0 done" in shown
    assert "1 person to call, 0 done" in shown


def test_the_page_asks_for_news_while_letters_wait_and_stops_when_none_does(desk: Client, invited: MeetingPage):
    moving = desk.get(at("progress", invited))
    for delivery in Delivery.objects.filter(channel=Channel.EMAIL):
        end(delivery, DeliveryState.SENT)
    still = desk.get(at("progress", invited))

    assert 'hx-trigger="every 2s"' in words(moving)
    assert "HX-Refresh" not in moving
    assert "hx-trigger" not in words(still)
    assert still["HX-Refresh"] == "true"


def test_paused_letters_say_why_and_lead_to_the_brake(desk: Client, invited: MeetingPage):
    mailing = Mailing.objects.get()
    mailings.pause(mailing=mailing, reason="Trop de refus.")

    shown = words(desk.get(at("invitations", invited)))

    assert "The letters are paused: Trop de refus." in shown
    assert reverse("mailings:inspect", args=[mailing.pk]) in shown
    assert "hx-trigger" not in shown


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"channel": "letter"}, {"Nora Chevalet"}),
        ({"channel": ["letter", "phone"]}, {"Nora Chevalet", "Inès Briquette"}),
        ({"state": "sent"}, {"Ada Terril"}),
        ({"choice": "yes"}, {"Basile Coron"}),
        ({"choice": "none", "channel": "email"}, {"Ada Terril"}),
        ({"q": "ines"}, {"Inès Briquette"}),
    ],
)
def test_the_letters_are_narrowed_by_state_channel_answer_and_name(
    desk: Client, invited: MeetingPage, asked: dict[str, Any], found: set[str]
):
    end(Delivery.objects.get(resident__name="Ada Terril"), DeliveryState.SENT)
    AnswerFactory(invitation=Invitation.objects.get(resident__name="Basile Coron"))

    rows = desk.get(at("invitations_results", invited), asked).context["object_list"]

    assert {row.resident.name for row in rows} == found


def test_those_who_came_since_are_counted_and_invited_on_their_own(desk: Client, invited: MeetingPage):
    MembershipFactory(community=invited.communities.get(), resident__name="Félix Gaillette")

    shown = words(desk.get(at("invitations", invited)))
    desk.post(at("send", invited), {"expecting": 1})

    assert "1 more person is concerned since." in shown
    assert Delivery.objects.filter(resident__name="Félix Gaillette").count() == 1
    assert Delivery.objects.count() == 5


def move(meeting: MeetingPage) -> None:
    venue = VenueFactory(name="Salle de la Fosse 5")
    MeetingPage.objects.filter(pk=meeting.pk).update(
        starts_at=meeting.starts_at + dt.timedelta(days=7), ends_at=meeting.ends_at + dt.timedelta(days=7), venue=venue
    )


def test_after_a_move_the_page_says_how_many_people_believe_what_no_longer_holds(desk: Client, invited: MeetingPage):
    end(Delivery.objects.get(resident__name="Ada Terril"), DeliveryState.SENT)
    before = words(desk.get(at("invitations", invited)))

    move(invited)

    shown = words(desk.get(at("invitations", invited)))
    told, _now, rest = shown.partition("It is now:")
    assert "was told something else" not in before
    assert "1 person was told something else." in told
    first = " ".join(typography.span(invited.starts_at, invited.ends_at, language="en").split())
    assert f"They were told: {first}" in told
    assert invited.venue.name in told.partition("They were told:")[2]
    assert "Salle de la Fosse 5" in rest
    assert "3 people are still to be told" in shown


def test_those_told_the_new_date_are_not_among_those_who_believe_the_old_one(desk: Client, invited: MeetingPage):
    end(Delivery.objects.get(resident__name="Ada Terril"), DeliveryState.SENT)
    move(invited)
    desk.post(at("send", invited), {"expecting": 3})
    end(Delivery.objects.get(resident__name="Basile Coron", order=1), DeliveryState.SENT)

    shown = words(desk.get(at("invitations", invited)))

    assert "1 person was told something else." in shown
    assert "still to be told" not in shown


def test_after_a_move_each_person_is_on_the_page_once_with_their_last_letter(desk: Client, invited: MeetingPage):
    end(Delivery.objects.get(resident__name="Ada Terril"), DeliveryState.SENT)
    move(invited)
    desk.post(at("send", invited), {"expecting": 3})

    response = desk.get(at("invitations", invited))

    shown = {letter.resident.name: letter.order for letter in response.context["object_list"]}
    assert shown == {"Ada Terril": 0, "Basile Coron": 1, "Nora Chevalet": 1, "Inès Briquette": 1}
    assert response.context["progress"].letters == 2


def test_a_new_title_makes_nobody_a_believer_of_something_else(desk: Client, invited: MeetingPage):
    Delivery.objects.update(state=DeliveryState.SENT, ended_at=invited.starts_at)

    MeetingPage.objects.filter(pk=invited.pk).update(title="Le très grand rangement")

    assert "told something else" not in words(desk.get(at("invitations", invited)))


def test_people_told_of_a_meeting_that_is_cancelled_are_to_be_told(desk: Client, invited: MeetingPage):
    Delivery.objects.update(state=DeliveryState.SENT, ended_at=invited.starts_at)

    MeetingPage.objects.filter(pk=invited.pk).update(status="cancelled")

    shown = words(desk.get(at("invitations", invited)))
    assert "4 people were told something else." in shown
    assert "It is now: cancelled" in shown


def test_a_mailing_that_holds_no_letter_any_more_is_not_said_to_be_paused(desk: Client, invited: MeetingPage):
    mailings.pause(mailing=Mailing.objects.get(), reason="La date a changé.")
    move(invited)

    desk.post(at("send", invited), {"expecting": 4})

    assert "The letters are paused" not in words(desk.get(at("invitations", invited)))


def test_the_list_for_the_desk_has_the_addresses_in_the_order_of_the_streets(client: Client, invited: MeetingPage):
    client.force_login(StaffFactory(participation=True))

    shown = words(client.get(at("by_hand", invited, "letter")))

    assert "Nora Chevalet" in shown
    assert "62000 Exempleville" in shown
    assert "1 person still to tell" in shown


@pytest.mark.parametrize(("channel", "where"), [("letter", "Exempleville"), ("phone", "0199")])
def test_whoever_may_not_see_residents_has_the_names_to_tell_and_no_address(
    desk: Client, invited: MeetingPage, channel: str, where: str
):
    shown = words(desk.get(at("by_hand", invited, channel)))
    exported = desk.get(at("by_hand", invited, channel), {"export": "csv"}).content.decode("utf-8-sig")

    assert "Addresses and telephone numbers are shown to whoever may see the residents" in shown
    assert where not in (shown + exported).replace("\u202f", "").replace("\u00a0", "")
    assert exported.splitlines()[0] == "name;second person of the household;state"
    assert "Mark as told" in shown


def test_someone_told_by_hand_is_marked_with_who_did_it(desk: Client, invited: MeetingPage):
    call = Delivery.objects.get(channel=Channel.PHONE)

    desk.post(at("by_hand", invited, "phone"), {"delivery": call.pk})

    call.refresh_from_db()
    assert call.state == DeliveryState.SENT
    assert call.ended_at
    assert "Nora Chevalet" in call.reason


def test_a_whole_channel_is_marked_at_once_and_the_other_stays(desk: Client, invited: MeetingPage):
    desk.post(at("by_hand", invited, "letter"), {"all": "1"})

    states = dict(Delivery.objects.values_list("channel", "state"))
    assert states == {"letter": "sent", "phone": "pending", "email": "pending"}


@pytest.mark.parametrize("asked", [{"delivery": "x"}, {"delivery": ""}, {}, {"delivery": "999999"}])
def test_marking_nobody_marks_nobody(desk: Client, invited: MeetingPage, asked: dict[str, str]):
    desk.post(at("by_hand", invited, "letter"), asked)

    assert not Delivery.objects.filter(state=DeliveryState.SENT).exists()


def test_a_letter_of_another_meeting_is_never_marked(desk: Client, invited: MeetingPage, garden: Community):
    other = MeetingPageFactory(communities=[garden], starts_at=evening(in_days=20))
    desk.post(at("send", other), {"expecting": 4})
    theirs = Delivery.objects.get(channel=Channel.LETTER, thread=announcing.thread_of(other))

    desk.post(at("by_hand", invited, "letter"), {"delivery": theirs.pk})

    theirs.refresh_from_db()
    assert theirs.state == DeliveryState.PENDING


def test_e_mail_is_no_list_for_the_desk(desk: Client, invited: MeetingPage):
    assert desk.get(at("by_hand", invited, "email")).status_code == 404


def test_the_list_for_the_desk_is_exported_without_formulas(client: Client, invited: MeetingPage):
    client.force_login(StaffFactory(participation=True))
    Delivery.objects.get(channel=Channel.LETTER).resident.__class__.objects.filter(name="Nora Chevalet").update(
        street="=1+1"
    )

    content = client.get(at("by_hand", invited, "letter"), {"export": "csv"}).content.decode("utf-8-sig")

    assert next(csv.DictReader(io.StringIO(content), delimiter=";"))["street and number"] == "'=1+1"


def test_following_the_letters_asks_as_many_questions_for_many_as_for_few(
    desk: Client, invited: MeetingPage, queries_of: Callable[[str], int]
):
    for_few = queries_of(at("invitations", invited))
    MembershipFactory.create_batch(20, community=invited.communities.get())
    desk.post(at("send", invited), {"expecting": 20})

    assert queries_of(at("invitations", invited)) <= for_few


def test_looking_at_the_audience_asks_as_many_questions_for_many_as_for_few(
    desk: Client, meeting: MeetingPage, queries_of: Callable[[str], int]
):
    for_few = queries_of(at("invitations", meeting))
    MembershipFactory.create_batch(20, community=meeting.communities.get())

    assert queries_of(at("invitations", meeting)) == for_few


def end(delivery: Delivery, state: DeliveryState, reason: str = "") -> None:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, reason=reason, ended_at=delivery.next_attempt_at)
