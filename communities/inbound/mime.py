"""What parts is a message made of? Cut by position, within fixed bounds, whatever is in it (RFC 2046).

The standard library's parser keeps every part it meets, and a message of a hundred thousand parts keeps it busy for
minutes. Here a message is only ever looked at in place, and one that goes beyond the bounds is refused at once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser
from functools import cached_property

from django.utils.translation import gettext_lazy as _

DEPTH = 16
PARTS = 256
HEADER_BYTES = 256 * 1024
HEADER_LINES = 2_000
LONGEST_VALUE = 8 * 1024
# The standard library reads parameters in a time that grows with the square of their number, and worse.
PARAMETERS = 100
WITH_PARAMETERS = ("Content-Type", "Content-Disposition")
FALSE_BOUNDARIES = 10_000

BLANK_LINE = re.compile(rb"\A\r?\n|\n\r?\n")
END_OF_BOUNDARY = re.compile(rb"(--)?[ \t]*(?:\r?\n|\Z)")


class AsMeant(policy.Compat32):
    """Bytes that stand in a header without being encoded are UTF-8 (RFC 6532), or what Windows once wrote."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value if value.isascii() else eight_bits(value.encode("utf-8", "surrogateescape"))


PARSER = BytesHeaderParser(policy=AsMeant())


class Hostile(Exception):
    """No mail program writes such a message; the argument says what is wrong with it."""


@dataclass(frozen=True)
class Part:
    """Headers, and where they and the body stand in the message. `is_returned`: in a report, or below one."""

    headers: Message
    kind: str
    raw: bytes
    begins: int
    starts: int
    ends: int
    is_returned: bool

    @cached_property
    def filename(self) -> str:
        return str(self.headers.get_filename("") or "")

    @property
    def body(self) -> bytes:
        return self.raw[self.starts : self.ends]

    def holds(self, marker: bytes, *, within: int) -> bool:
        """In its headers, or among the first bytes of its body."""
        return self.raw.find(marker, self.begins, min(self.ends, self.starts + within)) >= 0


class Walk:
    """One message's parts, outermost first; a message inside the message is a part, and is not entered."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.parts = 0
        self.false_boundaries = 0

    def from_the_top(self) -> Iterator[Part]:
        return self.walk(0, len(self.raw), depth=0, is_returned=False)

    def walk(self, start: int, end: int, *, depth: int, is_returned: bool) -> Iterator[Part]:
        self.parts += 1
        if depth > DEPTH:
            raise Hostile(_("nested too deeply"))
        if self.parts > PARTS:
            raise Hostile(_("too many parts"))
        headers, body = headers_of(self.raw, start, end)
        kind = headers.get_content_type()
        is_returned = is_returned or kind in {"multipart/report", "message/rfc822"}
        yield Part(
            headers=headers, kind=kind, raw=self.raw, begins=start, starts=body, ends=end, is_returned=is_returned
        )
        if kind.startswith("multipart/") and (boundary := boundary_of(headers)):
            for first, last in self.cut(boundary, body, end):
                yield from self.walk(first, last, depth=depth + 1, is_returned=is_returned)

    def cut(self, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where each part begins and ends; one that is never closed ends with what holds it."""
        opened = None
        for before, after, is_last in self.delimiters(b"--" + boundary, start, end):
            if opened is not None:
                yield opened, max(opened, before)
            opened = after
            if is_last:
                return
        if opened is not None:
            yield opened, end

    def delimiters(self, delimiter: bytes, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """For each: where the part before it ends, where the one after it begins, whether it is the last."""
        at = self.raw.find(delimiter, start, end)
        while at >= 0:
            line = END_OF_BOUNDARY.match(self.raw, at + len(delimiter), end)
            if line and (at == start or self.raw[at - 1 : at] == b"\n"):
                yield end_of_part(self.raw, at), line.end(), line[1] is not None
            else:
                self.false_boundaries += 1
                if self.false_boundaries > FALSE_BOUNDARIES:
                    raise Hostile(_("too many boundaries"))
            at = self.raw.find(delimiter, at + len(delimiter), end)


def end_of_part(raw: bytes, at: int) -> int:
    """The line break before a boundary belongs to the boundary."""
    return at - 2 if raw[at - 2 : at] == b"\r\n" else max(0, at - 1)


def headers_of(raw: bytes, start: int, end: int) -> tuple[Message, int]:
    """The headers that begin at `start`, and where the body begins."""
    block = raw[start : min(end, start + HEADER_BYTES)]
    found = BLANK_LINE.search(block)
    if found is None and end - start > HEADER_BYTES:
        raise Hostile(_("headers too long"))
    written = block[: found.start() + 1] if found else block
    if written.count(b"\n") > HEADER_LINES:
        raise Hostile(_("too many headers"))
    headers = PARSER.parsebytes(written)
    for name in WITH_PARAMETERS:
        refuse_beyond_measure(str(headers.get(name, "")))
    return headers, start + found.end() if found else end


def eight_bits(written: bytes) -> str:
    """What these bytes say; nobody told in which charset."""
    for charset in ("utf-8", "cp1252"):
        try:
            return written.decode(charset)
        except UnicodeDecodeError:
            continue
    return written.decode("latin-1")


def refuse_beyond_measure(value: str) -> None:
    """Raise Hostile before the parameters of this header are read."""
    if len(value) > LONGEST_VALUE or value.count(";") > PARAMETERS:
        raise Hostile(_("headers too long"))


def boundary_of(headers: Message) -> bytes:
    """The boundary as it is written; empty when there is none that can be."""
    written = headers.get_boundary("")
    return str(written).encode("ascii", "ignore")[:200]
