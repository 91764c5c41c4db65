"""Any text in any field: the file stays whole and says what it was told."""

import dataclasses
import re
import uuid
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from meetings.calendars import calendar_files
from meetings.calendars.calendar_files import MeetingFacts
from tests.meetings import calendar_facts, calendar_lint
from tests.meetings.calendar_facts import JULY, STAMP

NASTY = [
    "",
    " ",
    "\r\nATTENDEE:mailto:intrus@example.org\r\n",
    "END:VEVENT\nEND:VCALENDAR",
    "C:\\Nouveau\\notes; a, b\\",
    "\\" * 200,
    "é" * 200,
    "👩🏽‍🌾" * 60,
    "اجتماع عام في الحي " * 12,
    "\x00\x07\x1b\x7f\x85\u2028\u2029\u202e\ufeff\ud83d",
    "\"^n^'",
    "\t tabulé \t",
    "mot " * 200,
    "  " * 80,
]

anything = st.one_of(st.sampled_from(NASTY), st.text(st.characters(), max_size=300))
instants = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - zone given
to_the_second = instants.map(lambda instant: instant.replace(microsecond=0))


@st.composite
def meetings(draw: st.DrawFn) -> MeetingFacts:
    starts_at = draw(to_the_second)
    length = timedelta(minutes=draw(st.integers(1, 3 * 24 * 60)))
    return MeetingFacts(
        uid=draw(st.uuids()),
        sequence=draw(st.integers(0, 2**31 - 1)),
        title=draw(anything),
        title_prefix=draw(anything),
        starts_at=starts_at,
        ends_at=starts_at + length,
        url=draw(anything),
        created_at=draw(to_the_second),
        modified_at=draw(to_the_second),
        status=draw(st.sampled_from(["confirmed", "tentative", "cancelled"])),
        description=draw(anything),
        place=draw(anything),
        latitude=draw(st.none() | st.floats(-90, 90)),
        longitude=draw(st.none() | st.floats(-180, 180)),
        online_url=draw(anything),
    )


def readable(text: str) -> str:
    """What is left of a text: line breaks of one sort, single blanks, nothing that cannot be written."""
    text = re.sub("\r\n|[\r\v\f\x85\u2028\u2029]", "\n", text)
    text = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", "", text)
    return re.sub("[ \t]+", " ", text).strip()


def on_one_line(text: str) -> str:
    return " ".join(readable(text).split())


@given(facts=meetings(), stamp=instants)
def test_a_file_says_what_it_was_told(facts: MeetingFacts, stamp: datetime) -> None:
    raw = calendar_files.published(facts, stamp=stamp, uid_domain="commune.example")

    assert calendar_lint.problems(raw) == []
    assert calendar_facts.instants_by_hand(raw) == calendar_facts.span(facts)
    assert calendar_facts.text_by_hand(raw, "SUMMARY") == on_one_line(facts.title_prefix + facts.title)
    assert calendar_facts.text_by_hand(raw, "DESCRIPTION").startswith(readable(facts.description))
    assert calendar_facts.text_by_hand(raw, "LOCATION") == on_one_line(facts.place or facts.online_url)


def requested(facts: MeetingFacts, people: bytes, page: str) -> bytes:
    skeleton = calendar_files.request(facts, stamp=STAMP, uid_domain="commune.example", prompt="Répondre :")
    return skeleton.filled(answer=calendar_files.answer_lines(url=f"https://{page}"), people=people)


@given(
    facts=meetings(), people=st.tuples(anything, anything, anything, anything), page=anything, calls_off=st.booleans()
)
def test_no_text_makes_a_second_person_or_a_second_event(
    facts: MeetingFacts, people: tuple[str, str, str, str], page: str, calls_off: bool
) -> None:
    organizer = calendar_files.organizer_line(address=people[0], name=people[1])
    attendee = calendar_files.attendee_line(address=people[2], name=people[3], rsvp=not calls_off)

    if calls_off:
        skeleton = calendar_files.cancel(facts, stamp=STAMP, uid_domain="commune.example")
        raw = skeleton.filled(people=organizer + attendee)
    else:
        raw = requested(facts, organizer + attendee, page)

    assert calendar_lint.problems(raw, method="CANCEL" if calls_off else "REQUEST") == []
    words = calendar_facts.text_by_hand(raw, "DESCRIPTION")
    assert calls_off or words.endswith(f"Répondre : https://{''.join(readable(page).split())}")


@given(facts=meetings())
@example(facts=dataclasses.replace(JULY, description="\\n"))
def test_another_parser_reads_the_same_event(facts: MeetingFacts) -> None:
    raw = calendar_files.published(facts, stamp=STAMP, uid_domain="commune.example")

    (event,) = icalendar.Calendar.from_ical(raw).events

    assert event["UID"] == f"reunion-{facts.uid}@commune.example"
    assert event["SEQUENCE"] == facts.sequence
    assert event["STATUS"] == facts.status.upper()
    assert event["DTSTAMP"].dt == STAMP
    assert event.start.astimezone(UTC) == facts.starts_at


@given(several=st.lists(meetings(), max_size=4, unique_by=lambda facts: facts.uid), name=anything)
def test_a_feed_of_anything_is_a_calendar_in_a_fixed_order(several: list[MeetingFacts], name: str) -> None:
    raw = calendar_files.feed(several, name=name, uid_domain="commune.example")

    assert calendar_lint.problems(raw, events=len(several)) == []
    assert raw == calendar_files.feed(reversed(several), name=name, uid_domain="commune.example")


@given(facts=meetings())
def test_facts_come_back_from_json_and_make_the_same_bytes(facts: MeetingFacts) -> None:
    again = MeetingFacts.from_json(facts.as_json())

    assert again == facts
    assert calendar_files.published(again, stamp=STAMP, uid_domain="x") == calendar_files.published(
        facts, stamp=STAMP, uid_domain="x"
    )


@pytest.mark.parametrize("nasty", NASTY)
def test_a_linter_that_sees_nothing_would_be_no_proof(nasty: str) -> None:
    raw = calendar_files.published(JULY, stamp=STAMP, uid_domain=str(uuid.UUID(int=0)))

    broken = raw.replace(b"STATUS:CONFIRMED\r\n", f"X-{nasty}\n".encode("utf-8", "surrogatepass"))

    assert calendar_lint.problems(broken) != []
