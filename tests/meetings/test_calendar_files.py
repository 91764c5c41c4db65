"""Calendar files: golden ones, what other programs read in them, and how long they take."""

import dataclasses
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import icalendar
import pytest
import vobject
from dateutil import tz

from meetings import calendar_files
from meetings.calendar_files import MeetingFacts
from tests.meetings import calendar_facts, calendar_lint
from tests.meetings.calendar_facts import DECEMBER, JULY, PARIS, STAMP, golden

DOMAIN = "commune.example"
PEOPLE = {
    "organizer_address": "reunions+7kq2vx9m4t@commune.example",
    "organizer_name": "Mairie de Saint-Exemple",
    "attendee_address": "ada.terril@example.org",
    "attendee_name": "Ada Terril",
    "partstat": "NEEDS-ACTION",
}
Reader = Callable[[bytes], tuple[datetime, datetime]]
READERS: list[Reader] = [
    calendar_facts.instants_by_icalendar,
    calendar_facts.instants_by_vobject,
    calendar_facts.instants_by_hand,
]


def published(facts: MeetingFacts) -> bytes:
    return calendar_files.published(facts, stamp=STAMP, uid_domain=DOMAIN)


def requested(facts: MeetingFacts) -> bytes:
    return calendar_files.request(facts, stamp=STAMP, uid_domain=DOMAIN).for_attendee(**PEOPLE)


def cancelled(facts: MeetingFacts) -> bytes:
    return calendar_files.cancel(facts, stamp=STAMP, uid_domain=DOMAIN).for_attendee(**PEOPLE)


CALLED_OFF = dataclasses.replace(DECEMBER, sequence=1, title_prefix="ANNULÉE - ", status="cancelled")
FILES = [
    ("PUBLISH", JULY, published(JULY), "published-july.ics"),
    ("PUBLISH", DECEMBER, published(DECEMBER), "published-december.ics"),
    ("REQUEST", JULY, requested(JULY), "request-july.ics"),
    ("REQUEST", DECEMBER, requested(DECEMBER), "request-december.ics"),
    ("CANCEL", CALLED_OFF, cancelled(CALLED_OFF), "cancel-december.ics"),
]
each_file = pytest.mark.parametrize(("method", "facts", "raw", "name"), FILES, ids=[file[3] for file in FILES])


@each_file
def test_a_file_is_the_golden_one_byte_for_byte(method: str, facts: MeetingFacts, raw: bytes, name: str) -> None:
    assert raw == golden(name)


@each_file
def test_a_file_gives_no_program_a_reason_to_misread_it(
    method: str, facts: MeetingFacts, raw: bytes, name: str
) -> None:
    assert calendar_lint.problems(raw, method=method) == []


@each_file
@pytest.mark.parametrize("reader", READERS)
def test_every_program_reads_the_same_instants_in_july_and_december(
    reader: Reader, method: str, facts: MeetingFacts, raw: bytes, name: str
) -> None:
    assert reader(raw) == calendar_facts.span(facts)


@each_file
def test_another_parser_finds_nothing_to_forgive(method: str, facts: MeetingFacts, raw: bytes, name: str) -> None:
    calendar = icalendar.Calendar.from_ical(raw)

    assert [error for part in calendar.walk() for error in part.errors] == []
    assert vobject.readOne(raw.decode()).validate()
    assert calendar["METHOD"] == method


def test_a_feed_is_the_golden_one_with_its_own_name_and_rhythm() -> None:
    raw = calendar_files.feed([CALLED_OFF, JULY], name="Réunions publiques", uid_domain=DOMAIN)

    assert raw == golden("feed.ics")
    assert calendar_lint.problems(raw, events=2) == []
    assert [str(event["STATUS"]) for event in icalendar.Calendar.from_ical(raw).events] == ["CONFIRMED", "CANCELLED"]


def test_the_instants_are_those_on_the_wall_of_the_town_hall() -> None:
    assert calendar_facts.instants_by_vobject(published(JULY))[0] == datetime(2026, 7, 14, 16, 30, tzinfo=UTC)
    assert calendar_facts.instants_by_vobject(published(DECEMBER))[0] == datetime(2026, 12, 8, 17, 30, tzinfo=UTC)


def test_a_meeting_keeps_its_uid_in_letters_files_and_feeds() -> None:
    feed = calendar_files.feed([JULY], name="Réunions", uid_domain=DOMAIN)

    uids = {icalendar.Calendar.from_ical(raw).events[0]["UID"] for raw in [published(JULY), requested(JULY), feed]}

    assert uids == {"reunion-5f0c8c5e-5d5c-4f39-9b1b-2f6f0c1d7a11@commune.example"}


def test_a_moved_meeting_carries_its_new_time_and_sequence_under_the_same_uid() -> None:
    before, after = (
        icalendar.Calendar.from_ical(requested(facts)).events[0] for facts in [JULY, calendar_facts.moved(JULY)]
    )

    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after.start - before.start == timedelta(days=7)


