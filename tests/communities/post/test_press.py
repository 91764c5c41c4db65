"""What the printer makes: a PDF that can be heard, that says what it was given, and runs none of it."""

import io
import resource
from pathlib import Path

import pypdf
import pytest

from communities.post import press

HOSTILE = ['#eval("1 + 1")', "$x^2$", "*gras*", "_Ada_ @ref", "#panic()", '\\ " ] }', "<étiquette>", "// rien", "`raw`"]
WORDS = dict.fromkeys(
    ["call", "hours", "slip", "yes", "no", "maybe", "how_many", "lift", "code", "online"], "Mot du tour"
)
HEAD = press.Letterhead(
    name="Mairie d’Exempleville",
    address=("1 place du Coron",),
    phone="01 99 00 12 34",
    hours=("Le lundi, de 9 h à 12 h",),
)


def slip(code: str = "K7M2-QX4D") -> press.PrintedSlip:
    url = "https://commune.example/r/abcdefghijklmnopqrstuvwx/"
    return press.PrintedSlip(name="Ada Terril", about="La réunion", code=code, url=url, alt="Un carré.")


def sheet(**facts: object) -> press.Sheet:
    known = {
        "language": "fr",
        "address": ("Ada Terril", "3 rue Haute", "62000 Exempleville"),
        "date": "26 novembre 2026",
        "hello": "Bonjour Ada Terril,",
        "subject": "Le grand rangement",
        "before": ("Vous êtes invité.",),
        "facts": (("Quand :", "samedi 1er mars"),),
        "after": (),
        "why": "Elle vous concerne.",
        "words": WORDS,
        "slips": (slip(),),
    }
    return press.Sheet(**known | facts)  # type: ignore[arg-type]


def pdf(*sheets: press.Sheet, title: str = "Courriers") -> bytes:
    return press.letters(sheets=sheets, head=HEAD, title=title, language="fr")


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def memory_here() -> int:
    """In megabytes, of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 2**20


def said(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in read(content).pages)


def test_a_letter_can_be_heard_by_whoever_does_not_see_it():
    written = read(pdf(sheet()))
    root = written.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert root["/StructTreeRoot"]
    assert written.metadata is not None
    assert written.metadata.title == "Courriers"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_a_letter_says_where_it_goes_what_it_is_about_and_whom_to_call():
    words = said(pdf(sheet()))

    for expected in ("3 rue Haute", "samedi 1er mars", "01 99 00 12 34", "de 9 h à 12 h", "K7M2-QX4D", "Elle vous"):
        assert expected in words


def test_the_address_shows_in_the_window_of_the_envelope():
    found: dict[str, tuple[float, float]] = {}

    def note(text: str, place: list[float], *_more: object) -> None:
        if text.strip():
            found[text.strip()] = (place[4] / 72 * 25.4, 297 - place[5] / 72 * 25.4)

    read(pdf(sheet())).pages[0].extract_text(visitor_text=note)

    for line in ("3 rue Haute", "62000 Exempleville"):
        across, down = found[line]
        assert 100 < across < 115
        assert 45 < down < 85


def test_the_telephone_is_the_largest_thing_on_the_page():
    sizes: dict[str, float] = {}

    def note(text: str, _place: object, _matrix: object, _font: object, size: float) -> None:
        if text.strip():
            sizes[text.strip()] = size

    read(pdf(sheet())).pages[0].extract_text(visitor_text=note)

    assert max(sizes, key=sizes.__getitem__) == "01 99 00 12 34"


def test_each_letter_begins_on_a_page_of_its_own():
    assert len(read(pdf(sheet(), sheet(slips=()), sheet())).pages) == 3


def test_a_household_of_four_finds_a_slip_for_each():
    codes = ["AAAA-AAAA", "BBBB-BBBB", "CCCC-CCCC", "DDDD-DDDD"]

    words = said(pdf(sheet(slips=tuple(slip(code) for code in codes))))

    assert all(code in words for code in codes)


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_people_typed_is_shown_and_never_run(typed: str):
    hostile = sheet(address=(typed, typed), hello=typed, subject=typed, before=(typed,), facts=((typed, typed),))

    words = said(pdf(hostile, title=typed))

    assert words.count(typed) >= 6


def test_the_same_letters_are_the_same_bytes():
    assert pdf(sheet()) == pdf(sheet())


def test_labels_come_by_twenty_four():
    content = press.labels(addresses=[("Ada Terril", f"{n} rue Haute") for n in range(25)], title="É", language="fr")

    assert len(read(content).pages) == 2
    assert "24 rue Haute" in said(content)
    assert read(content).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_what_a_batch_takes_is_not_kept_by_whoever_asks_for_it():
    sheets = [sheet(address=(f"Ada Terril {number}", "3 rue Haute")) for number in range(250)]
    before = memory_here()

    assert pdf(*sheets)

    assert memory_here() - before < 40, "megabytes; it was a hundred"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("un 😀 heureux", "un □ heureux"), ("👨‍👩‍👦 en famille 👍🏽.", "□ en famille □."), ("a\u0007b", "a□b")],
)
def test_what_no_font_can_draw_is_a_square_and_keeps_no_letter_from_the_post(typed: str, shown: str):
    content = pdf(sheet(), sheet(before=(typed,), hello="Bonjour 😀,"))

    assert shown in said(content)
    assert "Bonjour □," in said(content)
    assert read(content).trailer["/Root"]["/MarkInfo"]["/Marked"]
