"""What a printed document says and is, read back from its bytes."""

import io
from typing import NamedTuple

import pypdf

HOSTILE = [
    '#eval("1 + 1")',
    "#panic()",
    "$x^2$",
    "*gras*",
    "_Ada_ @ref",
    "[crochets]",
    "<étiquette>",
    "// rien",
    "`raw`",
    "= titre",
]


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def pages(content: bytes) -> list[str]:
    """The words of each page, spaces of every width made one; the places where a long word may break are no words."""
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in read(content).pages]


def said(content: bytes) -> str:
    return " ".join(pages(content))


def can_be_heard(content: bytes, *, title: str) -> bool:
    """Tagged, in French, with a title, and sworn to be PDF/UA-1."""
    written = read(content)
    root = written.trailer["/Root"]
    return bool(
        root["/MarkInfo"]["/Marked"]
        and root["/StructTreeRoot"]
        and root["/Lang"] == "fr"
        and written.metadata
        and written.metadata.title == title
        and b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    )


def tags(content: bytes) -> list[str]:
    """What each piece of it is, for whoever hears it."""
    found: list[str] = []
    waiting = [read(content).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        each = waiting.pop().get_object()
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            found += [str(each["/S"]).strip("/")] if "/S" in each else []
            waiting += [each["/K"]] if "/K" in each else []
    return found


class Place(NamedTuple):
    """A piece of text, how far it is from the left and from below, in millimetres, and its size in points."""

    text: str
    across: float
    height: float
    size: float


def places(page: pypdf.PageObject) -> list[Place]:
    found: list[Place] = []

    def note(text: str, place: list[float], _matrix: object, _font: object, size: float) -> None:
        if text.strip():
            found.append(Place(text.strip(), place[4] / 72 * 25.4, place[5] / 72 * 25.4, size))

    page.extract_text(visitor_text=note)
    return found
