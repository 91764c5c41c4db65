"""A builder's certificate: one page to be proud of, that ranks nobody."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from engagement.story import certificate_printing
from tests.engagement.documents import CERTIFICATE
from tests.engagement.printed import HOSTILE, can_be_heard, places, read, said, tags

TEXTS = ("name", "project", "part", "word", "thanks", "signatory", "quality")


def pdf(**more: Any) -> bytes:
    return certificate_printing.certificate(facts=replace(CERTIFICATE, **more))


def test_it_can_be_heard_by_whoever_does_not_see_it() -> None:
    assert can_be_heard(pdf(), title="Bâtisseurs – Ada Terril – Les chemins des agriculteurs")
    assert tags(pdf()).count("H1") == 1


def test_it_says_who_what_and_until_when() -> None:
    words = said(pdf())

    for expected in (
        "Bâtisseurs",
        "Ce certificat est remis à Ada Terril",
        "Les chemins des agriculteurs",
        "Elle a conduit le tracteur",
        "du 1er mars 2027 au 1er juin 2027",
        "Merci d’avoir bâti, avec d’autres, ce qui sert à tous.",
        "Mairie d’Exempleville",
        "À Exempleville, le 12 juin 2027",
        "Le maire",
        "Basile Coron",
    ):
        assert expected in words


def test_it_is_one_sheet_on_its_side() -> None:
    (page,) = read(pdf()).pages

    assert page.mediabox.width > page.mediabox.height
    assert round(float(page.mediabox.width) / 72 * 25.4) == 297


def test_the_name_is_the_largest_after_the_word() -> None:
    sizes = sorted({place.size for place in places(read(pdf()).pages[0])}, reverse=True)

    assert sizes[1] > sizes[2] * 1.3


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (date(2027, 3, 1), None, "depuis le 1er mars 2027"),
        (None, date(2027, 6, 2), "jusqu’au 2 juin 2027"),
        (date(2027, 3, 2), date(2027, 6, 1), "du 2 mars 2027 au 1er juin 2027"),
    ],
)
def test_it_says_what_is_known_of_the_days(since: date | None, until: date | None, expected: str) -> None:
    assert expected in said(pdf(since=since, until=until))


def test_without_days_part_or_signatory_it_stands_all_the_same() -> None:
    words = said(pdf(since=None, until=None, part="", signatory="", quality=""))

    assert "Ada Terril" in words
    assert "depuis" not in words


def test_a_town_calls_its_builders_and_thanks_them_as_it_likes() -> None:
    words = said(pdf(word="Faiseurs d'avenir", thanks="Bravo !"))

    assert "Faiseurs d’avenir" in words
    assert "Bravo !" in words
    assert "Bâtisseurs" not in words


@pytest.mark.parametrize(
    "typed", ["Le chantier des chemins " * 60, "W" * 5000, "É\n" * 2000], ids=["words", "W", "lines"]
)
def test_it_is_one_page_whatever_is_written(typed: str) -> None:
    assert len(read(pdf(**dict.fromkeys(TEXTS, typed))).pages) == 1


def test_at_the_longest_allowed_lengths_nothing_leaves_its_frame() -> None:
    (page,) = read(pdf(**dict.fromkeys(TEXTS, "Le chantier des chemins " * 60))).pages

    for place in places(page):
        assert round(place.across) >= 30
        assert round(place.height) >= 20
        assert place.size >= 10


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_people_typed_is_shown_and_never_run(typed: str) -> None:
    shown = typed if '"' not in typed else typed.replace('("', "(«").replace('")', "»)")

    hostile = said(pdf(**dict.fromkeys(TEXTS, typed)))

    assert hostile.replace(" ", "").count(shown.replace(" ", "")) == len(TEXTS)


@pytest.mark.parametrize("typed", ["Ada 😀", "مرحبا", "中文", "\u202eadA", "x\u0007y"])
def test_what_no_font_can_draw_keeps_no_certificate_from_being_printed(typed: str) -> None:
    assert len(read(pdf(**dict.fromkeys(TEXTS, typed))).pages) == 1


def test_the_same_certificate_is_the_same_bytes() -> None:
    assert pdf() == pdf()


def test_a_reader_of_english_reads_no_french_of_ours() -> None:
    english = certificate_printing.certificate(facts=replace(CERTIFICATE, language="en", part=""))

    assert "Builders" in said(english)
    assert "from 1 March 2027 to 1 June 2027" in said(english)
