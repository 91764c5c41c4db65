"""What is a letter, and what are its bytes? Compiled once, then spliced for each recipient in microseconds."""

import dataclasses
import hashlib
import html
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.safestring import SafeString

from . import quoting
from .quoting import CRLF, SOFT_BREAK

Values = Mapping[str, str]
Segment = bytes | Callable[[Values], bytes]

# Nobody who types a title or a name can guess it, so what they type is never taken for a placeholder.
_NONCE = secrets.token_hex(4)
_PLACEHOLDER = re.compile(rf"\ue000{_NONCE}([a-z_]+)\ue001")
_UNSAFE_IN_AN_ID = re.compile(r"[^A-Za-z0-9.+_-]+")

# What the post itself fills in. A kind may use them in its texts.
TO_NAME, TO_ADDRESS, UNSUBSCRIBE_URL = "to_name", "to_address", "unsubscribe_url"
AFTER_HELLO, PREFERENCES_URL = "after_hello", "preferences_url"
# And these are for headers only.
MESSAGE_ID, DATE, UNSUBSCRIBE_ADDRESS = "message_id", "date", "unsubscribe_address"


def placeholder(name: str) -> str:
    """What stands in a letter's texts where `name`'s value goes; `name` is of a-z and underscores."""
    return f"\ue000{_NONCE}{name}\ue001"


def after_hello(name: str) -> str:
    """What a greeting goes on with: a space and the name, or nothing, so that “Hello,” has no hole in it."""
    return f" {name}" if name else ""


@dataclass(frozen=True, kw_only=True)
class CalendarPart:
    """An iCalendar object: its METHOD, and its bytes (UTF-8), in which a placeholder stands for ready, folded lines."""

    method: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One text to many, in one language. Every text may hold placeholders; values are escaped where HTML needs it.

    `from_name` and `from_address`: the town hall's when empty. `message_id`, `in_reply_to`: the part before the @;
    the post makes a stable one up when empty, and leaves In-Reply-To out when its value is. `html` is empty for words
    to post or to say.
    """

    subject: str
    text: str
    html: str = ""
    from_name: str = ""
    from_address: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    calendar: CalendarPart | None = None

    def filled(self, values: Values) -> "Letter":
        """The letter as one recipient reads it: a preview."""
        values = {PREFERENCES_URL: "", **values}
        escaped = {name: escaped_unless_html(value) for name, value in values.items()}
        return dataclasses.replace(
            self,
            subject=fill(self.subject, values),
            text=fill(self.text, values),
            html=fill(self.html, escaped),
            from_name=fill(self.from_name, values),
            from_address=fill(self.from_address, values),
        )


def escaped_unless_html(value: str) -> str:
    """A value that is HTML already says so (`SafeString`), and stays as it is."""
    return value if isinstance(value, SafeString) else html.escape(value)


def fill(template: str, values: Values) -> str:
    """`template` with its placeholders' values; KeyError if one is missing."""
    return _PLACEHOLDER.sub(lambda found: values[found[1]], template)


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """A compiled letter: ready bytes, and between them what differs from one recipient to the next."""

    segments: tuple[Segment, ...]
    message_id_template: str
    domain: str

    @cached_property
    def varying(self) -> list[Callable[[Values], bytes]]:
        """Each once, whatever the number of places where it stands."""
        return list({segment: None for segment in self.segments if callable(segment)})

    def splice(self, values: Values) -> bytes:
        """The message as SMTP takes it: CRLF, seven bits, no line starting with a dot, without the final dot.

        Raise KeyError when a placeholder's value is missing, quoting.Unaddressable for an impossible address.
        """
        written = {segment: segment(values) for segment in self.varying}  # a letter holds its calendar twice
        return b"".join([written[segment] if callable(segment) else segment for segment in self.segments])

    def message_id(self, values: Values) -> str:
        """`<local@domain>`, the same whenever the same letter is sent again."""
        return _id(self.message_id_template, values, domain=self.domain)


def compile_letter(letter: Letter, *, seed: str, domain: str, list_name: str = "") -> Envelope:
    """`seed` names the boundaries: same letter and seed, same bytes. `domain` ends the Message-ID.

    `list_name` is for letters one can stop (RFC 2369, 2919, 8058); empty, the letter is an answer to its recipient.
    """
    boundary = "=_" + hashlib.sha256(seed.encode()).hexdigest()[:24]
    segments = [*_headers(letter, domain=domain, list_name=list_name), *_content(letter, boundary=boundary)]
    message_id = letter.message_id or placeholder(MESSAGE_ID)
    return Envelope(segments=_joined(segments), message_id_template=message_id, domain=domain)


