"""How does what people typed go to the press? In the manner of print, no longer than its place, and breakable."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from communities import typography

LONGEST_WORD = 26
PIECE = 8
"""Letters of a word longer than any word, between the places where it may break."""

_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # they would turn round the words that we print after them
_LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_PIECES = re.compile(rf"\S{{{PIECE}}}(?=\S)")
_BREAK = "\u200b"


def text(typed: str, *, language: str, most: int | None = None) -> str:
    """One paragraph; longer than `most` characters, it ends with a whole word and an ellipsis."""
    plain = straight(typed).strip()
    printed = typography.typeset(cut(plain, most=most) if most else plain, language=language)
    return _LONG.sub(lambda word: _PIECES.sub(rf"\g<0>{_BREAK}", word[0]), printed)


def straight(typed: str) -> str:
    """Without the marks that turn words round: what is read is in the order of what is kept."""
    return _DIRECTIONS.sub("", typed)


def texts(typed: Sequence[str], *, language: str, most: int | None = None) -> list[str]:
    """Those that say something."""
    return [text(each, language=language, most=most) for each in typed if each.strip()]


def cut(typed: str, *, most: int) -> str:
    """At most so many characters, ellipsis included."""
    if len(typed) <= most:
        return typed
    start = typed[: most - 1]
    whole = start.rpartition(" ")[0] if typed[most - 1] != " " else start
    return f"{(whole or start).rstrip(' ,;:.')}…"


def day(value: date, *, language: str) -> str:
    """1er mars 2027."""
    return typography.day(value, language=language, pattern="{d} MMMM y")


def euros(value: Decimal | None, *, language: str) -> str:
    return "" if value is None else typography.euros(value, language=language)


def amount(quantity: Decimal, unit: str, *, language: str) -> str:
    """12 heures, the number and the first word of its unit on one line."""
    printed = f"{typography.number(quantity, language=language)}{typography.BROAD}{text(unit, language=language)}"
    return printed.strip()
