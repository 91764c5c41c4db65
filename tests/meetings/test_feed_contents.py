"""Calendars to subscribe to: what is in them, what is marked, and what is left out."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.test import Client
from wagtail.models import PageViewRestriction

from communities.models import Community, Town
from meetings import facts
from meetings.models import MeetingPage, MeetingStatus
from tests.meetings import calendar_lint
from tests.meetings.factories import AnnouncementFactory, MeetingPageFactory, evening, meeting_index
from tests.meetings.feeds import AGENDA, NOW, own_file, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]

NOBODY = uuid.UUID(int=0)


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
