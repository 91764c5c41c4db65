"""How does a letter become a PDF? Facts in, bytes out, the same for the same: nothing here reads the database."""

import io
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import segno
from django.conf import settings

PRINTER = Path(__file__).with_name("printer.py")
PATIENCE = 120
TEMPLATES = Path(settings.SITE_ROOT) / "design" / "templates" / "print"


@dataclass(frozen=True)
class Letterhead:
    """The town hall at the top of a sheet, and how to reach it."""

    name: str
    address: tuple[str, ...] = ()
    phone: str = ""
    hours: tuple[str, ...] = ()
    logo: bytes | None = None


@dataclass(frozen=True)
class PrintedSlip:
    """A slip as it is printed; `alt` says the square picture for whoever hears the page."""

    name: str
    about: str
    code: str
    url: str
    alt: str


@dataclass(frozen=True)
class Round:
    """What is said, and to whom: names and telephones."""

    say: Sequence[str]
    people: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Sheet:
    """One letter, for one envelope, with the words around it in its readers' language."""

    language: str
    address: tuple[str, ...]
    date: str
    hello: str
    subject: str
    before: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    after: tuple[str, ...]
    why: str
    banner: str = ""
    words: dict[str, str] = field(default_factory=dict)
    slips: tuple[PrintedSlip, ...] = ()


def letters(*, sheets: Sequence[Sheet], head: Letterhead, title: str, language: str) -> bytes:
    """One PDF/UA-1, a letter after the other, each beginning on a page of its own."""
    written = [asdict(sheet) | {"slips": [_slip(each) for each in sheet.slips]} for sheet in sheets]
    town = asdict(head) | {"logo": list(head.logo) if head.logo else None}
    return printed("letter", title=title, language=language, town=town, sheets=written)


def labels(*, addresses: Sequence[Sequence[str]], title: str, language: str) -> bytes:
    """Sheets of 3 × 8 labels, 70 mm by 37 mm."""
    return printed("labels", title=title, language=language, labels=addresses)


def calls(*, rounds: Sequence[Round], headings: Sequence[str], asks: bool, title: str, language: str) -> bytes:
    """A line for each name and telephone, with boxes to tick, below what is said to each of them."""
    said = [asdict(each) for each in rounds]
    return printed("calls", title=title, language=language, rounds=said, words=headings, asks=asks)


def printed(template: str, *, title: str, language: str, **data: Any) -> bytes:
    """What the template makes of these facts. They travel as JSON, so that nothing a person typed is ever run."""
    facts = json.dumps({"title": title, "language": language, **data}, ensure_ascii=False)
    printing = [sys.executable, "-I", str(PRINTER), str(TEMPLATES / f"{template}.typ")]
    # Its own words about a failure stay where the server's go.
    return subprocess.run(  # noqa: S603 - our own program, and nothing that a person typed is among its arguments
        printing, input=facts.encode(), stdout=subprocess.PIPE, check=True, timeout=PATIENCE
    ).stdout


def _slip(slip: PrintedSlip) -> dict[str, Any]:
    short = slip.url.partition("://")[2].rstrip("/")
    return asdict(slip) | {"square": square(slip.url), "short": short}


def square(url: str) -> str:
    """The QR code of an address, as a drawing (SVG)."""
    drawing = io.BytesIO()
    segno.make(url, error="m").save(drawing, kind="svg", border=0, xmldecl=False, nl=False)
    return drawing.getvalue().decode()
