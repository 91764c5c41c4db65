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

from meetings.calendars import calendar_files
from meetings.calendars.calendar_files import MeetingFacts
from tests.meetings import calendar_facts, calendar_lint
from tests.meetings.calendar_facts import DECEMBER, JULY, PARIS, STAMP, golden

DOMAIN = "commune.example"
PROMPT = "Répondre\u00a0:"
ANSWER_PAGE = "https://commune.example/reunions/r/MTIzNDU2:1wYb0X:aBcDeFgHiJkLmNoPqRsTuVwXyZ-0123456789_aBcDeF/"
ANSWER = calendar_files.answer_lines(url=ANSWER_PAGE)
ORGANIZER = calendar_files.organizer_line(address="reunions+7kq2vx9m4t@commune.example", name="Mairie de Saint-Exemple")
ADA = {"address": "ada.terril@example.org", "name": "Ada Terril"}
Reader = Callable[[bytes], tuple[datetime, datetime]]
READERS: list[Reader] = [
    calendar_facts.instants_by_icalendar,
    calendar_facts.instants_by_vobject,
    calendar_facts.instants_by_hand,
]


def published(facts: MeetingFacts) -> bytes:
    return calendar_files.published(facts, stamp=STAMP, uid_domain=DOMAIN)


def noticed(facts: MeetingFacts) -> bytes:
    return calendar_files.notice(facts, stamp=STAMP, uid_domain=DOMAIN, prompt=PROMPT).filled(answer=ANSWER)


def requested(facts: MeetingFacts, partstat: str = "NEEDS-ACTION") -> bytes:
    skeleton = calendar_files.request(facts, stamp=STAMP, uid_domain=DOMAIN, prompt=PROMPT)
    return skeleton.filled(answer=ANSWER, people=ORGANIZER + calendar_files.attendee_line(**ADA, partstat=partstat))


def cancelled(facts: MeetingFacts) -> bytes:
    skeleton = calendar_files.cancel(facts, stamp=STAMP, uid_domain=DOMAIN)
    return skeleton.filled(people=ORGANIZER + calendar_files.attendee_line(**ADA, rsvp=False))


CALLED_OFF = dataclasses.replace(DECEMBER, sequence=1, title_prefix="ANNULÉE - ", status="cancelled")
FILES = [
    ("PUBLISH", JULY, published(JULY), "published-july.ics"),
    ("PUBLISH", DECEMBER, published(DECEMBER), "published-december.ics"),
    ("PUBLISH", JULY, noticed(JULY), "notice-july.ics"),
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
    raw = requested(JULY, partstat="ACCEPTED")

    attendee = icalendar.Calendar.from_ical(raw).events[0]["ATTENDEE"]

    assert attendee == "mailto:ada.terril@example.org"
    assert attendee.params == {
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "ACCEPTED",
        "RSVP": "TRUE",
        "CN": "Ada Terril",
    }


def description_by_vobject(raw: bytes) -> str:
    return str(vobject.readOne(raw.decode()).vevent.description.value)


@pytest.mark.parametrize("build", [noticed, requested])
def test_the_page_where_one_answers_ends_the_description_in_every_program(
    build: Callable[[MeetingFacts], bytes],
) -> None:
    raw = build(JULY)

    (event,) = icalendar.Calendar.from_ical(raw).events
    text = description_by_vobject(raw)

    assert text == str(event["DESCRIPTION"]) == calendar_facts.text_by_hand(raw, "DESCRIPTION")
    assert text.endswith(f"{JULY.url}\n\n{PROMPT} {ANSWER_PAGE}")


def test_a_meeting_without_a_word_still_says_where_to_answer() -> None:
    facts = dataclasses.replace(JULY, description="", url="")

    assert description_by_vobject(requested(facts)) == f"{PROMPT} {ANSWER_PAGE}"


@pytest.mark.parametrize("length", range(40, 120))
def test_wherever_the_description_ends_the_page_is_folded_after_it(length: int) -> None:
    facts = dataclasses.replace(JULY, description="é" * length, url="")

    raw = noticed(facts)

    assert calendar_lint.problems(raw) == []
    assert description_by_vobject(raw) == f"{facts.description}\n\n{PROMPT} {ANSWER_PAGE}"


def test_what_everyone_reads_says_nothing_of_an_answer() -> None:
    feed = calendar_files.feed([JULY], name="Réunions", uid_domain=DOMAIN)

    for raw in (published(JULY), cancelled(JULY), feed):
        assert calendar_facts.text_by_hand(raw, "DESCRIPTION").endswith(JULY.url)


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
