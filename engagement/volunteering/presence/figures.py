"""What was done on a work day, in figures that name nobody: people, hours, things."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Sum

from engagement.models import Attendance, NeedKind, Pledge, ThingBrought, WorkDay
from engagement.models.need import in_brackets

ZERO = Decimal(0)
LONGEST = 100


@dataclass(frozen=True, kw_only=True)
class Brought:
    """So many of something, whoever brought it. `line` names it in the accounts."""

    item: str
    quantity: int
    unit: str
    kind: str

    @property
    def line(self) -> str:
        return f"{self.kind}:{self.unit}:{self.item}"[:LONGEST]

    @property
    def words(self) -> str:
        return in_brackets(self.item, self.quantity, self.unit)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """`people` who came; `hours` of all of them together; things really brought."""

    people: int = 0
    hours: Decimal = ZERO
    things: tuple[Brought, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.people or self.things)


def of(work_day: WorkDay) -> Figures:
    """Three queries. Whoever did two shifts is one person; hours add up."""
    hours, people = hours_and_people([work_day]).get(work_day.pk, (ZERO, 0))
    return Figures(people=people, hours=hours, things=tuple(things(work_day)))


def hours_and_people(work_days: Iterable[WorkDay]) -> dict[int, tuple[Decimal, int]]:
    """Of each work day (by pk) where somebody was, in one query."""
    rows = Attendance.objects.filter(work_day__in=list(work_days), people__gt=0)
    found: dict[int, tuple[Decimal, dict[object, int]]] = {}
    for row in rows.only("work_day", "volunteer", "party", "people", "hours"):
        hours, parties = found.setdefault(row.work_day_id, (ZERO, {}))
        party = row.volunteer_id or row.party or -row.pk
        parties[party] = max(parties.get(party, 0), row.people)
        found[row.work_day_id] = hours + row.people * row.hours, parties
    return {pk: (hours, sum(parties.values())) for pk, (hours, parties) in found.items()}


def things(work_day: WorkDay) -> list[Brought]:
    """Promised or not, the same thing counted together; two queries."""
    promised = Pledge.objects.filter(volunteer__work_day=work_day, brought__gt=0).order_by("need__item")
    rows = list(
        promised.values("need__item", "need__unit", "need__kind")
        .annotate(many=Sum("brought"))
        .values_list("need__item", "need__unit", "need__kind", "many")
    )
    besides = ThingBrought.objects.filter(work_day=work_day, quantity__gt=0)
    rows += list(besides.order_by("item").values_list("item", "unit", "kind", "quantity"))
    found: dict[tuple[str, str, str], Brought] = {}
    for item, unit, kind, many in rows:
        key = item.strip().lower(), unit.strip().lower(), kind
        known = found.get(key)
        total = many + (known.quantity if known else 0)
        found[key] = Brought(item=known.item if known else item, quantity=total, unit=unit, kind=NeedKind(kind).value)
    return list(found.values())


def by_role(work_day: WorkDay) -> list[tuple[str, Decimal]]:
    """Hours of each thing that was done, in the order of the day; without a shift, under no name."""
    done = Attendance.objects.filter(work_day=work_day, people__gt=0, hours__gt=0).order_by("shift__begins", "shift")
    totals = done.values("shift__role").annotate(total=Sum(F("people") * F("hours")))
    summed: dict[str, Decimal] = {}
    for row in totals:
        role = row["shift__role"] or ""
        summed[role] = summed.get(role, ZERO) + row["total"]
    return list(summed.items())
