"""How is all that we hold on someone told so that they can read it? A tree of headings and words, from plain data."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communities import typography

NOTHING = "–"
A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
A_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)")


@dataclass(frozen=True)
class Told:
    """A heading, and either words or more of the same below it."""

    label: str
    words: str = ""
    below: tuple["Told", ...] = ()


def tree(held: Mapping[str, Any]) -> list[Told]:
    """Everything, in its order; nothing is left out, and what is empty says so."""
    return [told(label, value) for label, value in held.items()]


def told(label: str, value: Any) -> Told:
    heading = str(capfirst(label))
    if isinstance(value, Mapping):
        return Told(heading, below=tuple(tree(value)))
    if isinstance(value, (list, tuple)):
        return Told(heading, below=tuple(each(value)), words="" if value else NOTHING)
    return Told(heading, words=plain(value))


def each(values: Iterable[Any]) -> list[Told]:
    """The things of a list have numbers instead of names."""
    return [told("", value) for value in values]


def plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return NOTHING if value is None or value == "" else as_a_date(str(value))


def as_a_date(words: str) -> str:
    """27 novembre 2026, 14 h 31: what programs write 2026-11-27T14:31+01:00. Other words stay as they are."""
    language = get_language()
    try:
        if A_DAY.fullmatch(words):
            return typography.day(date.fromisoformat(words), language=language, pattern="{d} MMMM y")
        if A_MOMENT.fullmatch(words):
            moment = typography.here(datetime.fromisoformat(words))
            day = typography.day(moment, language=language, pattern="{d} MMMM y")
            return f"{day}, {typography.clock(moment, language=language)}"
    except (ValueError, OverflowError):
        pass
    return words
