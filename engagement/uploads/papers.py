"""Is it a PDF that only shows pages? Read by hand (ISO 32000-2 §7): it is kept as it is, and never drawn by us."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from . import refusals

MOST_UNPACKED = 64 * refusals.MEGABYTE
MOST_STREAMS = 20_000
LONGEST_TAIL = 2048
LONGEST_HEAD = 4096
BEGIN = re.compile(rb"%PDF-[12]\.\d\s")
END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF[\s\0]*\Z")
TABLE = re.compile(rb"\s*(xref\b|\d+\s+\d+\s+obj\b)")
STREAM = re.compile(rb"(?<!end)stream\r?\n")
HIDDEN_SIGN = re.compile(rb"#([0-9A-Fa-f]{2})")
ENDS_A_NAME = rb"(?=[\s\0/<>\[\](){}%]|\Z)"
ENCRYPTED = re.compile(rb"/Encrypt" + ENDS_A_NAME)
PACK = re.compile(rb"/(?:ObjStm|First)" + ENDS_A_NAME)
PACK_BY_NAME = re.compile(rb"/ObjStm" + ENDS_A_NAME)
DOES_MORE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|Filespec|RichMedia|SubmitForm|ImportData|GoToE|GoToR|XFA|Rendition|Movie|3DJS)"
    + ENDS_A_NAME
)


def begins_as_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-")


def refuse_unsafe(content: bytes) -> None:
    """Raises DamagedDocument, Locked or Active."""
    refuse_broken(content)
    for text in readable(content):
        if ENCRYPTED.search(text):
            raise refusals.Locked
        if DOES_MORE.search(text):
            raise refusals.Active


def refuse_broken(content: bytes) -> None:
    """Nothing before its header, nothing after its end, its table where it says, and no archive as well."""
    end = END.search(content, max(0, len(content) - LONGEST_TAIL))
    whole = BEGIN.match(content) and end and TABLE.match(content, int(end[1]))
    if not whole or zipfile.is_zipfile(io.BytesIO(content)):
        raise refusals.DamagedDocument


def readable(content: bytes) -> Iterator[bytes]:
    """The file as it stands, then each pack of objects in it (§7.5.7), with names as readers spell them.

    Raises DamagedDocument where a pack is hidden.
    """
    text = spelled_out(content)
    yield text
    left, named = MOST_UNPACKED, 0
    for head, at in packs(content):
        objects = unpacked(content, at, head=head, most=left)
        left -= len(objects)
        named += len(PACK_BY_NAME.findall(head)) - len(PACK_BY_NAME.findall(objects))
        yield spelled_out(objects)
    if named != len(PACK_BY_NAME.findall(text)):
        raise refusals.DamagedDocument


def packs(content: bytes) -> Iterator[tuple[bytes, int]]:
    """What is said of each pack, and where it begins. Raises DamagedDocument for more streams than pages ask."""
    for number, found in enumerate(STREAM.finditer(content)):
        if number == MOST_STREAMS:
            raise refusals.DamagedDocument
        earliest = max(0, found.start() - LONGEST_HEAD)
        begin = max(earliest, content.rfind(b"obj", earliest, found.start()))
        head = spelled_out(content[begin : found.start()])
        if PACK.search(head):
            yield head, found.end()


def spelled_out(text: bytes) -> bytes:
    """Names without their escapes: /Java#53cript is /JavaScript."""
    return HIDDEN_SIGN.sub(lambda found: bytes([int(found[1], 16)]), text)


def unpacked(content: bytes, at: int, *, head: bytes, most: int) -> bytes:
    """Objects packed in a stream, by the one method that programs use. Raises DamagedDocument for any other, and for
    more than `most` bytes.
    """
    methods = re.findall(rb"/(Filter|\w+Decode|DecodeParms|FFilter)\b", head)
    if not methods:
        objects = content[at : content.find(b"endstream", at)]
    elif methods == [b"Filter", b"FlateDecode"]:
        objects = inflated(content, at, most=most)
    else:
        raise refusals.DamagedDocument
    if len(objects) > most:
        raise refusals.DamagedDocument
    return objects


def inflated(content: bytes, at: int, *, most: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        objects = unpacking.decompress(memoryview(content)[at:], max(1, most))
    except zlib.error as broken:
        raise refusals.DamagedDocument from broken
    if not unpacking.eof:
        raise refusals.DamagedDocument
    return objects
