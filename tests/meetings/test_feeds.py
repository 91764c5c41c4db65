"""Calendars to subscribe to: what is in them, what is not, and what asking again costs."""

import datetime as dt
import uuid
from collections.abc import Iterator

import icalendar
import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from communities.models import Community, CommunityKind, Town
from meetings import facts
from meetings.models import MeetingPage, MeetingStatus
from tests.meetings import calendar_lint
from tests.meetings.factories import AnnouncementFactory, MeetingPageFactory, evening, meeting_index

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 6, 2, 9, 0, tzinfo=dt.UTC)
NOBODY = uuid.UUID(int=0)
AGENDA = "/agenda.ics"


@pytest.fixture(autouse=True)
def _june() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def gardens() -> Community:
    return Community.objects.create(name="Les jardins du terril", slug="les-jardins", kind=CommunityKind.PROJECT)


def read(response: HttpResponse) -> dict[str, icalendar.Event]:
    """The events by title, from a calendar without a fault."""
    assert response.status_code == 200
    assert calendar_lint.problems(response.content, events=None) == []
    return {str(event["SUMMARY"]): event for event in icalendar.Calendar.from_ical(response.content).events}


def own_file(meeting: MeetingPage) -> str:
    return reverse("meetings:meeting_ics", args=[meeting.uid])


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


# --- What is in them


def test_the_agenda_tells_when_where_and_where_to_read_more(client: Client) -> None:
    meeting = MeetingPageFactory(title="Réunion du coron", summary="Qui fait quoi.", starts_at=evening(in_days=42))

    event = read(client.get(AGENDA))["Réunion du coron"]

    assert event.start.astimezone(dt.UTC) == dt.datetime(2026, 7, 14, 16, 30, tzinfo=dt.UTC)
    assert event["LOCATION"] == meeting.venue.full_address
    assert event["URL"] == f"https://commune.example{meeting.url}"
    assert event["DESCRIPTION"] == f"Qui fait quoi.\n\nhttps://commune.example{meeting.url}"
    assert event["UID"] == f"reunion-{meeting.uid}@commune.example"


def test_a_winter_meeting_is_an_hour_later_in_utc(client: Client) -> None:
    MeetingPageFactory(title="Bilan", starts_at=evening(in_days=189))

    assert read(client.get(AGENDA))["Bilan"].start.astimezone(dt.UTC) == dt.datetime(2026, 12, 8, 17, 30, tzinfo=dt.UTC)


def test_the_agenda_bears_the_town_s_name_and_asks_to_be_read_hourly(client: Client) -> None:
    Town.objects.update_or_create(defaults={"name": "Fosse-les-Briques"})

    lines = calendar_lint.logical_lines(client.get(AGENDA).content)

    (name,) = calendar_lint.values(lines, "X-WR-CALNAME")
    assert name.endswith(" - Fosse-les-Briques")
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert "X-WR-TIMEZONE:Europe/Paris" in lines


def test_a_community_s_calendar_holds_its_own_meetings(client: Client, gardens: Community) -> None:
    MeetingPageFactory(title="Aux jardins", communities=[gardens])
    MeetingPageFactory(title="Ailleurs")

    assert set(read(client.get("/communautes/les-jardins.ics"))) == {"Aux jardins"}


def test_one_meeting_has_its_own_file_that_opens_no_new_calendar(client: Client) -> None:
    meeting = MeetingPageFactory(title="Réunion du coron")

    response = client.get(own_file(meeting))

    assert set(read(response)) == {"Réunion du coron"}
    assert b"X-WR-CALNAME" not in response.content


def test_the_same_meeting_is_the_same_event_everywhere(client: Client, gardens: Community) -> None:
    meeting = MeetingPageFactory(communities=[gardens])

    events = [
        calendar_lint.vevents(calendar_lint.logical_lines(client.get(address).content))
        for address in (AGENDA, "/communautes/les-jardins.ics", own_file(meeting))
    ]

    assert events[0] == events[1] == events[2]


@pytest.mark.parametrize(
    ("told", "changes", "sequence"),
    [
        ([], {}, 0),
        ([], {"status": MeetingStatus.CANCELLED}, 1),
        ([], {"status": MeetingStatus.POSTPONED}, 1),
        ([0], {}, 0),
        ([0, 1], {}, 1),
        ([0], {"starts_at": NOW + dt.timedelta(days=30)}, 1),
        ([0], {"ends_at": NOW + dt.timedelta(days=60)}, 1),
        ([0, 1], {"venue": None}, 2),
        ([0], {"online_link": "https://visio.example.org/coron"}, 1),
        ([0], {"title": "Réunion des corons"}, 1),
        ([0], {"status": MeetingStatus.PLANNED}, 1),
        ([0], {"status": MeetingStatus.POSTPONED}, 1),
        ([0], {"status": MeetingStatus.CANCELLED}, 1),
        ([0], {"status": MeetingStatus.HELD}, 0),
        ([0], {"summary": "Avec des bottes.", "body": "<p>Venez.</p>", "capacity": 12}, 0),
    ],
)
def test_what_changed_since_residents_were_told_has_the_next_sequence_in_every_calendar(
    client: Client, told: list[int], changes: dict[str, object], sequence: int
) -> None:
    meeting = MeetingPageFactory(starts_at=evening(in_days=42))
    for each in told:
        AnnouncementFactory(meeting=meeting, sequence=each)
    MeetingPage.objects.filter(pk=meeting.pk).update(**changes)

    (in_the_agenda,) = read(client.get(AGENDA)).values()
    (in_its_file,) = read(client.get(own_file(meeting))).values()

    assert in_the_agenda["SEQUENCE"] == in_its_file["SEQUENCE"] == sequence
    assert facts.published(meeting=MeetingPage.objects.get(pk=meeting.pk)).sequence == sequence


