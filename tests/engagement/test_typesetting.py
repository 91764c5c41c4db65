"""What people typed, ready for the press."""

from datetime import date
from decimal import Decimal

import pytest

from engagement import typesetting

NARROW = "\u202f"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("L'idée", "L’idée"),
        ('le "coron"', f"le «{NARROW}coron{NARROW}»"),
        ("30 000 € à 18 h 30", f"30{NARROW}000{NARROW}€ à 18{NARROW}h{NARROW}30"),
        ("  bords  ", "bords"),
        ("", ""),
    ],
)
def test_a_paragraph_takes_the_manner_of_french_print(typed: str, printed: str) -> None:
    assert typesetting.text(typed, language="fr") == printed


def test_a_word_without_an_end_may_break_and_loses_no_letter() -> None:
    printed = typesetting.text("x" * 5000, language="fr")

    assert max(len(part) for part in printed.split("\u200b")) == typesetting.PIECE
    assert printed.replace("\u200b", "") == "x" * 5000


def test_a_word_that_fits_is_left_whole() -> None:
    assert typesetting.text("é" * typesetting.LONGEST_WORD, language="fr") == "é" * typesetting.LONGEST_WORD


@pytest.mark.parametrize("turn", ["\u202e", "\u2066", "\u202b"])
def test_nobody_turns_the_words_of_others_round(turn: str) -> None:
    assert typesetting.text(f"Ada{turn} Terril", language="fr") == "Ada Terril"


@pytest.mark.parametrize(
    ("typed", "most", "left"),
    [
        ("court", 5, "court"),
        ("un jardin partagé", 10, "un jardin…"),
        ("un jardin partagé", 12, "un jardin…"),
        ("un jardin, partagé", 12, "un jardin…"),
        ("x" * 20, 10, "x" * 9 + "…"),
    ],
)
def test_what_is_too_long_ends_with_a_whole_word(typed: str, most: int, left: str) -> None:
    assert typesetting.cut(typed, most=most) == left


def test_paragraphs_that_say_nothing_are_left_out() -> None:
    assert typesetting.texts(["Un", " ", "", "deux"], language="fr") == ["Un", "deux"]


@pytest.mark.parametrize(
    ("quantity", "unit", "printed"),
    [
        (Decimal("12"), "heures", "12\u00a0heures"),
        (Decimal("1250.5"), "kg", f"1{NARROW}250,5\u00a0kg"),
        (Decimal("3"), "", "3"),
    ],
)
def test_a_number_stays_with_its_unit(quantity: Decimal, unit: str, printed: str) -> None:
    assert typesetting.amount(quantity, unit, language="fr") == printed


def test_the_first_of_the_month_and_euros_are_french() -> None:
    assert typesetting.day(date(2027, 3, 1), language="fr") == "1er\u00a0mars 2027"
    assert typesetting.euros(Decimal(30000), language="fr") == f"30{NARROW}000{NARROW}€"
    assert typesetting.euros(None, language="fr") == ""
