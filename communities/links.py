"""Who may open this address? The one who was sent it: a row's number, signed for one purpose."""

import hmac
import re
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.encoding import force_bytes

from .models.resident import TOKEN_LENGTH as OF_A_RESIDENT

PK_BYTES = 5
MAC_BYTES = 10
TOKEN_LENGTH = (PK_BYTES + MAC_BYTES) * 8 // 5
NO_TOKEN = bytes(PK_BYTES + MAC_BYTES)

BASE32 = b"abcdefghijklmnopqrstuvwxyz234567"
DIGITS = b"0123456789abcdefghijklmnopqrstuv"
LETTERS = BASE32.decode()
PAIRS = [first + second for first in LETTERS for second in LETTERS]
SHIFTS = range((TOKEN_LENGTH - 2) * 5, -1, -10)
# In the path of a page, or in an address of ours, where a resident's own may stand.
QUOTED = re.compile(rf"(?i)(?<=[/+])(?:[a-z2-7]{{{TOKEN_LENGTH}}}|[a-z2-7]{{{OF_A_RESIDENT}}}(?=@))(?![a-z2-7])")
TO_DIGITS = bytes(dict(zip(BASE32 + BASE32.upper(), DIGITS + DIGITS, strict=True)).get(byte, 33) for byte in range(256))


def without_tokens(words: str) -> str:
    """What a letter says to anybody but its reader: whoever holds a token of its links and addresses acts for them."""
    return QUOTED.sub("…", words)


def sign(purpose: str, pk: int) -> str:
    """A token of 24 characters (a-z, 2-7): 40 bits of `pk`, 80 bits of HMAC-SHA256 under SECRET_KEY and `purpose`.

    Raise OverflowError if `pk` is negative or does not fit.
    """
    number = pk.to_bytes(PK_BYTES, "big")
    signed = int.from_bytes(number + _mac(settings.SECRET_KEY, purpose, number), "big")
    return "".join([PAIRS[(signed >> shift) & 1023] for shift in SHIFTS])  # base64's takes ten times as long


@lru_cache
def around(page: str) -> tuple[str, str]:
    """What stands before and after the token in the path of this page ("communities:unsubscribe")."""
    before, _token, after = reverse(page, args=["TOKEN"]).partition("TOKEN")
    return before, after


def read(purpose: str, token: str) -> int | None:
    """The number that `sign` put there, or None; whatever the case, and whatever is wrong with the token.

    A truncated, forged or garbled token takes the same path as a good one, with comparisons in constant time.
    """
    raw = _raw(token)
    number, mac = raw[:PK_BYTES], raw[PK_BYTES:]
    genuine = False
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        genuine |= hmac.compare_digest(mac, _mac(key, purpose, number))
    return int.from_bytes(number, "big") if genuine else None


def _raw(token: str) -> bytes:
    """The bytes of a token; zeros, which no key signs, for anything that is not one."""
    letters = token[: TOKEN_LENGTH + 1].encode("ascii", "replace")
    try:
        number = int(letters.translate(TO_DIGITS), 32)
    except ValueError:
        return NO_TOKEN
    return number.to_bytes(len(NO_TOKEN), "big") if len(letters) == TOKEN_LENGTH else NO_TOKEN


def _mac(key: str | bytes, purpose: str, number: bytes) -> bytes:
    begun = _begun(key, purpose).copy()
    begun.update(number)
    return begun.digest()[:MAC_BYTES]


@lru_cache
def _begun(key: str | bytes, purpose: str) -> hmac.HMAC:
    """What every token of a purpose begins with: a letter carries several, and a town gets thousands of letters."""
    return hmac.new(force_bytes(key), purpose.encode() + b"\0", "sha256")