def test_telling_what_calendars_show_already_changes_no_calendar(client: Client) -> None:
    meeting = MeetingPageFactory()
    AnnouncementFactory(meeting=meeting)
    MeetingPage.objects.filter(pk=meeting.pk).update(title="Réunion des corons")
    before = client.get(AGENDA)

    AnnouncementFactory(meeting=MeetingPage.objects.get(pk=meeting.pk), sequence=1)

    assert client.get(AGENDA)["ETag"] == before["ETag"]
    assert client.get(own_file(meeting)).content.count(b"SEQUENCE:1\r\n") == 1


def test_events_are_stamped_with_their_publication_not_with_today(client: Client) -> None:
    published = NOW - dt.timedelta(days=3)
    with time_machine.travel(published, tick=False):
        MeetingPageFactory(title="Réunion")

    event = read(client.get(AGENDA))["Réunion"]

    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == event["CREATED"].dt == published


def test_an_empty_agenda_is_still_a_calendar(client: Client) -> None:
    response = client.get(AGENDA)

    assert read(response) == {}
    assert b"BEGIN:VTIMEZONE" in response.content


# --- What is marked, and what is left out


@pytest.mark.parametrize(
    ("status", "days", "is_shown"),
    [
        (MeetingStatus.CONFIRMED, 400, True),
        (MeetingStatus.CONFIRMED, -89, True),
        (MeetingStatus.HELD, -89, True),
        (MeetingStatus.HELD, -91, False),
        (MeetingStatus.CANCELLED, 20, True),
        (MeetingStatus.CANCELLED, -6, True),
        (MeetingStatus.CANCELLED, -8, False),
        (MeetingStatus.POSTPONED, -6, True),
        (MeetingStatus.POSTPONED, -8, False),
    ],
)
def test_how_long_a_meeting_stays(client: Client, status: str, days: int, is_shown: bool) -> None:
    MeetingPageFactory(status=status, starts_at=evening(in_days=days))

    assert bool(read(client.get(AGENDA))) is is_shown


def test_a_cancelled_meeting_says_so_in_its_status_and_its_title(client: Client) -> None:
    MeetingPageFactory(cancelled=True, title="Réunion du coron")

    ((title, event),) = read(client.get(AGENDA)).items()

    assert event["STATUS"] == "CANCELLED"
    assert title.endswith(" - Réunion du coron")


def test_drafts_and_what_is_kept_from_the_public_are_in_no_calendar(client: Client) -> None:
    draft = MeetingPageFactory(draft=True)
    behind_a_door = MeetingPageFactory()
    PageViewRestriction.objects.create(page=behind_a_door, restriction_type=PageViewRestriction.LOGIN)

    assert read(client.get(AGENDA)) == {}
    assert client.get(own_file(draft)).status_code == 404
    assert client.get(own_file(behind_a_door)).status_code == 404


def test_a_door_above_closes_every_meeting_below(client: Client) -> None:
    MeetingPageFactory()
    PageViewRestriction.objects.create(page=meeting_index(), restriction_type=PageViewRestriction.LOGIN)

    assert read(client.get(AGENDA)) == {}


@pytest.mark.parametrize("address", ["/communautes/inconnue.ics", f"/reunions/{NOBODY}.ics"])
def test_an_unknown_calendar_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


# --- How they are served


def test_headers_say_calendar_for_everyone_and_remember_nobody(client: Client) -> None:
    response = client.get(AGENDA, headers={"accept-encoding": "gzip, br"})

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="agenda.ics"'
    assert response["Cache-Control"] == "public, max-age=900, no-transform"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert "Content-Encoding" not in response
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_a_program_in_english_gets_the_same_bytes(client: Client) -> None:
    MeetingPageFactory(cancelled=True)

    english = client.get(AGENDA, headers={"accept-language": "en"})

    assert english.content == client.get(AGENDA, headers={"accept-language": "fr"}).content
    assert english["Content-Language"] == "fr"


