"""Is this a calendar file that no program misreads? Checked on the bytes, before any parser forgives them."""

import re

UTC_MOMENT = re.compile(r"\d{8}T\d{6}Z")
ONCE_PER_EVENT = ["UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "STATUS"]
AT_MOST_ONCE = ["SUMMARY", "DESCRIPTION", "LOCATION", "ORGANIZER", "URL", "GEO", "CREATED", "LAST-MODIFIED"]
ATTENDEES = {"REQUEST": 1, "CANCEL": 1, "PUBLISH": 0}


def problems(raw: bytes, *, method: str = "PUBLISH", events: int | None = 1) -> list[str]:
    """What is wrong, in words; an empty list when nothing is. `events=None` takes any number of them."""
    lines = logical_lines(raw)
    found = _of_the_bytes(raw) + _of_the_calendar(lines, method)
    blocks = vevents(lines)
    if events is not None and len(blocks) != events:
        found.append(f"{len(blocks)} events instead of {events}")
    return found + [problem for block in blocks for problem in _of_an_event(block, method)]


def logical_lines(raw: bytes) -> list[str]:
    """Unfolded lines (RFC 5545 §3.1)."""
    return raw.replace(b"\r\n ", b"").decode("utf-8", "replace").removesuffix("\r\n").split("\r\n")


def vevents(lines: list[str]) -> list[list[str]]:
    """The lines inside each VEVENT."""
    starts = [number for number, line in enumerate(lines) if line == "BEGIN:VEVENT"]
    ends = [number for number, line in enumerate(lines) if line == "END:VEVENT"]
    return [lines[start + 1 : end] for start, end in zip(starts, ends, strict=True)]


def values(lines: list[str], name: str) -> list[str]:
    """What stands after each `name`, parameters included."""
    return [line[len(name) + 1 :] for line in lines if re.match(rf"{name}[;:]", line)]


def _of_the_bytes(raw: bytes) -> list[str]:
    found = []
    if not raw.endswith(b"\r\n"):
        found.append("does not end with CRLF")
    if re.search(rb"(?<!\r)\n|\r(?!\n)", raw):
        found.append("a line break that is not CRLF")
    if re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xa8\xa9]", raw):
        found.append("a control character")
    physical = raw.split(b"\r\n")[:-1]
    found += [f"{len(line)} octets on a line" for line in physical if len(line) > 75]
    found += ["an empty line" for line in physical if not line.strip()]
    return found + [f"not UTF-8: {line!r}" for line in physical if not _is_utf8(line)]


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _of_the_calendar(lines: list[str], method: str) -> list[str]:
    found = [f"not a property: {line!r}" for line in lines if not re.match(r"[A-Z-]+[;:]", line)]
    own = lines[1 : next(n for n, line in enumerate(lines[1:], 1) if line.startswith(("BEGIN:", "END:")))]
    if lines[0] != "BEGIN:VCALENDAR" or lines[-1] != "END:VCALENDAR":
        found.append("not one VCALENDAR")
    for wanted in ["VERSION:2.0", "CALSCALE:GREGORIAN", f"METHOD:{method}"]:
        if own.count(wanted) != 1:
            found.append(f"{wanted} is not there once")
    if values(own, "UID"):
        found.append("the calendar itself has a UID")
    return found + _of_the_zones(lines)


def _of_the_zones(lines: list[str]) -> list[str]:
    found = ["a time zone written as a list of dates"] if values(lines, "RDATE") else []
    described = set(values(lines, "TZID"))
    used = {zone for line in lines for zone in re.findall(r"^DT(?:START|END);TZID=([^:]+):", line)}
    if used - described:
        found.append(f"zones without VTIMEZONE: {used - described}")
    if lines.index("BEGIN:VTIMEZONE") > (lines.index("BEGIN:VEVENT") if "BEGIN:VEVENT" in lines else len(lines)):
        found.append("the zone comes after its use")
    return found


def _of_an_event(lines: list[str], method: str) -> list[str]:
    found = [f"{name} is not there once" for name in ONCE_PER_EVENT if len(values(lines, name)) != 1]
    found += [f"{name} is there twice" for name in AT_MOST_ONCE if len(values(lines, name)) > 1]
    moments = [moment for name in ["DTSTAMP", "CREATED", "LAST-MODIFIED"] for moment in values(lines, name)]
    found += [f"not in UTC: {moment}" for moment in moments if not UTC_MOMENT.fullmatch(moment)]
    if values(lines, "DURATION") or "BEGIN:VALARM" in lines:
        found.append("a duration or an alarm")
    return found + _of_the_people(lines, method)


def _of_the_people(lines: list[str], method: str) -> list[str]:
    organizers, attendees = values(lines, "ORGANIZER"), values(lines, "ATTENDEE")
    found = []
    if len(attendees) != ATTENDEES[method] or len(organizers) != ATTENDEES[method]:
        found.append(f"{len(organizers)} organizers and {len(attendees)} attendees in a {method}")
    if method == "REQUEST" and not all(";RSVP=TRUE" in f";{attendee}" for attendee in attendees):
        found.append("an attendee without RSVP=TRUE gets no buttons")
    if any("^" in person.partition("mailto:")[0] for person in organizers + attendees):
        found.append("a caret escape (RFC 6868) that most programs show raw")
    return found
