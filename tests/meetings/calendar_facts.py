"""Meetings to write calendar files from, and other programs' eyes to read them back."""

import dataclasses
import re
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import vobject

from meetings.calendars.calendar_files import MeetingFacts
from tests.meetings import calendar_lint

GOLDEN = Path(__file__).parent / "golden"
PARIS = ZoneInfo("Europe/Paris")
STAMP = datetime(2026, 6, 2, 8, 30, tzinfo=UTC)

JULY = MeetingFacts(
    uid=uuid.UUID("5f0c8c5e-5d5c-4f39-9b1b-2f6f0c1d7a11"),
    sequence=0,
    title="Réunion de quartier ; les jardins, l'école et le stade",
    starts_at=datetime(2026, 7, 14, 18, 30, tzinfo=PARIS),
    ends_at=datetime(2026, 7, 14, 20, 0, tzinfo=PARIS),
    url="https://commune.example/reunions/les-jardins/",
    created_at=datetime(2026, 6, 1, 9, 0, tzinfo=UTC),
    modified_at=datetime(2026, 6, 2, 8, 0, tzinfo=UTC),
    description="Où planter ?\nVenez avec vos idées, vos voisins et vos bottes.",
    place="Salle des Tilleuls, 3 rue des Tilleuls, 00000 Saint-Exemple",
    latitude=50.4578,
    longitude=2.79,
)

DECEMBER = dataclasses.replace(
    JULY,
    uid=uuid.UUID("0a7d1c1e-88d4-4a55-bb0e-6a8d3f1f2c22"),
    title="Bilan de l'année",
    starts_at=datetime(2026, 12, 8, 18, 30, tzinfo=PARIS),
    ends_at=datetime(2026, 12, 8, 20, 0, tzinfo=PARIS),
    url="https://commune.example/reunions/bilan/",
    latitude=None,
    longitude=None,
    online_url="https://visio.example/bilan",
)


def golden(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


def instants_by_icalendar(raw: bytes) -> tuple[datetime, datetime]:
    event = icalendar.Calendar.from_ical(raw).events[0]
    return event.start.astimezone(UTC), event.end.astimezone(UTC)


def instants_by_vobject(raw: bytes) -> tuple[datetime, datetime]:
    """vobject works from the VTIMEZONE we wrote, not from its own knowledge of Paris."""
    event = vobject.readOne(raw.decode()).vevent
    return event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC)


def instants_by_hand(raw: bytes) -> tuple[datetime, datetime]:
    lines = calendar_lint.vevents(calendar_lint.logical_lines(raw))[0]
    start, end = (_moment(calendar_lint.values(lines, name)[0]) for name in ("DTSTART", "DTEND"))
    return start, end


def text_by_hand(raw: bytes, name: str) -> str:
    """A TEXT value of the first event, unescaped by RFC 5545 §3.3.11."""
    lines = calendar_lint.vevents(calendar_lint.logical_lines(raw))[0]
    escaped = (calendar_lint.values(lines, name) or [""])[0]
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], escaped)


def span(facts: MeetingFacts) -> tuple[datetime, datetime]:
    """Start and end in UTC, to the second."""
    return facts.starts_at.astimezone(UTC), facts.ends_at.astimezone(UTC)


def moved(facts: MeetingFacts, **changes: Any) -> MeetingFacts:
    """The same meeting a week later, as one SEQUENCE more."""
    week = timedelta(days=7)
    later = {"starts_at": facts.starts_at + week, "ends_at": facts.ends_at + week, "sequence": facts.sequence + 1}
    return dataclasses.replace(facts, **later | changes)


def _moment(value: str) -> datetime:
    zone, _colon, local = value.rpartition(":")
    naive = datetime.strptime(local.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - the zone comes next
    return naive.replace(tzinfo=PARIS if zone else UTC).astimezone(UTC)
