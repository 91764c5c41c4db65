"""What does a calendar program need to read? A meeting's facts in, RFC 5545 bytes out: same facts, same bytes.

Written line by line rather than with icalendar, which reads calendars in the tests: it costs five times as much per
event, turns `\\N` in a text into a line break, gives every file a random UID, and writes time zones as lists of dates
that several programs read an hour late.
"""

import dataclasses
import re
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

PARIS = "Europe/Paris"

PARIS_RULES = (
    b"BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\n"
    b"BEGIN:DAYLIGHT\r\nDTSTART:19810329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
    b"TZNAME:CEST\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\n"
    b"BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
    b"TZNAME:CET\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)

FIRST_LINE, NEXT_LINES = 75, 74  # octets (RFC 5545 §3.1); a continued line spends one on its leading space

LINE_BREAKS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
BLANKS = re.compile("[ \t]+")  # one is enough, and a folded line of nothing but blanks would look like no line at all
UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
UNQUOTABLE = re.compile(r'["^\\]')  # would need RFC 6868 escapes, which most programs show raw


@dataclasses.dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """What residents are told of a meeting. Times are aware; `place` is one line; `status` is an RFC 5545 STATUS.

    `title_prefix` marks the title in calendars, in the reader's language ("CANCELLED - "); `modified_at` dates all.
    """

    uid: uuid.UUID | str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    url: str
    created_at: datetime
    modified_at: datetime
    status: str = "confirmed"
    title_prefix: str = ""
    description: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    online_url: str = ""
    zone: str = PARIS

    def __post_init__(self) -> None:
        object.__setattr__(self, "uid", str(self.uid))

    @property
    def is_cancelled(self) -> bool:
        return self.status == "cancelled"

    def as_json(self) -> dict[str, Any]:
        """Plain values, times as ISO 8601 in UTC: what an announcement keeps."""
        facts = dataclasses.asdict(self)
        return {name: _iso(value) if isinstance(value, datetime) else value for name, value in facts.items()}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """The facts an announcement kept; names it does not know are left aside."""
        known = {field.name: kept[field.name] for field in dataclasses.fields(cls) if field.name in kept}
        times = {name: datetime.fromisoformat(value) for name, value in known.items() if name.endswith("_at")}
        return cls(**known | times)


@dataclasses.dataclass(frozen=True)
class Skeleton:
    """A calendar object complete but for its two addresses: `head`, ORGANIZER, ATTENDEE, `tail`."""

    head: bytes
    tail: bytes
    asks_for_an_answer: bool

    def for_attendee(
        self, *, organizer_address: str, organizer_name: str, attendee_address: str, attendee_name: str, partstat: str
    ) -> bytes:
        """The object for one person: one ATTENDEE, never another (RFC 6047 over ordinary mail)."""
        organizer = organizer_line(address=organizer_address, name=organizer_name)
        attendee = attendee_line(
            address=attendee_address, name=attendee_name, partstat=partstat, rsvp=self.asks_for_an_answer
        )
        return self.head + organizer + attendee + self.tail


def published(facts: MeetingFacts, *, stamp: datetime, uid_domain: str) -> bytes:
    """A file to keep (METHOD:PUBLISH), that invites nobody.

    Without the ORGANIZER that RFC 5546 §3.2.1 asks for: programs write to it, and here nobody would read them.
    """
    return b"".join([_opening("PUBLISH"), PARIS_RULES, _event(facts, stamp, uid_domain), _EVENT_END, _CLOSING])


def request(facts: MeetingFacts, *, stamp: datetime, uid_domain: str) -> Skeleton:
    """An invitation that calendar programs can answer (METHOD:REQUEST, RFC 5546 §3.2.2), first or updated."""
    event = _event(facts, stamp, uid_domain) + b"X-MICROSOFT-DISALLOW-COUNTER:TRUE\r\n"
    return Skeleton(_opening("REQUEST") + PARIS_RULES + event, _EVENT_END + _CLOSING, asks_for_an_answer=True)


def cancel(facts: MeetingFacts, *, stamp: datetime, uid_domain: str) -> Skeleton:
    """The withdrawal of an invitation (METHOD:CANCEL, RFC 5546 §3.2.5); `facts.sequence` is above all sent before."""
    event = _event(dataclasses.replace(facts, status="cancelled"), stamp, uid_domain)
    return Skeleton(_opening("CANCEL") + PARIS_RULES + event, _EVENT_END + _CLOSING, asks_for_an_answer=False)


def feed(meetings: Iterable[MeetingFacts], *, name: str, uid_domain: str, zone: str = PARIS) -> bytes:
    """A calendar to subscribe to, asked for again each hour. Each event is stamped with the date of its own facts.

    Without meetings it still holds the time zone: RFC 5545 wants at least one component.
    """
    title = _one_line(name)
    about = [_text("NAME", title), _text("X-WR-CALNAME", title), _text("X-WR-TIMEZONE", zone), _REFRESH]
    in_order = sorted(meetings, key=lambda facts: (facts.starts_at, str(facts.uid)))
    events = [_event(facts, facts.modified_at, uid_domain) + _EVENT_END for facts in in_order]
    return b"".join([_opening("PUBLISH"), *about, PARIS_RULES, *events, _CLOSING])


def uid_of(uid: uuid.UUID | str, *, domain: str) -> str:
    """A meeting's name in every calendar, the same in letters, feeds and files, for ever."""
    return f"reunion-{uid}@{domain}"


def organizer_line(*, address: str, name: str) -> bytes:
    """ORGANIZER, folded, with its line end. The address is the letter's From."""
    return _folded(f"ORGANIZER{_common_name(name)}:mailto:{_uri(address)}")


def attendee_line(*, address: str, name: str, partstat: str = "NEEDS-ACTION", rsvp: bool = True) -> bytes:
    """ATTENDEE, folded, with its line end. The address is the letter's To; `partstat` the answer known so far."""
    asks = ";RSVP=TRUE" if rsvp else ""
    role = f"CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={partstat}{asks}"
    return _folded(f"ATTENDEE;{role}{_common_name(name)}:mailto:{_uri(address)}")


_EVENT_END = b"END:VEVENT\r\n"
_CLOSING = b"END:VCALENDAR\r\n"
_REFRESH = b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n"


def _opening(method: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//fifty-fifty//Meetings 1.0//FR", "CALSCALE:GREGORIAN"]
    return "\r\n".join([*lines, f"METHOD:{method}", ""]).encode()


def _event(facts: MeetingFacts, stamp: datetime, uid_domain: str) -> bytes:
    """The VEVENT up to where ORGANIZER and ATTENDEE go; its END is the caller's."""
    lines = [
        b"BEGIN:VEVENT\r\n",
        _folded(f"UID:{_uri(uid_of(facts.uid, domain=uid_domain))}"),
        _folded(f"DTSTAMP:{_utc(stamp)}"),
        _folded(f"SEQUENCE:{facts.sequence}"),
        _moment("DTSTART", facts.starts_at, facts.zone),
        _moment("DTEND", facts.ends_at, facts.zone),
        _text("SUMMARY", _one_line(facts.title_prefix + facts.title)),
        _text("DESCRIPTION", _description(facts)),
        _text("LOCATION", _one_line(facts.place or facts.online_url)),
        _geo(facts),
        _folded(f"URL:{_uri(facts.url)}") if facts.url else b"",
        _folded(f"STATUS:{facts.status.upper()}"),
        b"TRANSP:TRANSPARENT\r\n" if facts.is_cancelled else b"TRANSP:OPAQUE\r\n",
        _folded(f"CREATED:{_utc(facts.created_at)}"),
        _folded(f"LAST-MODIFIED:{_utc(facts.modified_at)}"),
    ]
    return b"".join(lines)


def _description(facts: MeetingFacts) -> str:
    """The text, then the addresses it does not mention itself: many programs never show URL."""
    links = [link for link in (_uri(facts.online_url), _uri(facts.url)) if link not in facts.description]
    return "\n\n".join(part for part in [_clean(facts.description), *links] if part)


def _geo(facts: MeetingFacts) -> bytes:
    if facts.latitude is None or facts.longitude is None:
        return b""
    return _folded(f"GEO:{facts.latitude:.6f};{facts.longitude:.6f}")


def _moment(name: str, instant: datetime, zone: str) -> bytes:
    """Local time by the zone we can describe; UTC for any other zone, and for the hour that October says twice."""
    local = instant.astimezone(ZoneInfo(PARIS))
    if zone != PARIS or local.replace(fold=0).utcoffset() != local.utcoffset():
        return _folded(f"{name}:{_utc(instant)}")
    return _folded(f"{name};TZID={PARIS}:{local:%Y%m%dT%H%M%S}")


def _utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()


def _text(name: str, value: str) -> bytes:
    """A TEXT property (RFC 5545 §3.3.11); nothing when there is nothing to say."""
    escaped = _clean(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return _folded(f"{name}:{escaped}") if escaped else b""


def _common_name(name: str) -> str:
    """The CN parameter, always quoted; without a name, none."""
    readable = _one_line(UNQUOTABLE.sub(" ", name))
    return f';CN="{readable}"' if readable else ""


def _uri(address: str) -> str:
    return "".join(_clean(address).split())


def _one_line(value: str) -> str:
    return " ".join(_clean(value).split())


def _clean(value: str) -> str:
    """One sort of line break, single blanks, and no character that a calendar or UTF-8 cannot carry."""
    return BLANKS.sub(" ", UNWRITABLE.sub("", LINE_BREAKS.sub("\n", value))).strip()


def _folded(line: str) -> bytes:
    """The line with its end, cut into at most 75 octets, never inside a character or an escape."""
    octets = line.encode()
    pieces, start, room = [], 0, FIRST_LINE
    while len(octets) - start > room:
        end = _cut(octets, start, start + room)
        pieces.append(octets[start:end])
        start, room = end, NEXT_LINES
    return b"\r\n ".join([*pieces, octets[start:]]) + b"\r\n"


def _cut(octets: bytes, start: int, end: int) -> int:
    while octets[end] & 0xC0 == 0x80:
        end -= 1
    piece = octets[start:end]
    backslashes = len(piece) - len(piece.rstrip(b"\\"))
    return end - backslashes % 2
