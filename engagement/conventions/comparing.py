"""What changed between two versions of a convention? Side by side, article by article, word by word."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.models import Convention

from . import freezing, saying
from .content import Article, Content, Promised

WORDS = re.compile(r"\s+|[^\s]+")
Key = tuple[tuple[str, ...], int]
"""What an article or a promise is told by: its words, and how many of the same words stand before it."""
SAME, ADDED, REMOVED = "same", "added", "removed"
ALIKE = 0.5
"""How much of two articles must be the same words for one to have become the other."""

NAMES = {
    "starts_on": gettext_lazy("From"),
    "months": gettext_lazy("For how many months"),
    "renewable_months": gettext_lazy("Renewed each time for, in months"),
    "renewals": gettext_lazy("Renewed at most so many times"),
    "review_months": gettext_lazy("Reviewed every so many months"),
    "passage_cm": gettext_lazy("Accessible passage, in centimetres"),
}


@dataclass(frozen=True)
class Piece:
    """Some words, which are the same, added or removed."""

    kind: str
    words: str


@dataclass(frozen=True)
class Compared:
    """One article, field or commitment before and after."""

    heading: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def has_changed(self) -> bool:
        return any(piece.kind != SAME for piece in (*self.before, *self.after))


def compare(before: Content, after: Content, *, language: str) -> list[Compared]:
    """Every part in the order of the later version; what is gone stands where it was, or at the end."""
    return [
        *fields(before, after),
        *articles(before, after),
        *commitments(before["commitments"], after["commitments"], language=language),
    ]


def fields(before: Content, after: Content) -> list[Compared]:
    """Those that differ: most of them are said in the articles."""
    return [
        compared(named(name), str(before["fields"].get(name, "")), str(after["fields"].get(name, "")))
        for name in after["fields"]
        if before["fields"].get(name) != after["fields"][name]
    ]


def named(field: str) -> str:
    """As the form calls it."""
    label = NAMES.get(field) or Convention._meta.get_field(field).verbose_name  # type: ignore[union-attr]  # a column
    return str(label).capitalize()


def articles(before: Content, after: Content) -> list[Compared]:
    old, new = by_heading(before["articles"]), by_heading(after["articles"])
    became = renamed(old, new)
    lines = [
        compared(article_named(key), article(key if key in old else became.get(key), old), article(key, new))
        for key in new
    ]
    gone = [key for key in old if key not in new and key not in became.values()]
    return lines + [compared(article_named(key), article(key, old), "") for key in gone]


def by_heading(articles: Sequence[Article]) -> dict[Key, str]:
    keys = told_apart((each["heading"],) for each in articles)
    return dict(zip(keys, (each["text"] for each in articles), strict=True))


def told_apart(names: Iterable[tuple[str, ...]]) -> Iterator[Key]:
    """Two of the same words are two."""
    seen = Counter[tuple[str, ...]]()
    for name in names:
        yield name, seen[name]
        seen[name] += 1


def article_named(key: Key) -> str:
    return _("Article: %(heading)s") % {"heading": key[0][0]}


def article(key: Key | None, among: Mapping[Key, str]) -> str:
    return f"{key[0][0]}\n{among[key]}" if key is not None else ""


def renamed(old: Mapping[Key, str], new: Mapping[Key, str]) -> dict[Key, Key]:
    """The articles that only changed their heading, by the new one."""
    found: dict[Key, Key] = {}
    for key in (key for key in new if key not in old):
        left = [each for each in old if each not in new and each not in found.values()]
        alike = {each: difflib.SequenceMatcher(None, old[each], new[key]).ratio() for each in left}
        best = max(alike, key=lambda each: alike[each], default=None)
        if best is not None and alike[best] >= ALIKE:
            found[key] = best
    return found


def commitments(before: Sequence[Promised], after: Sequence[Promised], *, language: str) -> list[Compared]:
    """By side and by what is promised; a promise whose words changed is the old one gone and a new one."""
    old, new = by_name(before), by_name(after)
    return [
        compared(heading_of(key), line(old.get(key), language), line(new.get(key), language))
        for key in dict.fromkeys([*new, *old])
    ]


def by_name(promises: Sequence[Promised]) -> dict[Key, Promised]:
    keys = told_apart((each["side"], each["what"]) for each in promises)
    return dict(zip(keys, promises, strict=True))


def heading_of(key: Key) -> str:
    side, what = key[0]
    return _("Commitment (%(side)s): %(what)s") % {"side": saying.side_named(side), "what": what}


def line(promise: Promised | None, language: str) -> str:
    return freezing.promise_of(promise, language=language) if promise else ""


def compared(heading: str, before: str, after: str) -> Compared:
    """Word by word."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    left, right = [], []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if i < j:
            left.append(Piece(SAME if kind == "equal" else REMOVED, "".join(old[i:j])))
        if k < m:
            right.append(Piece(SAME if kind == "equal" else ADDED, "".join(new[k:m])))
    return Compared(heading, tuple(left), tuple(right))
