"""The code on a slip: copied by hand, mistyped, and still the right one or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from meetings.by_hand import codes

NUMBERS = st.integers(min_value=0, max_value=2**34 - 1)
PLACES = range(codes.LENGTH)


@given(number=NUMBERS)
def test_a_code_says_its_invitation(number: int):
    assert codes.read(codes.code_of(number)) == [number]


def test_fifty_thousand_invitations_have_as_many_codes():
    assert len({codes.code_of(number) for number in range(1, 50_001)}) == 50_000


def test_neighbours_have_codes_that_look_nothing_alike():
    same = [a == b for a, b in zip(codes.code_of(41), codes.code_of(42), strict=True)]

    assert sum(same) < 6


@pytest.mark.parametrize(
    "retype",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: " ".join(code),
        lambda code: code.replace("0", "O").replace("1", "I").replace("V", "u"),
        lambda code: code.replace("1", "l").replace("-", "\u2013"),
    ],
    ids=["in lower case", "without the dash", "spaced out", "with letters for digits", "with another dash"],
)
@given(number=NUMBERS)
def test_a_code_is_read_however_it_is_written(retype, number: int):
    assert codes.read(retype(codes.code_of(number))) == [number]


@given(number=NUMBERS, place=st.sampled_from(PLACES), wrong=st.sampled_from(codes.ALPHABET))
def test_one_wrong_character_is_noticed(number: int, place: int, wrong: str):
    code = codes.tidy(codes.code_of(number))
    mistyped = code[:place] + wrong + code[place + 1 :]

    assert codes.is_whole(mistyped) == (mistyped == code)


@given(number=NUMBERS, first=st.sampled_from(PLACES), second=st.sampled_from(PLACES))
def test_two_characters_that_changed_places_are_noticed(number: int, first: int, second: int):
    code = list(codes.tidy(codes.code_of(number)))
    swapped = code.copy()
    swapped[first], swapped[second] = code[second], code[first]

    assert codes.is_whole("".join(swapped)) == (swapped == code)


@pytest.mark.parametrize("typed", ["", "K7M2", "K7M2-QX4", "K7M2-QX4D9", "K7M2-QX4!", "été", "ZZZZZZZZ" * 9])
def test_what_is_no_code_means_nobody(typed: str):
    assert codes.read(typed) == []


def test_a_slip_printed_under_a_former_key_is_still_read(settings: Settings):
    printed = codes.code_of(7)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key, because the former one was shown to too many people"

    assert 7 in codes.read(printed)


def test_a_number_that_does_not_fit_is_refused():
    with pytest.raises(OverflowError):
        codes.code_of(2**34)
