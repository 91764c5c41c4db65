"""What each side brought, as shares that make a hundred, and as a picture that says it without its colours."""

from decimal import Decimal
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from engagement.ledger import showing
from engagement.ledger.showing import Brought
from tests.design.test_components import Elements

euros = st.decimals(min_value=0, max_value=10**9, places=2)


def brought(value: int | str = 0, **more: object) -> Brought:
    return Brought(**{"value": Decimal(value)} | more)  # type: ignore[arg-type]


def balance(residents: Brought | None = None, commune: Brought | None = None, **more: object) -> showing.Shown:
    return showing.shown(residents=residents or brought(), commune=commune or brought(), **more)  # type: ignore[arg-type]


PATHS = balance(
    brought(
        70_000, hours=Decimal(1200), in_kind=Decimal(55_600), promised=Decimal(65_000), promised_hours=Decimal(1000)
    ),
    brought(30_000, money=Decimal(30_000), promised=Decimal(32_000)),
    computed=["L'heure compte pour 12 €."],
)


def page(shown: showing.Shown, **more: object) -> str:
    with translation.override("fr"):
        return render_to_string("components/balance.html", {"balance": shown, **more})


def words(shown: showing.Shown) -> str:
    """As people read it: without marks, spaces of every width made one."""
    texts: list[str] = []
    reader = Elements("")
    reader.handle_data = texts.append  # type: ignore[method-assign]
    reader.feed(page(shown))
    return " ".join(" ".join(texts).split())


def test_the_paths_of_the_farmers_are_seventy_per_cent_saved() -> None:
    said = words(PATHS)

    assert "Les habitants apportent 70 %, la commune 30 %." in said
    assert "Seule, la commune aurait payé 100 000 €. Elle apporte 30 000 € : c’est 70 % d’économie." in said
    assert (PATHS.total, PATHS.saved, PATHS.cost_alone) == (100_000, 70_000, 100_000)


def test_hours_come_before_euros() -> None:
    said = words(PATHS)

    assert "Habitants 1 000 h 65 000 € 1 200 h 70 000 € 70 %" in said
    assert "Commune 32 000 € 30 000 € 30 %" in said
    assert "Ensemble 1 000 h 97 000 € 1 200 h 100 000 € 100 %" in said


def test_it_says_what_the_value_is_made_of_and_how_it_is_computed() -> None:
    said = words(PATHS)

    assert "Habitants : heures 14 400 €, argent 0 €, matériel et engins 55 600 €." in said
    assert "L’heure compte pour 12 €." in said


def test_with_nothing_done_it_says_so_and_draws_only_the_place_of_both() -> None:
    empty = page(balance())

    assert "Rien n’est encore inscrit dans les comptes." in empty
    assert 'class="balance__residents"' not in empty
    assert 'class="balance__track"' in empty
    assert "details" not in empty
    assert "rien" in words(balance())


@pytest.mark.parametrize(
    ("shown", "sentence"),
    [
        (balance(brought(500)), "Jusqu’ici, les habitants ont tout apporté."),
        (balance(None, brought(500)), "Jusqu’ici, la commune a tout apporté."),
    ],
)
def test_when_one_side_brought_everything_it_is_said_in_words(shown: showing.Shown, sentence: str) -> None:
    assert sentence in words(shown)
    assert 'class="balance__seam"' not in page(shown)


def test_a_promise_kept_in_part_is_a_line_inside_its_outline() -> None:
    shown = balance(brought(250, promised=Decimal(1000)))

    assert (shown.residents.done_length, shown.residents.promised_length) == (25, 100)
    assert "250 € faits sur 1 000 € promis" in words(shown)


def test_more_than_was_promised_goes_beyond_its_outline() -> None:
    shown = balance(brought(1000, promised=Decimal(250)))

    assert (shown.residents.done_length, shown.residents.promised_length) == (100, 25)
    assert "1 000 € faits sur 250 € promis" in words(shown)


def test_the_lines_of_both_sides_have_one_scale() -> None:
    shown = balance(brought(100), brought(400, promised=Decimal(200)))

    assert [half.done_length for half in (shown.residents, shown.commune)] == [25, 100]
    assert "100 € faits, sans promesse" in words(shown)
    assert shown.commune.promised_length == 50


