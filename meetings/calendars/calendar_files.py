"""What does a calendar program need to read? A meeting's facts in, RFC 5545 bytes out: same facts, same bytes.

icalendar writes the lines. Four things are ours, because programs in the field misread what it would write: the time
zone as two constant rules rather than a list of dates, no random UID on the calendar, a literal backslash-N in a text
kept as it was typed, and what differs between two readers spliced in last, once per letter.
"""

import dataclasses
import re
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Self
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vGeo, vText

PARIS = "Europe/Paris"

PARIS_RULES = (
    b"BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\n"
    b"BEGIN:DAYLIGHT\r\nDTSTART:19810329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
    b"TZNAME:CEST\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\n"
    b"BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
    b"TZNAME:CET\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)

PRODUCT = "-//fifty-fifty//Meetings 1.0//FR"
ASKED_AGAIN = timedelta(hours=1)

LINE_BREAKS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
BLANKS = re.compile("[ \t]+")  # one is enough, and a folded line of nothing but blanks would look like no line at all
DESCRIPTION = re.compile(rb"\r\nDESCRIPTION:(?:[^\r\n]|\r\n )*")
UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
FOLD = b"\r\n "
PLAIN = re.compile("[!-~]*")
TO_QUOTE = re.compile(r"[,;: '’]")
UNQUOTABLE = re.compile(r'["^\\]')  # would need RFC 6868 escapes, which most programs show raw


@dataclasses.dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """What residents are told of a meeting. Times are aware; `place` is one line; `status` is an RFC 5545 STATUS.

    `title_prefix` marks the title in calendars, in the reader's language ("CANCELLED - "); `modified_at` dates all.
    Letters alone say `reason` (why it is called off); `address` is the place without the name of the room.
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
    address: str = ""
    reason: str = ""

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
    """A calendar object complete but for what its reader alone is told.

    `head`, the end of DESCRIPTION (see `answer_lines`), `body`, ORGANIZER and ATTENDEE if any, `tail`.
    """

    head: bytes
    body: bytes
    tail: bytes

    def filled(self, *, answer: bytes = b"", people: bytes = b"") -> bytes:
        """The object for one reader, from ready, folded lines."""
        return self.head + answer + self.body + people + self.tail


def published(facts: MeetingFacts, *, stamp: datetime, uid_domain: str) -> bytes:
    """A file to keep (METHOD:PUBLISH), that invites nobody.

    Without the ORGANIZER that RFC 5546 §3.2.1 asks for: programs write to it, and here nobody would read them.
    """
    return _with_rules(_calendar("PUBLISH", [_event(facts, stamp, uid_domain)]))


def several(entries: Iterable[MeetingFacts], *, stamp: datetime, uid_domain: str) -> bytes:
    """The same for several entries in one file."""
    return _with_rules(_calendar("PUBLISH", [_event(facts, stamp, uid_domain) for facts in entries]))


def notice(facts: MeetingFacts, *, stamp: datetime, uid_domain: str, prompt: str) -> Skeleton:
    """The same for one reader, with the page where they answer; `prompt` is what its address follows: "Answer:"."""
    return _skeleton(_calendar("PUBLISH", [_event(facts, stamp, uid_domain, prompt)]))


def request(facts: MeetingFacts, *, stamp: datetime, uid_domain: str, prompt: str) -> Skeleton:
    """An invitation that calendar programs can answer (METHOD:REQUEST, RFC 5546 §3.2.2), first or updated.

    Programs that cannot show the page where one answers, after `prompt`.
    """
    event = _event(facts, stamp, uid_domain, prompt)
    event.add("X-MICROSOFT-DISALLOW-COUNTER", "TRUE")
    return _skeleton(_calendar("REQUEST", [event]))


def cancel(facts: MeetingFacts, *, stamp: datetime, uid_domain: str) -> Skeleton:
    """The withdrawal of an invitation (METHOD:CANCEL, RFC 5546 §3.2.5); `facts.sequence` is above all sent before."""
    event = _event(dataclasses.replace(facts, status="cancelled"), stamp, uid_domain)
    return _skeleton(_calendar("CANCEL", [event]))


def feed(meetings: Iterable[MeetingFacts], *, name: str, uid_domain: str, zone: str = PARIS) -> bytes:
    """A calendar to subscribe to, asked for again each hour. Each event is stamped with the date of its own facts.

    Without meetings it still holds the time zone: RFC 5545 wants at least one component.
    """
    in_order = sorted(meetings, key=lambda facts: (facts.starts_at, str(facts.uid)))
    calendar = _calendar("PUBLISH", [_event(facts, facts.modified_at, uid_domain) for facts in in_order])
    for label in ("NAME", "X-WR-CALNAME"):
        calendar.add(label, _Text(_one_line(name)), encode=False)
    calendar.add("X-WR-TIMEZONE", zone)
    calendar.add("REFRESH-INTERVAL", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    return _with_rules(calendar)


def uid_of(uid: uuid.UUID | str, *, domain: str) -> str:
    """A meeting's name in every calendar, the same in letters, feeds and files, for ever."""
    return f"reunion-{uid}@{domain}"


def organizer_line(*, address: str, name: str) -> bytes:
    """ORGANIZER, folded, with its line end. The address is the letter's From."""
    return _person("ORGANIZER", address, name, {})


def attendee_line(*, address: str, name: str, partstat: str = "NEEDS-ACTION", rsvp: bool = True) -> bytes:
    """ATTENDEE, folded, with its line end. The address is the letter's To; `partstat` the answer known so far."""
    role = {"CUTYPE": "INDIVIDUAL", "PARTSTAT": partstat, "ROLE": "REQ-PARTICIPANT"}
    return _person("ATTENDEE", address, name, role | ({"RSVP": "TRUE"} if rsvp else {}))


def answer_lines(*, url: str) -> bytes:
    """The end of DESCRIPTION, after its prompt: a fold, a blank, and the page where one answers."""
    return _continued(b" " + _escaped(_uri(url)))


class _Text(vText):
    """A TEXT value (RFC 5545 §3.3.11); icalendar's own takes a typed backslash and N for a line break."""

    def to_ical(self) -> bytes:
        return _escaped(self)


def _escaped(text: str) -> bytes:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n").encode()


def _calendar(method: str, events: list[Event]) -> Calendar:
    calendar = Calendar()
    for name, value in (("PRODID", PRODUCT), ("VERSION", "2.0"), ("CALSCALE", "GREGORIAN"), ("METHOD", method)):
        calendar.add(name, value)
    for event in events:
        calendar.add_component(event)
    return calendar


def _with_rules(calendar: Calendar) -> bytes:
    """The calendar's bytes, the zone's rules before its first event."""
    raw = calendar.to_ical()
    head, first_event, events = raw.partition(b"BEGIN:VEVENT\r\n")
    if not first_event:
        head = head.removesuffix(b"END:VCALENDAR\r\n")
        return head + PARIS_RULES + b"END:VCALENDAR\r\n"
    return head + PARIS_RULES + first_event + events


def _skeleton(calendar: Calendar) -> Skeleton:
    event, end, tail = _with_rules(calendar).rpartition(b"END:VEVENT\r\n")
    described = DESCRIPTION.search(event)
    cut = described.end() if described else len(event)
    return Skeleton(head=event[:cut], body=event[cut:], tail=end + tail)


def _event(facts: MeetingFacts, stamp: datetime, uid_domain: str, prompt: str = "") -> Event:
    event = Event()
    event.add("UID", _uri(uid_of(facts.uid, domain=uid_domain)))
    event.add("SEQUENCE", facts.sequence)
    event.add("DTSTART", _moment(facts.starts_at, facts.zone))
    event.add("DTEND", _moment(facts.ends_at, facts.zone))
    event.add("STATUS", facts.status.upper())
    event.add("TRANSP", "TRANSPARENT" if facts.is_cancelled else "OPAQUE")
    for name, moment in (("DTSTAMP", stamp), ("CREATED", facts.created_at), ("LAST-MODIFIED", facts.modified_at)):
        event.add(name, moment.astimezone(UTC))
    for name, words in _texts(facts, prompt).items():
        if words:
            event.add(name, _Text(words), encode=False)
    if facts.url:
        event.add("URL", _uri(facts.url))
    if facts.latitude is not None and facts.longitude is not None:
        event.add("GEO", vGeo((round(facts.latitude, 6), round(facts.longitude, 6))))
    return event


def _texts(facts: MeetingFacts, prompt: str) -> dict[str, str]:
    return {
        "SUMMARY": _one_line(facts.title_prefix + facts.title),
        "DESCRIPTION": _description(facts, prompt),
        "LOCATION": _one_line(facts.place or facts.online_url),
    }


def _description(facts: MeetingFacts, prompt: str) -> str:
    """The text, then the addresses it does not mention itself: many programs never show URL."""
    links = [link for link in (_uri(facts.online_url), _uri(facts.url)) if link not in facts.description]
    return "\n\n".join(part for part in [_clean(facts.description), *links, _clean(prompt)] if part)


def _moment(instant: datetime, zone: str) -> datetime:
    """Local time by the zone we can describe; UTC for any other zone, and for the hour that October says twice."""
    local = instant.astimezone(ZoneInfo(PARIS))
    if zone != PARIS or local.replace(fold=0).utcoffset() != local.utcoffset():
        return instant.astimezone(UTC)
    return local


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()


def _person(role: str, address: str, name: str, parameters: dict[str, str]) -> bytes:
    """A calendar address, folded, with its line end; without a name, no CN."""
    # Written here: a town has thousands of them, and icalendar's own way takes longer than the rest of the letter.
    others = "".join([f";{key}={value}" for key, value in parameters.items()])
    return _folded(f"{role}{_called(name)}{others}:mailto:{_uri(address)}".encode()) + b"\r\n"


@lru_cache
def _called(name: str) -> str:
    """The parameter of a name; the town hall's stands in every letter."""
    readable = _one_line(UNQUOTABLE.sub(" ", name))
    written = f'"{readable}"' if TO_QUOTE.search(readable) else readable
    return f";CN={written}" if readable else ""


def _folded(line: bytes) -> bytes:
    return _continued(line).removeprefix(FOLD)


def _continued(text: bytes) -> bytes:
    """Folded from the start: 75 octets a line, no character cut in two (RFC 5545 §3.1)."""
    lines = []
    while text:
        cut = 74
        while cut < len(text) and text[cut] & 0xC0 == 0x80:
            cut -= 1
        lines.append(FOLD + text[:cut])
        text = text[cut:]
    return b"".join(lines)


def _uri(address: str) -> str:
    return address if PLAIN.fullmatch(address) else "".join(_clean(address).split())


def _one_line(value: str) -> str:
    return " ".join(_clean(value).split())


def _clean(value: str) -> str:
    """One sort of line break, single blanks, and no character that a calendar or UTF-8 cannot carry."""
    return BLANKS.sub(" ", UNWRITABLE.sub("", LINE_BREAKS.sub("\n", value))).strip()
