"""The sheet of a delivered project: the form of the founding sheet, on two pages, whatever was written."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from engagement.ledger import showing
from engagement.story import sheet_printing
from tests.engagement.documents import SHEET, photograph
from tests.engagement.printed import HOSTILE, can_be_heard, pages, places, read, said, tags

WORDS = "Le chantier des chemins de la plaine "
EVERY_TEXT = ("title", "where", "duration", "participants", "level", "objectives", "before", "during", "after")
EVERY_LIST = ("satisfactions", "obstacles", "contact")


def pdf(**more: Any) -> bytes:
    return sheet_printing.sheet(facts=replace(SHEET, **more))


def filled(typed: str, **more: Any) -> bytes:
    """Everything that may be written, as long as may be."""
    return pdf(**dict.fromkeys(EVERY_TEXT, typed), **dict.fromkeys(EVERY_LIST, [typed] * 9), **more)


def test_it_can_be_heard_by_whoever_does_not_see_it() -> None:
    assert can_be_heard(pdf(picture=photograph()), title="Fiche de projet – Les chemins des agriculteurs")


def test_each_part_of_it_is_a_heading_and_its_pictures_are_said() -> None:
    found = tags(pdf(picture=photograph()))

    assert found.count("H1") == 1
    assert found.count("H2") == len(
        ["halves", "objectives", "before", "during", "after", "satisfactions", "obstacles", "contact"]
    )
    assert found.count("Figure") == len(["photograph", "square"])


def test_the_first_page_says_what_where_and_for_how_much() -> None:
    first, _second = pages(pdf())

    for expected in (
        "Les chemins des agriculteurs",
        "quartier de la Plaine",
        "4 mois",
        "1er juin 2027",
        "32 habitants, dont 11 agriculteurs",
        "coconstruction",
        "Apporté par la commune 30 000 €",
        "Apporté par les habitants 1 200 h, 70 000 € en tout",
        "Économisé par la commune 70 000 €, soit 70 %",
        "Les habitants apportent 70 %, la commune 30 %.",
        "page 1 sur 2",
    ):
        assert expected in first


def test_the_second_page_tells_before_during_and_after_and_what_was_learnt() -> None:
    _first, second = pages(pdf())

    for expected in (
        "Avant Les chemins étaient impraticables d’octobre à avril.",
        "Pendant Les agriculteurs ont prêté engins et bennes",
        "Après On y passe à pied",
        "– La fierté",
        "– Les limites du budget",
        "mairie d’Exempleville",
        "commune.example/projets/les-chemins/",
        "Les chemins des agriculteurs",
    ):
        assert expected in second


def test_what_nobody_wrote_leaves_no_heading_behind() -> None:
    bare = pdf(
        **dict.fromkeys((name for name in EVERY_TEXT if name != "title"), ""),
        **dict.fromkeys(EVERY_LIST, ()),
        url="",
        delivered_on=None,
        balance=showing.shown(residents=showing.Brought(), commune=showing.Brought()),
    )

    assert len(pages(bare)) == 2
    assert tags(bare).count("H2") == 0
    assert "Durée" not in said(bare)


def test_hours_that_nobody_counted_are_not_printed() -> None:
    balance = showing.shown(residents=showing.Brought(value=Decimal(500)), commune=showing.Brought())

    words = said(pdf(balance=balance))

    assert "Apporté par les habitants 500 €" in words
    assert "Jusqu’ici, les habitants ont tout apporté." in words


@pytest.mark.parametrize("with_picture", [True, False])
@pytest.mark.parametrize("typed", [WORDS * 60, "W" * 5000, "É\n" * 2000, "1 " * 3000], ids=["words", "W", "lines", "1"])
def test_the_longest_texts_stay_on_two_pages(typed: str, with_picture: bool) -> None:
    assert len(read(filled(typed, picture=photograph() if with_picture else None)).pages) == 2


@pytest.mark.parametrize("with_picture", [True, False])
def test_at_the_longest_allowed_lengths_everything_is_readable_and_nothing_is_covered(with_picture: bool) -> None:
    first, second = read(filled(WORDS * 60, picture=photograph() if with_picture else None)).pages

    found = places(second)
    contact = next(at for at, place in enumerate(found) if place.text == "Contact")
    assert min(place.height for place in found[:contact]) > found[contact].height + 4
    for page in (first, second):
        assert min(place.size for place in places(page)) >= 9
        assert min(place.height for place in places(page)) > 10
    assert ("Ada Terril, 2027" in [place.text for place in places(first)]) == with_picture


def test_every_text_is_cut_at_its_length_with_an_ellipsis() -> None:
    words = said(filled(WORDS * 60))

    assert words.count("…") >= len(EVERY_TEXT) + len(EVERY_LIST) * sheet_printing.MOST_LINES
    assert words.count("– Le chantier") == 2 * sheet_printing.MOST_LINES


@pytest.mark.parametrize("size", [(1200, 300), (300, 1200), (10, 10)])
def test_a_photograph_of_any_shape_takes_the_place_left(size: tuple[int, int]) -> None:
    content = pdf(picture=photograph(*size))

    assert len(read(content).pages) == 2
    assert "Ada Terril, 2027" in pages(content)[0]


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_people_typed_is_shown_and_never_run(typed: str) -> None:
    shown = typed if '"' not in typed else typed.replace('("', "(«").replace('")', "»)")

    assert said(filled(typed)).replace(" ", "").count(shown.replace(" ", "")) >= len(EVERY_TEXT) + 3


@pytest.mark.parametrize("typed", ["un 😀 heureux", "مرحبا", "שלום", "中文", "\u202etourné", "x\u0007y"])
def test_what_no_font_can_draw_keeps_no_sheet_from_being_printed(typed: str) -> None:
    assert len(read(filled(typed)).pages) == 2


def test_the_same_project_is_the_same_bytes() -> None:
    assert pdf(picture=photograph()) == pdf(picture=photograph())


@pytest.mark.parametrize(("residents", "commune"), [(1, 99), (99, 1), (100, 0), (0, 100)])
def test_any_balance_can_be_drawn(residents: int, commune: int) -> None:
    balance = showing.shown(
        residents=showing.Brought(value=Decimal(residents)), commune=showing.Brought(value=Decimal(commune))
    )

    assert balance.sentence
    assert "Les deux moitiés du projet" in pages(pdf(balance=balance))[0]


def test_a_reader_of_english_reads_no_french_of_ours() -> None:
    english = said(pdf(language="en"))

    assert "Brought by the commune €30,000" in english
    assert "The residents bring 70%, the commune 30%." in english