def test_what_is_promised_shows_before_anything_is_done() -> None:
    shown = balance(brought(promised=Decimal(1000)), brought(promised=Decimal(2000)))

    assert shown.is_empty
    assert "0 € faits sur 1 000 € promis" in words(shown)
    assert 'class="balance__promised"' in page(shown)


def test_hours_alone_count_even_without_a_value() -> None:
    shown = balance(brought(hours=Decimal("12.5")))

    assert not shown.is_empty
    assert "Habitants 12,5 h" in words(shown)
    assert "Des heures sont comptées ; leur valeur n’est pas encore fixée." in words(shown)
    assert 'class="balance__track"' in page(shown)
    assert "économie" not in words(shown)


def test_a_commune_that_brought_everything_saves_nothing_and_boasts_of_nothing() -> None:
    shown = balance(None, brought(30))

    assert (shown.saved, shown.saved_share) == (0, 0)
    assert "économie" not in words(shown)


@pytest.mark.parametrize(
    ("residents", "commune", "expected"),
    [
        ("0", "0", (0, 0)),
        ("1", "0", (100, 0)),
        ("1", "2", (33, 67)),
        ("0.125", "0.875", (13, 87)),
        ("1", "100000", (1, 99)),
        ("100000", "1", (99, 1)),
    ],
)
def test_shares_are_rounded_as_people_round(residents: str, commune: str, expected: tuple[int, int]) -> None:
    assert showing.shares(Decimal(residents), Decimal(commune)) == expected


@given(euros, euros)
def test_shares_make_a_hundred_and_nobody_who_brought_is_forgotten(one: Decimal, other: Decimal) -> None:
    first, second = showing.shares(one, other)

    assert first + second == (100 if one + other else 0)
    assert (first > 0, second > 0) == (one > 0, other > 0)


@given(euros, euros, euros, euros)
def test_no_line_is_longer_than_its_place(done: Decimal, promised: Decimal, others: Decimal, theirs: Decimal) -> None:
    shown = balance(brought(str(done), promised=promised), brought(str(others), promised=theirs))

    lengths = [
        length for half in (shown.residents, shown.commune) for length in (half.done_length, half.promised_length)
    ]
    assert all(0 <= length <= 100 for length in lengths)
    assert 100 in lengths or not any(lengths)


def test_the_picture_says_in_words_what_it_shows_and_the_halves_differ_without_colour() -> None:
    elements = Elements(page(PATHS))

    (picture,) = [attributes for tag, attributes in elements.found if attributes.get("role") == "img"]
    named = str(picture["aria-labelledby"]).split()
    assert set(named) <= set(elements.ids())
    assert elements.all("fill") == ["url(#balance-stripes)"] * 2
    assert elements.all("style") == []


def test_what_may_be_wider_than_a_telephone_is_reached_by_keyboard_and_has_a_name() -> None:
    elements = Elements(page(PATHS))

    (figures,) = [attributes for _tag, attributes in elements.found if attributes.get("role") == "group"]
    assert figures["tabindex"] == "0"
    assert figures["aria-labelledby"] in elements.ids()


def test_two_balances_on_a_page_share_no_name() -> None:
    both = Elements(page(PATHS, name="one") + page(PATHS, name="other"))

    assert len(both.ids()) == len(set(both.ids()))


def test_its_table_has_headings_in_both_directions() -> None:
    scopes = Elements(page(PATHS)).all("scope")

    assert scopes == ["col"] * 4 + ["row"] * 3


def test_the_seam_stands_where_the_halves_meet() -> None:
    rectangles = [attributes for tag, attributes in Elements(page(PATHS)).found if tag == "rect"]

    widths = [attributes["width"] for attributes in rectangles if attributes.get("height") == "70%"]
    assert widths == ["70%", "30%"]
    assert 'x1="70%"' in page(PATHS)


def test_a_reader_of_english_reads_english() -> None:
    with translation.override("en"):
        shown = render_to_string("components/balance.html", {"balance": PATHS})

    assert "The residents bring 70%, the commune 30%." in shown
    assert "70% saved" in shown


@pytest.mark.parametrize("step", list(pairwise([0, 1, 49, 50, 51, 99, 100])))
def test_a_larger_share_is_never_drawn_shorter(step: tuple[int, int]) -> None:
    less, more = (balance(brought(part), brought(100 - part)).residents.share for part in step)

    assert less < more
