"""What in a text says who somebody was: their names, their addresses, their telephone? And what is left without it?"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from communities.folding import fold, words
from communities.models import Resident

GONE = "…"
# Of a name, such words are said of anybody: de, du, le.
SHORT = 2
BETWEEN_DIGITS = r"[\s.\-/]*"
FRENCH = re.compile(r"0(\d{9})")
FEWEST_DIGITS = 6
LATIN = [*range(0x250), *range(0x1E00, 0x1F00)]
# Each letter with every accent that a text may give it: names and streets are written as one likes.
ACCENTED = {
    letter: "".join(other for other in map(chr, LATIN) if fold(other) == letter)
    for letter in "abcdefghijklmnopqrstuvwxyz"
}
# Two letters that are also written as one.
AS_ONE = {"oe": "œ", "ae": "æ", "ss": "ß"}


@dataclass(frozen=True)
class Traces:
    """`whole` goes however it is written; of a name alone, the words that begin with a capital."""

    whole: re.Pattern[str]
    named: re.Pattern[str]

    def without(self, text: str) -> str:
        """The text with … in their place; nothing when nothing else is left; as it was where nothing of theirs is."""
        written = unicodedata.normalize("NFC", text)
        left = self.named.sub(_unless_common, self.whole.sub(GONE, written))
        if left == written:
            return text
        return left if re.search(r"\w", left) else ""

    def without_any(self, told: Any) -> Any:
        """The same of every text in plain data."""
        if isinstance(told, str):
            return self.without(told)
        if isinstance(told, dict):
            return {key: self.without_any(value) for key, value in told.items()}
        return [self.without_any(each) for each in told] if isinstance(told, list) else told


def of(resident: Resident, *called: str) -> Traces:
    """Those of a resident, while we still know them; `called`: other names that they gave.

    A name of one word may be any word (Rose, Petit): it goes where it has a capital, one letter alone nowhere.
    """
    names = [words(name).split() for name in (resident.name, resident.second_name, *called)]
    full = [" ".join(name) for name in names if len(name) > 1]
    whole = [*map(_as_written, [*full, resident.street]), re.escape(resident.email), _telephone(resident.phone)]
    parts = {word for name in names for word in name if len(word) > (SHORT if len(name) > 1 else 1)}
    return Traces(_any_of(whole), _any_of(_as_written(word) for word in sorted(parts)))


def only_whole(traces: Traces) -> Traces:
    """Where others wrote the words: a part of a name may be any word of theirs, the whole name is not."""
    return replace(traces, named=_any_of(()))


def given_by(resident: Resident) -> list[str]:
    """The names they gave with an idea, or let us show."""
    of_ideas = resident.ideas.values_list("given_name", "shown_as")
    return [*chain.from_iterable(of_ideas), *resident.project_roles.values_list("shown_as", flat=True)]


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Standing by itself; nothing at all for no pattern. The longest first: “12 rue du Terril” before “Terril”."""
    found = sorted(filter(None, patterns), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)" if found else r"(?!)", re.IGNORECASE)


def _as_written(text: str) -> str:
    """Its words with any accents and anything but letters between them."""
    return r"\W+".join(_word(word.replace("æ", "ae")) for word in words(text).split())


def _word(word: str) -> str:
    return "".join(map(_letters, re.findall("oe|ae|ss|.", word)))


def _letters(part: str) -> str:
    spelled = "".join(f"[{ACCENTED[letter]}]" if letter in ACCENTED else re.escape(letter) for letter in part)
    return f"(?:{AS_ONE[part]}|{spelled})" if part in AS_ONE else spelled


def _telephone(number: str) -> str:
    """However its digits are grouped; a French one from abroad too."""
    digits = "".join(each for each in number if each.isdecimal())
    if len(digits) < FEWEST_DIGITS:
        return ""
    french = FRENCH.fullmatch(digits)
    rest = BETWEEN_DIGITS.join(french[1] if french else digits)
    return rf"(?:(?:\+|00)33{BETWEEN_DIGITS}(?:\(0\))?|0){BETWEEN_DIGITS}{rest}" if french else rest


def _unless_common(found: re.Match[str]) -> str:
    """A name that is a word too stays where it is written as one: le terril."""
    return GONE if found[0][0].isupper() else found[0]
