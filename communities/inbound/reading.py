"""What does a message say? Bytes in, facts out; a message that cannot be read says why, and nothing else happens."""

import re
from dataclasses import dataclass, field
from itertools import chain

from django.utils.translation import gettext_lazy as _

from . import decoding
from .mime import Hostile, Part, Walk

LARGEST = 25 * 1024 * 1024
CALENDAR_BYTES = 256 * 1024
TEXT_BYTES = 128 * 1024
CALENDAR = b"BEGIN:VCALENDAR"
CALENDARS = 4

ENVELOPE = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
IDS = re.compile(r"<[^<>\s]{1,250}>")
NOBODY = re.compile(r"^(mailer-daemon|postmaster|no-?reply|ne-?pas-?repondre|do-?not-?reply|bounces?)\b", re.IGNORECASE)
MACHINES = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-Loop", "List-Id", "List-Unsubscribe", "Feedback-ID")


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One message, read. Addresses are in lower case; `recipients` as the envelope left them, then To and Cc.

    `calendars`: iCalendar texts that its writer sent, never one that came back. `reports`: the fields of
    message/delivery-status (RFC 3464). `returned`: the headers of a message that came back.
    """

    from_address: str
    from_name: str
    subject: str
    message_id: str
    references: tuple[str, ...]
    recipients: tuple[str, ...]
    verdicts: tuple[str, ...]
    is_automatic: bool
    is_report: bool
    text: str = ""
    calendars: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    returned: str = ""


@dataclass
class Gathered:
    """What the walk through the parts found."""

    plain: str = ""
    page: str = ""
    calendars: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    returned: str = ""


def read(raw: bytes) -> Incoming:
    """Raise Hostile when it is too large, too deep, or cannot be read at all; nothing else."""
    if len(raw) > LARGEST:
        raise Hostile(_("too large"))
    try:
        return facts(raw)
    except Hostile:
        raise
    except Exception as trouble:  # the headers' parser is not ours, and strangers choose what it is given
        raise Hostile(_("written in no known way")) from trouble


def facts(raw: bytes) -> Incoming:
    parts = Walk(raw).from_the_top()
    top = next(parts)
    found = Gathered()
    for part in chain([top], parts):
        gather(part, found)
    senders = decoding.every(top.headers, "From")
    address = decoding.writer(top.headers)
    to = [value for name in (*ENVELOPE, "To", "Cc") for value in decoding.every(top.headers, name)]
    threads = [*decoding.every(top.headers, "In-Reply-To"), *decoding.every(top.headers, "References")]
    return Incoming(
        from_address=address[:254],
        from_name=name_in(senders[0] if senders else "", address)[:160],
        subject=decoding.header(top.headers, "Subject")[:255],
        message_id=next(iter(IDS.findall(decoding.header(top.headers, "Message-ID"))), ""),
        references=tuple(IDS.findall(" ".join(threads)))[:50],
        recipients=tuple(decoding.addresses(to))[:50],
        verdicts=tuple(decoding.every(top.headers, "Authentication-Results")),
        is_automatic=is_automatic(top, address),
        is_report=top.kind == "multipart/report" or bool(found.reports),
        text=found.plain or decoding.plain(found.page),
        calendars=tuple(found.calendars),
        attachments=tuple(found.attachments[:50]),
        reports=tuple(found.reports[:20]),
        returned=found.returned,
    )


def gather(part: Part, found: Gathered) -> None:
    """What one part adds to what is known."""
    if part.is_returned:
        gather_returned(part, found)
    elif is_calendar(part):
        gather_calendar(part, found)
    elif name := decoding.clean(part.filename):
        found.attachments.append(name[:120])
    elif part.kind == "text/plain" and not found.plain:
        found.plain = decoding.part_text(part, most=TEXT_BYTES)
    elif part.kind == "text/html" and not found.page:
        found.page = decoding.part_text(part, most=TEXT_BYTES)


def gather_returned(part: Part, found: Gathered) -> None:
    """A calendar in here is ours, coming back: never an answer."""
    if part.kind == "message/delivery-status":
        found.reports.append(decoding.part_text(part, most=TEXT_BYTES))
    elif part.kind in {"message/rfc822", "text/rfc822-headers"} and not found.returned:
        found.returned = decoding.part_text(part, most=TEXT_BYTES // 8)
    elif part.kind == "text/plain" and not found.plain:
        found.plain = decoding.part_text(part, most=TEXT_BYTES)


def is_calendar(part: Part) -> bool:
    """By its type, by its name, or because a relay pushed its lines among the headers."""
    if part.kind in {"text/calendar", "application/ics"}:
        return True
    return part.filename.lower().endswith(".ics") or bool(
        part.kind == "text/plain" and part.holds(CALENDAR, within=2_000)
    )


def gather_calendar(part: Part, found: Gathered) -> None:
    if part.ends - part.starts > CALENDAR_BYTES * 2:
        raise Hostile(_("calendar too large"))
    where = part.raw.find(CALENDAR, part.begins, part.starts)
    said = (
        decoding.text_at(part, where, most=CALENDAR_BYTES)
        if where >= 0
        else decoding.part_text(part, most=CALENDAR_BYTES)
    )
    if said.strip() and said not in found.calendars and len(found.calendars) < CALENDARS:
        found.calendars.append(said)


def name_in(sender: str, address: str) -> str:
    """What a From header calls its writer; their address when it gives no name."""
    return sender.partition("<")[0].strip(' "') if "<" in sender else address


def is_automatic(top: Part, address: str) -> bool:
    """Whether a machine wrote it: nobody waits for an answer (RFC 3834), and its words are not a person's."""
    headers = top.headers
    submitted = decoding.header(headers, "Auto-Submitted").lower()
    return bool(
        (submitted and not submitted.startswith("no"))
        or decoding.header(headers, "Precedence").lower() in {"bulk", "junk", "list", "auto_reply"}
        or any(headers.get(name) for name in MACHINES)
        or decoding.header(headers, "Return-Path").replace(" ", "") == "<>"
        or NOBODY.match(address)
        or top.kind == "multipart/report"
    )
