"""What is kept for a while, and how does it go? Every room registers its rules, as `room.what`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from communities.registry import Registry

from .lengths import Length

Words = str | Promise
Facts = Mapping[str, Any]
"""Plain values under headings, fit for JSON and for one line of a table; they name nobody."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What is older than `before` goes, tonight at `now`."""

    before: datetime
    now: datetime


def nothing_shown(row: Any) -> str:
    """Rows that would name a person are only counted."""
    return ""


@dataclass(frozen=True, kw_only=True)
class RetentionRule:
    """One thing kept for a while.

    `due` is a query of what would go, `moment` the field by which it is old. `let_go` takes keys that are locked, in
    one transaction a batch, and says how many went; `archived` is asked before, for the public archives. `runs` for
    what residents were promised from the start; the others wait for a person who has seen what would go.
    """

    label: Words
    what_goes: Words
    length: Length
    least: Length
    most: Length
    source: Words
    due: Callable[[Reach], QuerySet[Any]]
    moment: str
    let_go: Callable[[Sequence[Any], Reach], int]
    afterwards: Callable[[Reach], None] | None = None
    archived: Callable[[Sequence[Any]], Iterable[Facts]] | None = None
    shown: Callable[[Any], str] = nothing_shown
    runs: bool = False
    batch: int = 500


retained: Registry[RetentionRule] = Registry("retention rules")


def deleting(model: type[Model]) -> Callable[[Sequence[Any], Reach], int]:
    """The rows themselves go, with what hangs on them; how many of them."""

    def let_go(keys: Sequence[Any], reach: Reach) -> int:
        model._default_manager.filter(pk__in=keys).delete()
        return len(keys)

    return let_go


def of_room(room: str) -> list[tuple[str, RetentionRule]]:
    return [(name, rule) for name, rule in retained.items() if name.startswith(f"{room}.")]