def test_asked_again_a_calendar_that_has_not_changed_is_not_sent_again(client: Client, gardens: Community) -> None:
    meeting = MeetingPageFactory(communities=[gardens])

    for address in (AGENDA, "/communautes/les-jardins.ics", own_file(meeting)):
        first = client.get(address)
        for condition in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
            for ask in (client.get, client.head):
                again = ask(address, headers=condition)
                assert (again.status_code, again.content) == (304, b"")
                assert again["ETag"] == first["ETag"]


def test_a_head_request_says_what_a_get_would_send(client: Client) -> None:
    MeetingPageFactory()

    head, get = client.head(AGENDA), client.get(AGENDA)

    assert head.content == b""
    assert head["Content-Length"] == get["Content-Length"] == str(len(get.content))
    assert head["ETag"] == get["ETag"]


def test_nothing_is_written_by_way_of_a_calendar(client: Client) -> None:
    assert client.post(AGENDA).status_code == 405


@pytest.mark.parametrize("change", ["publish", "withdraw", "announce", "rename the venue", "let time pass"])
def test_what_changes_in_a_calendar_is_sent_at_once(client: Client, gardens: Community, change: str) -> None:
    meeting = MeetingPageFactory(title="Réunion du coron", communities=[gardens], starts_at=evening(in_days=-80))
    MeetingPageFactory(title="Une autre")
    before = client.get(AGENDA)

    with time_machine.travel(NOW + dt.timedelta(days=20 if change == "let time pass" else 0, minutes=5), tick=False):
        make(change, meeting)
        by_etag = client.get(AGENDA, headers={"if-none-match": before["ETag"]})
        by_date = client.get(AGENDA, headers={"if-modified-since": before["Last-Modified"]})

    assert by_etag.status_code == by_date.status_code == 200
    assert by_etag.content != before.content


def make(change: str, meeting: MeetingPage) -> None:
    if change == "publish":
        meeting.title = "Réunion des corons"
        meeting.save_revision().publish()
    elif change == "withdraw":
        meeting.unpublish()
    elif change == "announce":
        AnnouncementFactory(meeting=meeting, sequence=3)
    elif change == "rename the venue":
        meeting.venue.name = "Salle Chevalet"
        meeting.venue.save()


def test_a_venue_that_is_corrected_gives_its_meetings_another_stamp(client: Client, desk: Client) -> None:
    meeting = MeetingPageFactory(title="Réunion du coron")
    before = {address: client.get(address) for address in (AGENDA, own_file(meeting))}
    corrected = NOW + dt.timedelta(minutes=5)

    with time_machine.travel(corrected, tick=False):
        form = model_to_dict(meeting.venue) | {"street": "3 rue du Chevalet"}
        desk.post(
            reverse("wagtailsnippets_meetings_venue:edit", args=[meeting.venue.pk]),
            {name: value for name, value in form.items() if value is not None},
        )
        after = {
            address: client.get(address, headers={"if-modified-since": first["Last-Modified"]})
            for address, first in before.items()
        }

    for response in after.values():
        event = read(response)["Réunion du coron"]
        assert "3 rue du Chevalet" in event["LOCATION"]
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == corrected
    assert client.get(own_file(meeting)).content == after[own_file(meeting)].content


def test_what_changes_and_changes_back_is_sent_each_time(client: Client) -> None:
    meeting = MeetingPageFactory()
    client.get(AGENDA)
    door = PageViewRestriction.objects.create(page=meeting, restriction_type=PageViewRestriction.LOGIN)
    with time_machine.travel(NOW + dt.timedelta(minutes=5), tick=False):
        closed = client.get(AGENDA)

    with time_machine.travel(NOW + dt.timedelta(minutes=10), tick=False):
        door.delete()
        opened = client.get(AGENDA, headers={"if-modified-since": closed["Last-Modified"]})

    assert opened.status_code == 200
    assert len(read(opened)) == 1


def test_a_calendar_written_again_has_the_same_bytes(client: Client) -> None:
    for days in (3, 12, 40):
        MeetingPageFactory(starts_at=evening(in_days=days))
    before = client.get(AGENDA).content

    cache.clear()

    assert client.get(AGENDA).content == before


def test_without_redis_calendars_are_still_served(client: Client) -> None:
    MeetingPageFactory(title="Réunion du coron")
    nowhere = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}

    with override_settings(CACHES={"default": nowhere}):
        response = client.get(AGENDA)

    assert set(read(response)) == {"Réunion du coron"}


def test_more_meetings_cost_no_more_queries(client: Client, gardens: Community) -> None:
    addresses = [AGENDA, "/communautes/les-jardins.ics"]
    Town.load()
    AnnouncementFactory.create_batch(2, meeting__communities=[gardens])
    with_two = [queries_of(client, address) for address in addresses * 2]
    AnnouncementFactory.create_batch(20, meeting__communities=[gardens])

    with_twenty_two = [queries_of(client, address) for address in addresses * 2]

    assert with_twenty_two == with_two
    assert with_two[2:] == [2, 2], "the second time, from the cache"