def test_a_cancellation_says_so_whatever_the_facts_said() -> None:
    still_confirmed = dataclasses.replace(CALLED_OFF, status="confirmed")

    event = icalendar.Calendar.from_ical(cancelled(still_confirmed)).events[0]

    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"] == "ANNULÉE - Bilan de l'année"
    assert event["TRANSP"] == "TRANSPARENT"


def test_an_invitation_names_one_person_and_what_they_answered() -> None:
    skeleton = calendar_files.request(JULY, stamp=STAMP, uid_domain=DOMAIN)
    raw = skeleton.for_attendee(**PEOPLE | {"partstat": "ACCEPTED"})

    attendee = icalendar.Calendar.from_ical(raw).events[0]["ATTENDEE"]

    assert attendee == "mailto:ada.terril@example.org"
    assert attendee.params == {
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "ACCEPTED",
        "RSVP": "TRUE",
        "CN": "Ada Terril",
    }


def test_a_skeleton_and_ready_lines_make_the_same_file() -> None:
    skeleton = calendar_files.request(JULY, stamp=STAMP, uid_domain=DOMAIN)
    organizer = calendar_files.organizer_line(address=PEOPLE["organizer_address"], name=PEOPLE["organizer_name"])
    attendee = calendar_files.attendee_line(address=PEOPLE["attendee_address"], name=PEOPLE["attendee_name"])

    assert skeleton.head + organizer + attendee + skeleton.tail == requested(JULY)


def test_a_name_with_quotes_and_line_breaks_stays_one_plain_name() -> None:
    line = calendar_files.attendee_line(
        address="a@example.org\r\nX-EVIL:1", name='Ada "la\r\nDuchesse" ^n \\ Terril;:,'
    )

    unfolded = line.replace(b"\r\n ", b"")
    assert unfolded.count(b"\r\n") == 1
    assert b';CN="Ada la Duchesse n Terril;:,";' in unfolded
    assert unfolded.endswith(b":mailto:a@example.orgX-EVIL:1\r\n")


def test_a_person_without_a_name_gets_no_empty_one() -> None:
    assert b"CN=" not in calendar_files.attendee_line(address="ada@example.org", name=' " ')


def test_a_description_gives_each_address_once() -> None:
    facts = dataclasses.replace(DECEMBER, description=f"Le lien : {DECEMBER.online_url}")

    text = calendar_facts.text_by_hand(published(facts), "DESCRIPTION")

    assert text == f"Le lien : {DECEMBER.online_url}\n\n{DECEMBER.url}"


def test_a_meeting_that_is_only_online_has_its_link_for_a_place() -> None:
    facts = dataclasses.replace(DECEMBER, place="")

    assert calendar_facts.text_by_hand(published(facts), "LOCATION") == DECEMBER.online_url


def test_a_town_in_another_zone_gets_times_in_utc() -> None:
    facts = dataclasses.replace(JULY, zone="America/Guadeloupe")

    assert b"DTSTART:20260714T163000Z\r\n" in published(facts)


@pytest.mark.parametrize("reader", READERS)
def test_the_hour_that_october_says_twice_is_told_in_utc(reader: Reader) -> None:
    second_time = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=1)
    facts = dataclasses.replace(JULY, starts_at=second_time, ends_at=second_time + timedelta(hours=3))

    assert reader(published(facts)) == calendar_facts.span(facts)


def test_the_time_zone_says_what_the_state_says_from_2024_to_2040(tmp_path: Path) -> None:
    (tmp_path / "paris.ics").write_bytes(b"BEGIN:VCALENDAR\r\n" + calendar_files.PARIS_RULES + b"END:VCALENDAR\r\n")
    ours = tz.tzical(str(tmp_path / "paris.ics")).get("Europe/Paris")
    first, last = datetime(2024, 1, 1), datetime(2041, 1, 1)  # noqa: DTZ001 - on the wall
    on_the_wall = [first + timedelta(hours=hour) for hour in range((last - first).days * 24)]

    wrong = [hour for hour in on_the_wall if _offset(hour, ours) != _offset(hour, PARIS)]

    assert len(wrong) == 17
    assert all((hour.month, hour.hour) == (3, 2) for hour in wrong), "only the hours that do not exist"


def _offset(hour: datetime, zone: tzinfo) -> timedelta | None:
    return hour.replace(tzinfo=zone).utcoffset()


def test_facts_kept_by_an_announcement_come_back_as_they_were() -> None:
    kept = json.loads(json.dumps(DECEMBER.as_json()))

    assert MeetingFacts.from_json(kept) == DECEMBER
    assert published(MeetingFacts.from_json(kept)) == published(DECEMBER)


def test_facts_kept_by_another_version_are_still_read() -> None:
    kept = DECEMBER.as_json() | {"colour": "brick"}
    del kept["zone"]

    assert MeetingFacts.from_json(kept) == DECEMBER
