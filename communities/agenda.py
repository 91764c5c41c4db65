"""What is coming up in town, for a letter that lists it? Rooms that hold dates register what tells them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from .registry import Registry
from .scopes import TOWN


@dataclass(frozen=True)
class Date:
    """One line of an agenda."""

    title: str
    starts_at: datetime
    ends_at: datetime | None
    place: str = ""
    url: str = ""


AgendaSource = Callable[[Collection[str] | None, datetime, datetime], list[Date]]
"""What begins between two moments and concerns these scopes; None asks for the whole town."""

agenda_sources: Registry[AgendaSource] = Registry("agenda sources")


def between(*, scopes: Collection[str], since: datetime, until: datetime) -> list[Date]:
    """What every room has for these scopes, the nearest first."""
    asked = None if TOWN in scopes else scopes
    found = [date for _name, source in agenda_sources.items() for date in source(asked, since, until)]
    return sorted(found, key=lambda date: (date.starts_at, date.title))
