"""When did we last hear of someone, and who carries something that still runs? Every room registers what it knows."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest

from communities.models import ConsentEvent, Membership, Origin, Resident, Role
from communities.models.resident import ResidentQuerySet
from communities.registry import Registry


@dataclass(frozen=True, slots=True)
class Sign:
    """Rows by which a person made themselves heard: `person` leads from a row to them, `at` is when."""

    rows: Callable[[], QuerySet[Any, Any]]
    person: str
    at: str


signs: Registry[Sign] = Registry("signs of life")
still_needed: Registry[Callable[[], QuerySet[Any, Any]]] = Registry("who carries something that runs")
"""Queries of the residents' keys, as one column."""


def silent_since(moment: datetime) -> ResidentQuerySet:
    """Those known from before it of whom nothing was heard since: one query."""
    silent = Resident.objects.known().filter(created_at__lt=moment)
    for _name, sign in signs.items():
        heard = sign.rows().order_by().filter(**{sign.person: OuterRef("pk"), f"{sign.at}__gte": moment})
        silent = silent.filter(~Exists(heard))
    return silent


def carrying_something(residents: ResidentQuerySet) -> ResidentQuerySet:
    """Those of them who coordinate a community, carry a project, or are bound by a convention."""
    return residents.filter(pk__in=carriers())


def carrying_nothing(residents: ResidentQuerySet) -> ResidentQuerySet:
    return residents.exclude(pk__in=carriers())


def carriers() -> set[int]:
    """A few dozen people in a town."""
    return {pk for _name, needed in still_needed.items() for pk in needed() if pk is not None}


def last_active(residents: Collection[int]) -> Mapping[int, datetime]:
    """For each of these residents (by pk) the last sign of them; nothing for those who gave none. A query a sign."""
    latest: dict[int, datetime] = {}
    for _name, sign in signs.items():
        seen = sign.rows().order_by().filter(**{f"{sign.person}__in": residents, f"{sign.at}__isnull": False})
        for pk, moment in seen.values_list(sign.person).annotate(Max(sign.at)):
            latest[pk] = max(moment, latest.get(pk, moment))
    return latest


def remember(rows: QuerySet[Any], *, person: str, at: str) -> None:
    """These rows are about to go: each person of them keeps the day of the last one, and nothing else of it."""
    theirs = rows.order_by().filter(**{person: OuterRef("pk"), f"{at}__isnull": False})
    last = Subquery(theirs.order_by(f"-{at}").values(at)[:1])
    Resident.objects.known().filter(Exists(theirs)).update(heard_at=Greatest("heard_at", last))


def words_of_their_own() -> QuerySet[ConsentEvent]:
    """What somebody brought in with a file is no sign of the person."""
    return ConsentEvent.objects.exclude(origin=Origin.IMPORT)


def those_with_a_role() -> QuerySet[Membership, int | None]:
    return Membership.objects.exclude(role=Role.MEMBER).values_list("resident", flat=True)


def signs_of(named: Iterable[tuple[str, Callable[[], QuerySet[Any, Any]], str, str]]) -> None:
    """Register several at once."""
    for name, rows, person, at in named:
        signs.register(name, Sign(rows, person, at))
