"""How is any text written in seven bits, so that it can break neither a header nor a body?"""

import binascii
import re
from functools import lru_cache

CRLF = b"\r\n"
SOFT_BREAK = b"=\r\n"
LINE = 76
BYTES_OF_A_LINE = LINE // 4 * 3
ENCODED_WORD = len(b"=?utf-8?b??=")
PLAIN = re.compile(r"[\x20-\x7e]*\Z")
EQUALS = ord("=")
_SPECIAL = re.compile(rb"[^\x20-\x3c\x3e-\x7e]")
UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
ADDRESS = re.compile(rf"{ATOM}(?:\.{ATOM})*@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\Z")


class Unaddressable(ValueError):
    """This address cannot be written in a letter's header."""


def address(text: str) -> str:
    """`text` as an address that SMTP takes everywhere (RFC 5321, ASCII; an accented domain in its xn-- form).

    Raise Unaddressable for anything else: a line break, a space, a quoted local part, more than 254 characters.
    """
    local, _at, domain = text.strip().rpartition("@")
    try:
        written = f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError:
        raise Unaddressable(text) from None
    if len(written) > 254 or not ADDRESS.match(written):
        raise Unaddressable(text)
    return written


@lru_cache(maxsize=1024)  # a letter says most things twice, and many things to everyone
def quoted_printable(text: str) -> bytes:
    """RFC 2045 §6.7: lines of at most 76, CRLF, no line starting with a dot (SMTP would double it)."""
    if text.isprintable() and (short := _short_line(text.encode())):
        return short
    lines = text.encode("utf-8", "replace").replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return CRLF.join(_quoted_line(line) for line in lines)


def _short_line(text: bytes) -> bytes:
    """What most texts of one reader are: a line that needs no cutting, as the standard library writes it; or nothing.

    Ten times as fast as what else follows.
    """
    quoted = binascii.b2a_qp(text)
    return b"" if len(quoted) >= LINE or b"\n" in quoted or quoted[:1] == b"." else quoted


def _quoted_line(line: bytes) -> bytes:
    rest = _SPECIAL.sub(lambda found: b"=%02X" % found[0][0], line)
    if rest.endswith(b" "):
        rest = rest[:-1] + b"=20"
    pieces: list[bytes] = []
    while True:
        if rest.startswith(b"."):
            rest = b"=2E" + rest[1:]
        if len(rest) < LINE:
            return b"".join([*pieces, rest])
        end = LINE - 1 - next((back for back in (1, 2) if rest[LINE - 1 - back] == EQUALS), 0)
        pieces.append(rest[:end] + SOFT_BREAK)
        rest = rest[end:]


def base64_lines(content: bytes) -> bytes:
    """RFC 2045 §6.8: lines of 76, each ended by CRLF."""
    encoded = binascii.b2a_base64(content, newline=False)
    return b"".join([encoded[at : at + LINE] + CRLF for at in range(0, len(encoded), LINE)])


def printable(text: str) -> str:
    """`text` on one line: every run of spaces and control characters becomes one space."""
    return UNPRINTABLE.sub(" ", text).strip()


def text_header(name: str, text: str) -> bytes:
    """A header of free text, as it stands when it is plain and short-worded, in encoded words (RFC 2047) when not."""
    text = printable(text)
    if not PLAIN.match(text) or "=?" in text or any(len(word) > LINE - len(name) - 2 for word in text.split(" ")):
        return f"{name}: ".encode() + _encoded_words(text, taken=len(name) + 2) + CRLF
    return _folded(f"{name}: {text}") + CRLF


def mailbox_header(name: str, display_name: str, address: str) -> bytes:
    """`Name: "Display name" <address>`; `address` as given back by `address()`."""
    display_name = printable(display_name)
    if not display_name:
        return f"{name}: {address}".encode() + CRLF
    if PLAIN.match(display_name) and "=?" not in display_name and len(display_name) <= LINE - 16:
        escaped = display_name.replace("\\", "\\\\").replace('"', '\\"')
        phrase = f'"{escaped}"'.encode()
    else:
        phrase = _encoded_words(display_name, taken=len(name) + 2)
    start = f"{name}: ".encode() + phrase
    room = LINE - len(start.rpartition(CRLF)[2])
    return start + (b" <" if len(address) + 3 <= room else b"\r\n <") + address.encode() + b">" + CRLF


def _folded(line: str) -> bytes:
    """`line` cut before spaces so that each piece has at most 76 characters where its words allow it."""
    pieces, rest = [], line
    while len(rest) > LINE and (cut := rest.rfind(" ", 1, LINE + 1)) > 0:
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return "\r\n".join([*pieces, rest]).encode()


@lru_cache(maxsize=256)  # the town hall's name stands in every letter
def _encoded_words(text: str, *, taken: int) -> bytes:
    """RFC 2047: words of at most 75, lines of at most 76, no character cut in two; `taken` is what the line holds."""
    words, word = [], b""
    room = (LINE - taken - ENCODED_WORD) // 4 * 3
    for character in text:
        written = character.encode("utf-8", "replace")
        if len(word) + len(written) > room:
            words.append(word)
            word, room = b"", (LINE - 1 - ENCODED_WORD) // 4 * 3
        word += written
    return b"\r\n ".join(b"=?utf-8?b?%s?=" % binascii.b2a_base64(part, newline=False) for part in [*words, word])