def _headers(letter: Letter, *, domain: str, list_name: str) -> list[Segment]:
    segments: list[Segment] = [
        _mailbox("From", letter.from_name, letter.from_address),
        _mailbox("To", placeholder(TO_NAME), placeholder(TO_ADDRESS)),
        _text("Subject", letter.subject),
        _date,
        _ids("Message-ID", letter.message_id or placeholder(MESSAGE_ID), domain=domain),
        b"Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: OOF, AutoReply\r\n",
    ]
    if letter.in_reply_to:
        segments += [_ids(name, letter.in_reply_to, domain=domain) for name in ("In-Reply-To", "References")]
    if list_name:
        segments.append(f"List-Id: <{_UNSAFE_IN_AN_ID.sub('-', list_name)}.{domain}>\r\n".encode())
        segments.append(_ways_out)
        segments.append(b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")
    segments += [_text(name, text) for name, text in letter.headers.items()]
    return [*segments, b"MIME-Version: 1.0\r\n"]


def _date(values: Values) -> bytes:
    return b"Date: %s\r\n" % values[DATE].encode()


def _ways_out(values: Values) -> bytes:
    """RFC 2369 §3.2: the page first, which takes RFC 8058's button, then the mailbox where there is one."""
    address = values.get(UNSUBSCRIBE_ADDRESS, "")
    mailbox = b",\r\n <mailto:%s>" % address.encode() if address else b""
    return b"List-Unsubscribe: <%s>%s\r\n" % (values[UNSUBSCRIBE_URL].encode(), mailbox)


def _content(letter: Letter, *, boundary: str) -> list[Segment]:
    """RFC 2046. With a calendar: mixed(alternative(plain, html, calendar), attachment), the same bytes twice."""
    outer, inner = f"{boundary}_m", f"{boundary}_a"
    alternative: list[Segment] = [
        f'Content-Type: multipart/alternative; boundary="{inner}"\r\n'.encode(),
        _opening(inner, "text/plain; charset=utf-8", "quoted-printable"),
        *_quoted(letter.text),
        _opening(inner, "text/html; charset=utf-8", "quoted-printable"),
        *_quoted(letter.html, escape=escaped_unless_html),
    ]
    closing = f"\r\n--{inner}--\r\n".encode()
    if letter.calendar is None:
        return [*alternative, closing]
    content = _encoded(letter.calendar.content)
    disposition = 'Content-Disposition: attachment; filename="invitation.ics"\r\n'
    calendar_type = f"text/calendar; method={letter.calendar.method}; charset=utf-8"
    return [
        f'Content-Type: multipart/mixed; boundary="{outer}"\r\n\r\n--{outer}\r\n'.encode(),
        *alternative,
        _opening(inner, calendar_type, "base64"),
        content,
        closing,
        _opening(outer, 'application/ics; name="invitation.ics"', "base64", disposition),
        content,
        f"\r\n--{outer}--\r\n".encode(),
    ]


def _opening(boundary: str, content_type: str, encoding: str, more: str = "") -> bytes:
    lines = f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n{more}"
    return f"\r\n--{boundary}\r\n{lines}\r\n".encode()


def _quoted(template: str, *, escape: Callable[[str], str] = str) -> list[Segment]:
    """A text body: its constants quoted once, and each value between two soft line breaks."""
    segments: list[Segment] = []
    for position, piece in enumerate(_PLACEHOLDER.split(template)):
        if position % 2:
            segments.append(_quoted_value(piece, escape))
        elif piece:
            quoted = quoting.quoted_printable(piece)
            segments.append(quoted if quoted.endswith(CRLF) else quoted + SOFT_BREAK)
    return [*segments, CRLF]


def _quoted_value(name: str, escape: Callable[[str], str]) -> Segment:
    def write(values: Values) -> bytes:
        value = values[name]
        return quoting.quoted_printable(escape(value)) + SOFT_BREAK if value else b""

    return write


def _encoded(content: bytes) -> Segment:
    """Base64, of which the lines before the first placeholder are written once."""
    first, *others = _PLACEHOLDER.split(content.decode())
    whole = len(first.encode()) // quoting.BYTES_OF_A_LINE * quoting.BYTES_OF_A_LINE
    ready, rest = quoting.base64_lines(first.encode()[:whole]), first.encode()[whole:]
    if not others:
        return quoting.base64_lines(content)

    def write(values: Values) -> bytes:
        pieces = [values[piece] if place % 2 == 0 else piece for place, piece in enumerate(others)]
        return ready + quoting.base64_lines(rest + "".join(pieces).encode())

    return write


def _header(templates: str, write: Callable[[Values], bytes]) -> Segment:
    """Written now when nothing in it differs between recipients, else at each splice."""
    return write if _PLACEHOLDER.search(templates) else write({})


def _text(name: str, template: str) -> Segment:
    return _header(template, lambda values: quoting.text_header(name, fill(template, values)))


def _mailbox(name: str, display: str, address: str) -> Segment:
    def write(values: Values) -> bytes:
        return quoting.mailbox_header(name, fill(display, values), quoting.address(fill(address, values)))

    return _header(display + address, write)


def _ids(name: str, template: str, *, domain: str) -> Segment:
    def write(values: Values) -> bytes:
        written = _id(template, values, domain=domain)
        return f"{name}: {written}\r\n".encode() if written else b""

    return _header(template, write)


def _id(template: str, values: Values, *, domain: str) -> str:
    """`<local@domain>` (RFC 5322 §3.6.4), or nothing when there is no local part."""
    local = _UNSAFE_IN_AN_ID.sub("-", fill(template, values))
    return f"<{local}@{domain}>" if local else ""


def _joined(segments: list[Segment]) -> tuple[Segment, ...]:
    """Neighbouring constants made one."""
    joined: list[Segment] = []
    for segment in segments:
        if joined and isinstance(segment, bytes) and isinstance(joined[-1], bytes):
            joined[-1] += segment
        else:
            joined.append(segment)
    return tuple(joined)
