"""A meeting filled in and published in Wagtail's own editor."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from communities.models import Delivery, DeliveryState
from meetings.models import MeetingPage, VenueBooking
from tests.communities.factories import CommunityFactory, NeighbourhoodFactory
from tests.factories import StaffFactory
from tests.meetings.factories import MeetingPageFactory, VenueFactory, evening, meeting_index

pytestmark = pytest.mark.django_db


def filled_in(**changes: Any) -> dict[str, Any]:
    """What the editor posts: the six essentials, and every other field as it first stands."""
    start = evening(in_days=10)
    essentials = {
        "title": "Le grand rangement",
        "slug": "le-grand-rangement",
        "kind": "workshop",
        "starts_at": f"{start:%d/%m/%Y %H:%M}",
        "ends_at": f"{start + dt.timedelta(minutes=90):%d/%m/%Y %H:%M}",
    }
    untouched = {"level": "inform", "status": "confirmed", "body": rich_text(""), "comments": inline_formset([])}
    formsets = {"agenda_items": inline_formset([]), "documents": inline_formset([])}
    return nested_form_data(essentials | untouched | formsets) | changes


def post(desk: Client, form: dict[str, Any], *, publish: bool = True) -> Any:
    address = reverse("wagtailadmin_pages:add", args=["meetings", "meetingpage", meeting_index().pk])
    return desk.post(address, form | ({"action-publish": "1"} if publish else {}), follow=True)


def typed(meeting: MeetingPage) -> dict[str, Any]:
    """What the editor of a published meeting posts while nothing in it has been changed."""
    hours = {
        name: timezone.localtime(getattr(meeting, name)).strftime("%d/%m/%Y %H:%M") for name in ("starts_at", "ends_at")
    }
    return filled_in(venue=meeting.venue.pk, communities=list(meeting.communities.values_list("pk", flat=True))) | hours


def publish_again(desk: Client, meeting: MeetingPage, **changes: Any) -> Any:
    """The editor of a meeting that was published, with these changes, then the page that comes next."""
    address = reverse("wagtailadmin_pages:edit", args=[meeting.pk])
    return desk.post(address, typed(meeting) | changes | {"action-publish": "1"}, follow=True)


def errors(response: Any) -> dict[str, list[str]]:
    with translation.override("en"):
        return {field: list(sentences) for field, sentences in response.context["form"].errors.items()}


@pytest.fixture
def venue(db: None) -> Any:
    return VenueFactory()


def test_six_fields_are_enough_to_publish_and_the_message_leads_to_the_invitations(desk: Client, venue: Any):
    places = NeighbourhoodFactory.create_batch(2)

    response = post(desk, filled_in(venue=venue.pk, neighbourhoods=[place.pk for place in places]))

    meeting = MeetingPage.objects.get(title="Le grand rangement")
    assert meeting.live
    assert set(meeting.neighbourhoods.all()) == set(places)
    assert VenueBooking.objects.get().meeting == meeting
    assert reverse("meetings_desk:invitations", args=[meeting.pk]) in response.content.decode()


def test_a_meeting_that_is_only_online_is_published_without_a_venue(desk: Client):
    post(desk, filled_in(venue="", online_link="https://visio.example.org/", communities=[CommunityFactory().pk]))

    meeting = MeetingPage.objects.get()
    assert meeting.live
    assert meeting.venue is None
    assert not VenueBooking.objects.exists()


def test_the_six_essentials_look_required(desk: Client):
    form = desk.get(reverse("wagtailadmin_pages:add", args=["meetings", "meetingpage", meeting_index().pk]))

    _head, essentials, *_others = re.split(r'<section[^>]*id="tab-', form.content.decode())
    marked = re.findall(r"([^<>]+)(?:</span>)?<span class=\"w-required-mark\"", essentials)

    assert [" ".join(heading.split()) for heading in marked] == [
        "Title",
        "Kind",
        "Starts",
        "Ends",
        "Where",
        "Who is invited",
    ]


def test_days_are_read_day_first_in_either_language(client: Client, venue: Any):
    community = CommunityFactory()
    for reads in ("fr", "en"):
        client.force_login(StaffFactory(communication=True, reads=reads))
        form = filled_in(
            venue=venue.pk,
            slug=f"rangement-{reads}",
            communities=[community.pk],
            starts_at="05/03/2030 18:30" if reads == "fr" else "06/03/2030 18:30",
            ends_at="05/03/2030 20:00" if reads == "fr" else "06/03/2030 20:00",
        )
        post(client, form)

    assert sorted(moment.month for moment in MeetingPage.objects.values_list("starts_at", flat=True)) == [3, 3]


@pytest.mark.parametrize("reads", ["fr", "en"])
@pytest.mark.parametrize("hour", ["18:30", "18h30", "18 h 30", "18H30", "18\u202fh\u202f30"])
def test_an_hour_is_understood_as_it_is_spoken(client: Client, venue: Any, reads: str, hour: str):
    client.force_login(StaffFactory(communication=True, reads=reads))
    hours = {"starts_at": f"10/12/2030 {hour}", "ends_at": "10/12/2030 20h"}

    post(client, filled_in(venue=venue.pk, communities=[CommunityFactory().pk]) | hours)

    meeting = MeetingPage.objects.get()
    shown = [timezone.localtime(moment).strftime("%d/%m/%Y %H:%M") for moment in (meeting.starts_at, meeting.ends_at)]
    assert shown == ["10/12/2030 18:30", "10/12/2030 20:00"]


@pytest.mark.parametrize("typed", ["10/12/2030 25h", "10/12/2030 18h75", "10/12/2030", "demain", "31/02/2030 18:30"])
def test_what_is_not_an_hour_is_refused_with_an_example(desk: Client, venue: Any, typed: str):
    found = errors(post(desk, filled_in(venue=venue.pk, communities=[CommunityFactory().pk], starts_at=typed)))

    assert found["starts_at"] == ["Write the day and the hour like this: 10/12/2026 18:30."]
    assert not MeetingPage.objects.exists()


def test_a_draft_may_lack_almost_everything(desk: Client):
    response = post(desk, filled_in(starts_at="", ends_at=""), publish=False)

    assert response.status_code == 200
    assert not MeetingPage.objects.get().live


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"starts_at": ""}, "starts_at", "This field is required."),
        ({"ends_at": "01/01/2020 10:00"}, "ends_at", "The meeting ends before it starts"),
        ({"starts_at": "31/03/2030 02:30", "ends_at": "31/03/2030 04:00"}, "starts_at", "This hour does not exist"),
        ({"starts_at": "28/03/2027 02:30", "ends_at": "28/03/2027 04:00"}, "starts_at", "This hour does not exist"),
        ({"communities": []}, "communities", "Choose at least one community"),
        ({"status": "cancelled"}, "status_reason", "Say why"),
        ({"venue": ""}, "venue", "Choose a venue, or give a link to join online."),
    ],
)
def test_what_cannot_be_published_is_said_beside_its_field(
    desk: Client, venue: Any, changes: dict[str, Any], field: str, sentence: str
):
    form = filled_in(venue=venue.pk, communities=[CommunityFactory().pk]) | changes

    found = errors(post(desk, form))

    assert sentence in found[field][0]
    assert not MeetingPage.objects.exists()


def test_a_venue_already_taken_says_by_whom_and_when(desk: Client):
    other = MeetingPageFactory(title="La chorale")

    found = errors(post(desk, filled_in(venue=other.venue.pk, communities=[CommunityFactory().pk])))

    assert "La chorale" in found["venue"][0]


def test_nobody_is_pointed_to_the_invitations_of_a_meeting_that_is_over(desk: Client, venue: Any):
    past = filled_in(
        venue=venue.pk,
        communities=[CommunityFactory().pk],
        starts_at="05/03/2024 18:30",
        ends_at="05/03/2024 20:00",
    )

    response = post(desk, past)

    assert "Nobody has been invited" not in response.content.decode()


CHANGES = [
    ({"starts_at": "10/12/2030 18h30", "ends_at": "10/12/2030 20h"}, "an update to 3 people (2 by e-mail"),
    ({"status": "cancelled", "status_reason": "La salle a brûlé."}, "a cancellation to 3 people (2 by e-mail"),
    (
        {"status": "postponed", "status_reason": "La salle a brûlé."},
        "a notice of postponement to 3 people (2 by e-mail",
    ),
]


def told_three(meeting: MeetingPage) -> None:
    Delivery.objects.exclude(resident__name="Nora Chevalet").update(state=DeliveryState.SENT, ended_at=timezone.now())


@pytest.mark.parametrize(("changes", "sentence"), CHANGES)
def test_whoever_moves_or_calls_off_a_meeting_learns_what_leaves(
    desk: Client, invited: MeetingPage, changes: dict[str, str], sentence: str
):
    told_three(invited)

    response = publish_again(desk, invited, **changes)

    [warning] = [message for message in response.context["messages"] if message.level_tag == "warning"]
    assert sentence in str(warning)
    assert reverse("meetings_desk:invitations", args=[invited.pk]) in str(warning)
    assert "Nobody has been invited" not in response.content.decode()


@pytest.mark.parametrize(("changes", "sentence"), CHANGES)
def test_before_they_publish_the_page_says_what_would_leave(
    desk: Client, invited: MeetingPage, changes: dict[str, str], sentence: str
):
    told_three(invited)
    foretell = reverse("meetings_desk:foretell", args=[invited.pk])

    fragment = desk.post(foretell, typed(invited) | changes, headers={"HX-Request": "true"}).content.decode()
    page = desk.post(foretell, typed(invited) | changes).content.decode()

    assert sentence in " ".join(fragment.split())
    assert sentence in " ".join(page.split())
    assert "<html" in page
    assert "<html" not in fragment
    assert MeetingPage.objects.get().starts_at == invited.starts_at
    assert not Delivery.objects.exclude(mailing__kind="invitation").exists()


def test_before_they_publish_the_page_says_what_changes_and_that_the_answer_is_asked_again(
    desk: Client, invited: MeetingPage
):
    told_three(invited)
    foretell = reverse("meetings_desk:foretell", args=[invited.pk])

    shown = desk.post(foretell, typed(invited) | {"starts_at": "10/12/2030 18h30", "ends_at": "10/12/2030 20h"})

    assert "Tuesday 10\xa0December 2030, 6:30\xa0pm to 8\xa0pm" in shown.content.decode()
    assert "They are asked again whether they come" in shown.content.decode()


def test_before_they_publish_the_page_says_who_is_no_longer_invited(desk: Client, invited: MeetingPage):
    told_three(invited)
    foretell = reverse("meetings_desk:foretell", args=[invited.pk])

    shown = desk.post(foretell, typed(invited) | {"communities": [CommunityFactory().pk]}).content.decode()

    assert "a word to 2 people who are no longer invited (2 by e-mail)" in shown


@pytest.mark.parametrize("changes", [{"summary": "On range tout."}, {"title": "Le grand rangemment"}])
def test_what_is_of_no_consequence_is_said_to_send_nothing(desk: Client, invited: MeetingPage, changes: dict[str, str]):
    told_three(invited)

    foretold = desk.post(reverse("meetings_desk:foretell", args=[invited.pk]), typed(invited) | changes)
    response = publish_again(desk, invited, **changes)

    assert "an update to" not in foretold.content.decode() + response.content.decode()


def test_what_cannot_be_read_yet_is_asked_for(desk: Client, invited: MeetingPage):
    foretold = desk.post(reverse("meetings_desk:foretell", args=[invited.pk]), typed(invited) | {"starts_at": "demain"})

    assert "Fill in the date, the place and the audience" in foretold.content.decode()


def test_the_editor_asks_what_would_be_told_only_once_residents_know_of_the_meeting(desk: Client, invited: MeetingPage):
    other = MeetingPageFactory(starts_at=evening(in_days=40))
    edit = [desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode() for page in (invited, other)]

    assert ["What residents will be told" in page for page in edit] == [True, False]
    assert f'hx-post="{reverse("meetings_desk:foretell", args=[invited.pk])}"' in edit[0]


def test_the_editor_takes_an_hour_at_which_a_meeting_appears_and_none_at_which_it_goes(desk: Client, venue: Any):
    appears, goes = evening(in_days=2), evening(in_days=30)
    hours = {"go_live_at": f"{appears:%d/%m/%Y %H:%M}", "expire_at": f"{goes:%d/%m/%Y %H:%M}"}

    post(desk, filled_in(venue=venue.pk, communities=[CommunityFactory().pk]) | hours)

    meeting = MeetingPage.objects.get()
    assert not meeting.live
    assert (meeting.go_live_at, meeting.expire_at) == (appears, None)


def test_the_editor_asks_for_no_hour_at_which_a_meeting_goes(desk: Client):
    meeting = MeetingPageFactory(draft=True)

    shown = desk.get(reverse("wagtailadmin_pages:edit", args=[meeting.pk])).content.decode()

    assert 'name="go_live_at"' in shown
    assert 'name="expire_at"' not in shown
