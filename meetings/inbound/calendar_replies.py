"""What does a calendar program answer? RFC 5546 text in, what was said out; lines it cannot read are passed over."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar.parser import Contentline, Parameters

COMPONENTS = 20
LINES = 2_000
LONGEST_LINE = 8_000
LONGEST_COMMENT = 1_000
FOLD = re.compile(r"\n[ \t]")
READ = {
    "UID",
    "SEQUENCE",
    "DTSTAMP",
    "DTSTART",
    "RECURRENCE-ID",
    "ATTENDEE",
    "ORGANIZER",
    "COMMENT",
    "METHOD",
    "BEGIN",
    "END",
}
NO_PARAMETERS = Parameters()
ESCAPED = re.compile(r"\\([\\;,nN])")
# Beyond these years a moment in another zone is none that a database or a page could show.
YEARS = range(1970, 2200)
MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?")


@dataclass(frozen=True)
class Attendee:
    """One person a calendar speaks of. `guests` is Google's X-NUM-GUESTS; `delegated_to` an address."""

    address: str
    partstat: str
    guests: int = 0
    comment: str = ""
    delegated_to: str = ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """One VEVENT of a calendar object. Addresses are in lower case; `stamp` and `starts_at` are aware, or None."""

    method: str
    uid: str
    sequence: int
    stamp: dt.datetime | None
    starts_at: dt.datetime | None
    attendees: tuple[Attendee, ...]
    comment: str
    is_of_one_day: bool

    def attendee(self, address: str) -> Attendee | None:
        """The one at this address; several may answer at once."""
        return next((person for person in self.attendees if person.address == address.lower()), None)


@dataclass
class Gathered:
    """The lines of one VEVENT as they come."""

    values: dict[str, str] = field(default_factory=dict)
    zone: str = ""
    comments: list[str] = field(default_factory=list)
    attendees: list[Attendee] = field(default_factory=list)

    def take(self, name: str, parameters: Parameters, value: str) -> None:
        if name == "ATTENDEE":
            self.attendees.append(attendee_of(parameters, value))
        elif name == "COMMENT":
            self.comments.append(unescaped(value))
        else:
            self.values.setdefault(name, value.strip())
            if name == "DTSTART":
                self.zone = str(parameters.get("TZID", ""))


@dataclass
class Reader:
    """Line by line through a calendar object: its METHOD, and its events one after the other."""

    method: str = ""
    events: list[Gathered] = field(default_factory=list)
    current: Gathered | None = None
    inside: int = 0

    def take(self, name: str, parameters: Parameters, value: str) -> None:
        if self.current is not None:
            self.take_in_an_event(self.current, name, parameters, value)
        elif name == "METHOD":
            self.method = value.strip().upper()
        elif name == "BEGIN" and value.strip().upper() == "VEVENT":
            self.current, self.inside = Gathered(), 0
            self.events.append(self.current)

    def take_in_an_event(self, event: Gathered, name: str, parameters: Parameters, value: str) -> None:
        """Lines of an alarm in the event are not the event's."""
        if name == "BEGIN":
            self.inside += 1
        elif name == "END" and not self.inside:
            self.current = None
        elif name == "END":
            self.inside -= 1
        elif not self.inside:
            event.take(name, parameters, value)


def read(text: str) -> list[Said]:
    """Every event in it, under the METHOD of the whole; an empty list for anything that is not a calendar."""
    reader = Reader()
    for name, parameters, value in lines_of(text):
        reader.take(name, parameters, value)
    return [said_in(event, reader.method) for event in reader.events[:COMPONENTS]]


def lines_of(text: str) -> Iterator[tuple[str, Parameters, str]]:
    """Name in capitals, parameters, value; of the lines that are written as RFC 5545 §3.1 wants."""
    for line in FOLD.sub("", text.replace("\r\n", "\n")).split("\n")[:LINES]:
        name, value = plain(line.strip())
        if name not in READ or len(line) > LONGEST_LINE:
            continue
        if value is not None:
            yield name, NO_PARAMETERS, value
            continue
        try:
            _name, parameters, value = Contentline.from_ical(line.strip()).parts()  # type: ignore[no-untyped-call]  # icalendar's
        except ValueError:
            continue
        yield name, parameters, str(value)


def plain(line: str) -> tuple[str, str | None]:
    """A line's name in capitals; and its value when there is nothing in it to take apart, as in most lines."""
    before, colon, value = line.partition(":")
    name, semicolon, _parameters = before.partition(";")
    is_plain = colon and not semicolon and "\\" not in value and "%" not in value
    return name.strip().upper(), value if is_plain and name in READ else None


def said_in(event: Gathered, method: str) -> Said:
    values = event.values
    theirs = [person.comment for person in event.attendees if person.comment]
    return Said(
        method=method,
        uid=values.get("UID", "")[:255],
        sequence=number(values.get("SEQUENCE", "")),
        stamp=moment(values.get("DTSTAMP", ""), zone="UTC"),
        starts_at=moment(values.get("DTSTART", ""), zone=event.zone),
        attendees=tuple(event.attendees[:50]),
        comment="\n".join(dict.fromkeys([*event.comments, *theirs]))[:LONGEST_COMMENT].strip(),
        is_of_one_day="RECURRENCE-ID" in values,
    )


def attendee_of(parameters: Parameters, value: str) -> Attendee:
    return Attendee(
        address=address_in(value),
        partstat=str(parameters.get("PARTSTAT", "")).upper(),
        guests=number(str(parameters.get("X-NUM-GUESTS", ""))),
        comment=str(parameters.get("X-RESPONSE-COMMENT", "")),
        delegated_to=address_in(one_of(parameters.get("DELEGATED-TO", ""))),
    )


def one_of(value: object) -> str:
    return str(value[0]) if isinstance(value, list) and value else str(value or "")


def address_in(value: str) -> str:
    return re.sub(r"^mailto:", "", value.strip().strip('"'), flags=re.IGNORECASE).strip().lower()[:254]


def unescaped(value: str) -> str:
    """RFC 5545 §3.3.11."""
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def number(written: str) -> int:
    """Zero for none, and for one that no calendar would write."""
    return int(written) if re.fullmatch(r"\d{1,9}", written.strip()) else 0


def moment(written: str, *, zone: str) -> dt.datetime | None:
    """A DATE-TIME, or the start of a DATE; in Paris's time when its zone is not known by name (Outlook's are not)."""
    found = MOMENT.fullmatch(written)
    if found is None or int(found[1]) not in YEARS:
        return None
    hour, minute, second = (int(part or 0) for part in found.group(4, 5, 6))
    try:
        here = dt.UTC if found[7] else zone_named(zone)
        return dt.datetime(int(found[1]), int(found[2]), int(found[3]), hour, minute, second, tzinfo=here)
    except ValueError:
        return None


def zone_named(name: str) -> dt.tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("Europe/Paris")
