"""What do these bytes say? Headers and texts of whatever charset, never an error: the worst is a strange character."""

import binascii
import codecs
import html
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from .mime import Part

LONGEST = 2_000
# Of Python's codecs, those that mail is written in; others would run for minutes on the right bytes.
CHARSETS = re.compile(r"utf-8|utf-16.*|ascii|iso8859-\d+|cp\d+|koi8-[rut]|mac-roman|gb\w+|big5.*|euc_\w+|shift_jis.*")
NOT_SHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
ADDRESS = re.compile(r"[^\s<>,;:\"'()\[\]\\]{1,128}@[^\s<>,;:\"'()\[\]\\@]{1,255}")
ENCODED = re.compile(r"=\?[^?\s]*\?[bq]\?[^?\s]*\?=", re.IGNORECASE)
ASIDE = re.compile(r'"(?:[^"\\]|\\.)*"|\([^()]*\)', re.DOTALL)
BETWEEN_ANGLES = re.compile(r"<([^<>]*)>")
UNSEEN = re.compile(r"<(/?)(style|script|head)\b[^<>]*>?", re.IGNORECASE)
BREAKS = re.compile(r"<(?:br|/p|/div|/tr|/li|/h\d|blockquote)\b[^<>]*>", re.IGNORECASE)
TAGS = re.compile(r"<[^<>]*>")


def header(headers: Message, name: str) -> str:
    """One header on one line, its encoded words decoded; empty when it is missing."""
    return words(headers.get(name, ""))


def every(headers: Message, name: str) -> list[str]:
    """Every header of that name, the topmost first; twenty of them."""
    return [words(value) for value in (headers.get_all(name) or [])[:20]]


def words(value: object) -> str:
    written = str(value)[:LONGEST]
    try:
        pieces = [
            piece if isinstance(piece, str) else text(piece, charset) for piece, charset in decode_header(written)
        ]
    except (ValueError, LookupError, HeaderParseError):
        pieces = [written]
    return " ".join(clean("".join(pieces)).split())


def clean(said: str) -> str:
    """Nothing that a table of text cannot hold."""
    return NOT_SHOWN.sub("", said)


def addresses(values: list[str]) -> list[str]:
    """The e-mail addresses in these headers, in lower case, each once."""
    found = (address.lower() for value in values for address in ADDRESS.findall(value))
    return list(dict.fromkeys(address.rstrip(".") for address in found))


def writer(headers: Message) -> str:
    """The one address that the From header holds, as mail servers look for it: names in quotes and comments hold none,
    whatever stands in them, nor does an encoded word. Empty when there are several, for nobody proves which it is.
    """
    written = [str(value)[:LONGEST] for value in headers.get_all("From") or []]
    plain = [ASIDE.sub(" ", ASIDE.sub(" ", ENCODED.sub(harmless, value))).partition("(")[0] for value in written]
    found = addresses([inside for value in plain for inside in BETWEEN_ANGLES.findall(value) or [value]])
    return found[0] if len(found) == 1 else ""


def harmless(encoded: re.Match[str]) -> str:
    """An encoded word without the signs that an address is made of, and that set it apart."""
    return re.sub(r"""[@<>()",;:\\]""", "", words(encoded[0]))


def text(content: bytes, charset: str | None) -> str:
    """In the charset it says, else in UTF-8, else in Latin-1, which never fails."""
    for name in (charset, "utf-8"):
        try:
            if name and CHARSETS.fullmatch(codecs.lookup(name).name):
                return content.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("latin-1")


def content(part: Part, *, most: int) -> bytes:
    """A part's bytes once decoded, `most` of them at the most."""
    raw = part.raw[part.starts : min(part.ends, part.starts + most * 2)]
    encoding = str(part.headers.get("Content-Transfer-Encoding", "")).strip().lower()
    try:
        if encoding == "base64":
            raw = binascii.a2b_base64(re.sub(rb"[^A-Za-z0-9+/]", b"", raw) + b"===")
        elif encoding == "quoted-printable":
            raw = binascii.a2b_qp(raw)
    except (binascii.Error, ValueError):
        return b""
    return raw[:most]


def part_text(part: Part, *, most: int) -> str:
    """A part's words, its line ends made one sort."""
    charset = part.headers.get_param("charset")
    said = text(content(part, most=most), charset if isinstance(charset, str) else None)
    return lines(said)


def text_at(part: Part, where: int, *, most: int) -> str:
    """What stands in the message from there to the part's end, as it is."""
    return lines(text(part.raw[where : min(part.ends, where + most)], None))


def lines(said: str) -> str:
    return clean(said.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff"))


def plain(page: str) -> str:
    """The words of an HTML page, good enough to read a sentence."""
    return html.unescape(TAGS.sub("", BREAKS.sub("\n", "".join(seen(page)))))


def seen(page: str) -> Iterator[str]:
    """What stands outside of style sheets and scripts; one that is never closed hides the rest."""
    hidden, at = "", 0
    for tag in UNSEEN.finditer(page):
        closes, name = bool(tag[1]), tag[2].lower()
        if not hidden:
            yield page[at : tag.start()]
            hidden = "" if closes else name
        elif closes and name == hidden:
            hidden = ""
        at = tag.end()
    if not hidden:
        yield page[at:]
