"""Which invitation does a slip of paper answer? A short code that people copy by hand, and mistype.

Eight characters of Crockford's base32 (no I, L, O or U). Seven say the invitation's number, shuffled under SECRET_KEY
so that codes do not follow each other; the eighth notices every wrong character and every two that changed places.
"""

import hmac
import re
from collections.abc import Iterator

from django.conf import settings
from django.utils.encoding import force_bytes

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
# What people read into them.
_READ_AS = str.maketrans("ILOU", "110V")
_BITS = 5
_HALF = 17  # bits: the number is shuffled by halves, 34 bits in seven characters
_ROUNDS = 4
PURPOSE = b"slip"


def code_of(pk: int) -> str:
    """The code printed on the slip of this invitation: K7M2-QX4D. Raise OverflowError from 17 thousand million on."""
    if pk >> (2 * _HALF):
        raise OverflowError(pk)
    body = _digits(_shuffled(pk, key=settings.SECRET_KEY, rounds=range(_ROUNDS)))
    code = "".join(ALPHABET[digit] for digit in [*body, _check(body)])
    return f"{code[:4]}-{code[4:]}"


def tidy(typed: str) -> str:
    """The characters of a code, however they were typed: in lower case, with spaces, O for 0 and I or L for 1."""
    return re.sub(r"[\s.\-_/\u2010-\u2015]", "", typed).upper().translate(_READ_AS)


def is_whole(typed: str) -> bool:
    """Whether it may be a code at all: the right number of characters, and the last one agrees with the others."""
    code = tidy(typed)
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        return False
    *body, check = (ALPHABET.index(character) for character in code)
    return _check(body) == check


def read(typed: str) -> list[int]:
    """The invitations (by pk) it may mean: one for each of the keys that may have printed it; none if mistyped."""
    return list(_meanings(tidy(typed))) if is_whole(typed) else []


def _meanings(code: str) -> Iterator[int]:
    number = 0
    for character in code[:-1]:
        number = number << _BITS | ALPHABET.index(character)
    if number >> (2 * _HALF):
        return
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield _shuffled(number, key=key, rounds=reversed(range(_ROUNDS)), back=True)


def _shuffled(number: int, *, key: str | bytes, rounds: "range | Iterator[int]", back: bool = False) -> int:
    """A Feistel network: each number of 34 bits becomes another, and never two the same."""
    mask = (1 << _HALF) - 1
    left, right = number >> _HALF, number & mask
    for turn in rounds:
        if back:
            left, right = right ^ _mixed(key, turn, left), left
        else:
            left, right = right, left ^ _mixed(key, turn, right)
    return left << _HALF | right


def _mixed(key: str | bytes, turn: int, half: int) -> int:
    digest = hmac.digest(force_bytes(key), PURPOSE + bytes([turn]) + half.to_bytes(3, "big"), "sha256")
    return int.from_bytes(digest[:3], "big") & ((1 << _HALF) - 1)


def _digits(number: int) -> list[int]:
    return [number >> (_BITS * place) & 31 for place in reversed(range(LENGTH - 1))]


def _check(digits: list[int]) -> int:
    """A sum over the field of 32 elements, each digit by another power of 2."""
    total = 0
    for digit in digits:
        total = _doubled(total ^ digit)
    return total


def _doubled(element: int) -> int:
    """Times 2 in GF(2^5), whose polynomial is x^5 + x^2 + 1."""
    doubled = element << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled
