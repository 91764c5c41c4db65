"""Signed addresses: only what was signed is read back, whatever is thrown at the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from communities import links

pks = st.integers(min_value=0, max_value=2**40 - 1)
letters = st.sampled_from("abcdefghijklmnopqrstuvwxyz234567")
purposes = st.sampled_from(["answer", "unsubscribe", "confirm"])


@given(purpose=purposes, pk=pks)
def test_what_was_signed_is_read_back_in_any_case(purpose: str, pk: int) -> None:
    token = links.sign(purpose, pk)

    assert links.read(purpose, token) == links.read(purpose, token.upper()) == pk


@given(pk=pks)
def test_a_token_fits_in_an_address(pk: int) -> None:
    token = links.sign("answer", pk)

    assert len(token) == links.TOKEN_LENGTH
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyz234567")


@given(pk=pks)
def test_a_token_opens_one_door_only(pk: int) -> None:
    assert links.read("unsubscribe", links.sign("answer", pk)) is None


@given(pk=pks, position=st.integers(0, links.TOKEN_LENGTH - 1), letter=letters)
def test_a_token_with_one_letter_changed_is_refused(pk: int, position: int, letter: str) -> None:
    token = links.sign("answer", pk)
    changed = token[:position] + letter + token[position + 1 :]

    assert links.read("answer", changed) == (pk if changed == token else None)


@given(pk=pks, length=st.integers(0, links.TOKEN_LENGTH - 1))
def test_a_truncated_token_is_refused(pk: int, length: int) -> None:
    assert links.read("answer", links.sign("answer", pk)[:length]) is None


@given(garbage=st.text(alphabet=st.characters(), max_size=200))
def test_garbage_is_refused_without_a_fuss(garbage: str) -> None:
    assert links.read("answer", garbage) is None


@pytest.mark.parametrize(
    "garbage",
    ["", "=" * 24, "_" * 24, " " * 24, "+" + "a" * 23, "a" * 24, "0" * 24, "ı" * 24, "\ud800" * 24, "a" * 10_000_000],
)
def test_what_looks_almost_like_a_token_is_refused(garbage: str) -> None:
    assert links.read("answer", garbage) is None


def test_a_token_signed_before_the_key_changed_is_still_read(settings: Settings) -> None:
    token = links.sign("answer", 7)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new key", [settings.SECRET_KEY]

    assert links.read("answer", token) == 7


def test_a_forgotten_key_opens_nothing(settings: Settings) -> None:
    token = links.sign("answer", 7)

    settings.SECRET_KEY = "a new key"

    assert links.read("answer", token) is None


@pytest.mark.parametrize("pk", [-1, 2**40])
def test_a_number_that_does_not_fit_is_not_signed(pk: int) -> None:
    with pytest.raises(OverflowError):
        links.sign("answer", pk)
