"""After the invitations left: how far the letters are, and who believes what no longer holds."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from communities import typography
from communities.models import Channel, Delivery, DeliveryState, Mailing
from communities.post import mailings
from meetings.models import Invitation, MeetingPage
from tests.communities.factories import MembershipFactory, ResidentFactory
from tests.factories import StaffFactory
from tests.meetings.conftest import at, words
from tests.meetings.factories import AnswerFactory, VenueFactory

pytestmark = pytest.mark.django_db


def end(delivery: Delivery, state: DeliveryState, reason: str = "") -> None:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, reason=reason, ended_at=delivery.next_attempt_at)


def test_after_sending_the_page_says_how_far_the_letters_are(desk: Client, invited: MeetingPage):
    sent, failed = Delivery.objects.filter(channel=Channel.EMAIL).order_by("pk")
    end(sent, DeliveryState.SENT)
    end(failed, DeliveryState.FAILED, reason="550 no such user")

    shown = words(desk.get(at("invitations", invited)))

    assert "1 letter sent of 2" in shown
    assert "<strong>1 ×</strong> 550 no such user" in shown
    assert "1 letter to post, 0 already posted" in shown
    assert "1 person to call, 0 already called" in shown


def test_no_letter_gone_yet_is_said_of_several(desk: Client, invited: MeetingPage):
    assert "0 letters sent of 2" in words(desk.get(at("invitations", invited)))


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


def test_after_a_move_the_page_says_what_will_leave_to_how_many_and_what_changes(desk: Client, invited: MeetingPage):
    Delivery.objects.update(state=DeliveryState.SENT, ended_at=invited.starts_at)
    before = words(desk.get(at("invitations", invited)))

    move(invited)

    shown = words(desk.get(at("invitations", invited)))
    first = " ".join(typography.span(invited.starts_at, invited.ends_at, language="en").split())
    assert "an update to" not in before
    assert "an update to 4 people (2 by e-mail, 1 by post, 1 by telephone)" in shown
    assert f"<del>{first}</del>" in shown
    assert "Salle de la Fosse 5" in shown
    assert "They are asked again whether they come" in shown


def test_send_now_sends_it_and_the_page_has_nothing_more_to_say(desk: Client, invited: MeetingPage):
    Delivery.objects.update(state=DeliveryState.SENT, ended_at=invited.starts_at)
    move(invited)

    answer = desk.post(at("send_now", invited), follow=True)

    assert "4 people are being told." in words(answer)
    assert "an update to" not in words(answer)
    assert Delivery.objects.filter(mailing__kind="update").count() == 4
    assert Mailing.objects.get(kind="update").created_by.first_name == "Nora"


def test_the_letter_is_read_before_it_leaves(desk: Client, invited: MeetingPage):
    Delivery.objects.update(state=DeliveryState.SENT, ended_at=invited.starts_at)
    move(invited)

    shown = words(desk.get(at("preview_change", invited)))

    assert "Changement : Le grand rangement" in shown
    assert "Salle de la Fosse 5" in shown
    assert Delivery.objects.filter(mailing__kind="update").count() == 0


def test_letters_that_have_not_left_are_not_updates_but_invitations(desk: Client, invited: MeetingPage):
    end(Delivery.objects.get(resident__name="Ada Terril"), DeliveryState.SENT)

    move(invited)

    shown = words(desk.get(at("invitations", invited)))
    assert "an invitation to 3 people (1 by e-mail, 1 by post, 1 by telephone)" in shown
    assert "an update to 1 person (1 by e-mail)" in shown


def test_after_a_move_each_person_is_on_the_page_once_with_their_last_letter(desk: Client, invited: MeetingPage):
    end(Delivery.objects.get(resident__name="Ada Terril"), DeliveryState.SENT)
    move(invited)
    desk.post(at("send_now", invited))

    response = desk.get(at("invitations", invited))

    shown = {letter.resident.name: letter.order for letter in response.context["object_list"]}
    assert shown == dict.fromkeys(["Ada Terril", "Basile Coron", "Nora Chevalet", "Inès Briquette"], 1)
    assert response.context["progress"].letters == 2


def test_a_typing_mistake_put_right_sends_nothing(desk: Client, invited: MeetingPage):
    Delivery.objects.update(state=DeliveryState.SENT, ended_at=invited.starts_at)

    MeetingPage.objects.filter(pk=invited.pk).update(title="Le grand rangemment")

    assert "an update to" not in words(desk.get(at("invitations", invited)))


@pytest.mark.parametrize(
    ("status", "what"), [("cancelled", "a cancellation"), ("postponed", "a notice of postponement")]
)
def test_people_told_of_a_meeting_that_is_called_off_are_to_be_told(
    desk: Client, invited: MeetingPage, status: str, what: str
):
    Delivery.objects.update(state=DeliveryState.SENT, ended_at=invited.starts_at)

    MeetingPage.objects.filter(pk=invited.pk).update(status=status)

    assert f"{what} to 4 people" in words(desk.get(at("invitations", invited)))


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        (0, "3 lettres à poster, dont 0 déjà postée "),
        (1, "3 lettres à poster, dont 1 déjà postée "),
        (2, "3 lettres à poster, dont 2 déjà postées "),
    ],
)
def test_what_is_done_by_hand_is_counted_in_good_french(
    client: Client, meeting: MeetingPage, posted: int, sentence: str
):
    for resident in ResidentFactory.create_batch(2, by_post=True):
        MembershipFactory(community=meeting.communities.get(), resident=resident)
    client.force_login(StaffFactory(communication=True, reads="fr"))
    client.post(at("send", meeting), {"expecting": 6})

    for letter in Delivery.objects.filter(channel=Channel.LETTER)[:posted]:
        end(letter, DeliveryState.SENT)

    assert sentence in words(client.get(at("invitations", meeting)))


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_nobody_is_sent_to_the_post_or_the_telephone_for_a_meeting_that_does_not_stand(
    desk: Client, invited: MeetingPage, status: str
):
    MembershipFactory(community=invited.communities.get(), resident__name="Félix Gaillette")
    before = words(desk.get(at("invitations", invited)))

    MeetingPage.objects.filter(pk=invited.pk).update(status=status)
    desk.post(at("send_now", invited))

    shown = words(desk.get(at("invitations", invited)))
    for errand in ("letter to post", "person to call", "Invite them too"):
        assert errand in before
        assert errand not in shown


def test_nobody_is_invited_too_to_a_meeting_that_is_over(desk: Client, invited: MeetingPage):
    MembershipFactory(community=invited.communities.get())
    ago = dt.timedelta(days=60)

    MeetingPage.objects.filter(pk=invited.pk).update(starts_at=invited.starts_at - ago, ends_at=invited.ends_at - ago)

    assert "Invite them too" not in words(desk.get(at("invitations", invited)))


def test_a_mailing_that_holds_no_letter_any_more_is_not_said_to_be_paused(desk: Client, invited: MeetingPage):
    mailings.pause(mailing=Mailing.objects.get(), reason="La date a changé.")
    move(invited)

    desk.post(at("send_now", invited))

    assert "The letters are paused" not in words(desk.get(at("invitations", invited)))


def test_following_the_letters_asks_as_many_questions_for_many_as_for_few(
    desk: Client, invited: MeetingPage, queries_of: Callable[[str], int]
):
    for_few = queries_of(at("invitations", invited))
    MembershipFactory.create_batch(20, community=invited.communities.get())
    desk.post(at("send", invited), {"expecting": 20})

    assert queries_of(at("invitations", invited)) <= for_few
