"""What in a text says who somebody was: their names, their addresses, their telephone? And what is left without it?"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from communities.folding import fold, words
from communities.models import Resident

GONE = "…"
# Of a name, such words are said of anybody: de, du, le.
SHORT = 2
BETWEEN_DIGITS = r"[\s.\-/]*"
FRENCH = re.compile(r"0(\d{9})")
# Each letter with every accent that a text may give it: names and streets are written as one likes.
ACCENTED = {
    letter: "".join(other for other in map(chr, range(0x250)) if fold(other) == letter)
    for letter in "abcdefghijklmnopqrstuvwxyz"
}

OE = f"(?:œ|[{ACCENTED['o']}][{ACCENTED['e']}])"


@dataclass(frozen=True)
class Traces:
    """`whole` goes however it is written; of a name alone, the words that begin with a capital."""

    whole: re.Pattern[str]
    named: re.Pattern[str]

    def without(self, text: str) -> str:
        """The text with … in their place; nothing when nothing else is left."""
        left = self.named.sub(_unless_common, self.whole.sub(GONE, unicodedata.normalize("NFC", text)))
        return left if re.search(r"\w", left) else ""

    def without_any(self, told: Any) -> Any:
        """The same of every text in plain data."""
        if isinstance(told, str):
            return self.without(told)
        if isinstance(told, dict):
            return {key: self.without_any(value) for key, value in told.items()}
        return [self.without_any(each) for each in told] if isinstance(told, list) else told


def of(resident: Resident, *called: str) -> Traces:
    """Those of a resident, while we still know them; `called`: other names that they gave."""
    names = [name for name in (resident.name, resident.second_name, *called) if name.strip()]
    whole = [*map(_as_written, [*names, resident.street]), re.escape(resident.email), _telephone(resident.phone)]
    parts = {word for name in names for word in words(name).split() if len(word) > SHORT}
    return Traces(_any_of(whole), _any_of(_as_written(word) for word in sorted(parts)))


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Standing by itself; nothing at all for no pattern. The longest first: “12 rue du Terril” before “Terril”."""
    found = sorted(filter(None, patterns), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)" if found else r"(?!)", re.IGNORECASE)


def _as_written(text: str) -> str:
    """Its words with any accents and anything but letters between them."""
    return r"\W+".join(OE.join(map(_letters, word.split("oe"))) for word in words(text).split())


def _letters(part: str) -> str:
    return "".join(f"[{ACCENTED[letter]}]" if letter in ACCENTED else re.escape(letter) for letter in part)


def _telephone(number: str) -> str:
    """However its digits are grouped; a French one from abroad too."""
    digits = "".join(each for each in number if each.isdecimal())
    french = FRENCH.fullmatch(digits)
    rest = BETWEEN_DIGITS.join(french[1] if french else digits)
    return rf"(?:(?:\+|00)33{BETWEEN_DIGITS}(?:\(0\))?|0){BETWEEN_DIGITS}{rest}" if french else rest


def _unless_common(found: re.Match[str]) -> str:
    """A name that is a word too stays where it is written as one: le terril."""
    return GONE if found[0][0].isupper() else found[0]
