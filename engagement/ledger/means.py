"""What can the commune give in a year, what has it promised, and what is left? In euros, and in hours of its agents.

It counts what it pays for (money and materials) and the hours it works. A promise counts in the year it is due in, for
what it says or for what it really cost where that is more; what was brought without a promise, in its own year. Once
nobody is bound by it any more, a promise counts for what was brought and nothing else.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from django.db.models import BooleanField, ExpressionWrapper, Q, Sum
from django.db.models.functions import Coalesce, ExtractYear

from engagement.models import (
    Commitment,
    ContributionKind,
    Convention,
    ConventionState,
    LedgerEntry,
    Side,
    Stage,
    YearMeans,
)

from .pricing import WORTH
from .showing import percent

ZERO = Decimal(0)
COUNTED = [*ContributionKind.paid_for(), *ContributionKind.in_hours()]
OVER = ExpressionWrapper(
    Q(convention__state=ConventionState.ENDED) | Q(convention__project__stage__in=Stage.over()),
    output_field=BooleanField(),
)
"""Of a promise: nobody waits for it any more, its convention has ended or its project is over."""


class Resource(Enum):
    """What runs short: the two obstacles of the founding sheet."""

    EUROS = "euros"
    HOURS = "hours"


Sums = dict[tuple[int, Resource], Decimal]


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """Of one resource in one year. `available` is None when nobody settled the means of that year."""

    available: Decimal | None = None
    committed: Decimal = ZERO
    done: Decimal = ZERO

    @property
    def left(self) -> Decimal | None:
        """Below zero when more is promised than there is."""
        return None if self.available is None else self.available - self.committed

    @property
    def waiting(self) -> Decimal:
        """Promised, and still to be done."""
        return self.committed - self.done

    @property
    def is_over(self) -> bool:
        return self.left is not None and self.left < 0

    @property
    def over(self) -> Decimal:
        """By how much more is promised than there is."""
        return max(-(self.left or ZERO), ZERO)

    @property
    def lengths(self) -> dict[str, int]:
        """To draw, in percent of what there is, or of what is committed where that is more."""
        whole = max(self.available or ZERO, self.committed)
        done, committed = percent(self.done, whole), percent(self.committed, whole)
        return {
            "done": done,
            "waiting": committed - done,
            "committed": committed,
            "available": percent(self.available or ZERO, whole),
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class MeansOfYear:
    """One year: the envelope in euros, the agents' hours, and who voted them."""

    year: int
    euros: Use
    hours: Use
    source: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """What signing a convention adds to what is promised in one year, and how that year stands afterwards."""

    year: int
    before: MeansOfYear
    after: MeansOfYear

    @property
    def adds_euros(self) -> Decimal:
        return self.after.euros.committed - self.before.euros.committed

    @property
    def adds_hours(self) -> Decimal:
        return self.after.hours.committed - self.before.hours.committed

    @property
    def euros_go_over(self) -> bool:
        return self.after.euros.is_over and self.adds_euros > 0

    @property
    def hours_go_over(self) -> bool:
        return self.after.hours.is_over and self.adds_hours > 0


@dataclass(slots=True)
class Promise:
    """What one commitment keeps of one resource, nothing once it is over, and what was brought for it so far."""

    year: int
    resource: Resource
    amount: Decimal
    done: Decimal = ZERO


def by_year(*, as_if_signed: Convention | None = None) -> list[MeansOfYear]:
    """Every year that has means, promises or entries, the latest first; four queries, however many
    there are.
    """
    committed: Sums = defaultdict(Decimal)
    done: Sums = defaultdict(Decimal)
    for year, resource, promised, brought in amounts(as_if_signed):
        committed[year, resource] += max(promised, brought)
        done[year, resource] += brought
    settled = {means.year: means for means in YearMeans.objects.all()}
    years = sorted({*settled, *(year for year, _resource in committed)}, reverse=True)
    return [means_of(year, settled.get(year), committed, done) for year in years]


def means_of(year: int, settled: YearMeans | None, committed: Sums, done: Sums) -> MeansOfYear:
    euros, hours = (
        Use(
            available=getattr(settled, resource.value, None),
            committed=committed[year, resource],
            done=done[year, resource],
        )
        for resource in Resource
    )
    return MeansOfYear(year=year, euros=euros, hours=hours, source=settled.source if settled else "")


def before_signing(*, convention: Convention) -> list[Effect]:
    """What a convention that is not signed yet (or an amendment) adds, year by year; empty when it asks nothing of the
    commune. Raises nothing: whoever signs decides, knowing.
    """
    before = {means.year: means for means in by_year()}
    effects = [
        Effect(year=after.year, before=before.get(after.year, blank(after)), after=after)
        for after in by_year(as_if_signed=convention)
    ]
    return [effect for effect in reversed(effects) if effect.adds_euros or effect.adds_hours]


def blank(after: MeansOfYear) -> MeansOfYear:
    """A year in which nothing is promised yet."""
    return MeansOfYear(
        year=after.year, euros=Use(available=after.euros.available), hours=Use(available=after.hours.available)
    )


def amounts(as_if_signed: Convention | None) -> Iterator[tuple[int, Resource, Decimal, Decimal]]:
    """(year, resource, promised, brought) of each promise, and of what was brought without one."""
    promises = promises_of_the_commune(as_if_signed)
    successors = successors_of(as_if_signed)
    for commitment, kind, year, quantity, value in brought_by_the_commune():
        resource, amount = measured(kind, quantity=quantity, value=value)
        promise = promises.get(last_of(commitment, successors))
        if promise and promise.resource == resource:
            promise.done += amount
        else:
            yield year, resource, ZERO, amount
    for promise in promises.values():
        if promise.amount or promise.done:
            yield promise.year, promise.resource, promise.amount, promise.done


def promises_of_the_commune(as_if_signed: Convention | None) -> dict[int, Promise]:
    """By their keys. A promise without a day is due in the year its convention begins."""
    rows = (
        Commitment.objects.standing(as_if_signed=as_if_signed)
        .filter(side=Side.COMMUNE, kind__in=COUNTED)
        .order_by()
        .annotate(worth=WORTH, year=ExtractYear(Coalesce("due_on", "convention__starts_on")), is_over=OVER)
        .values_list("pk", "kind", "year", "quantity", "worth", "is_over")
    )
    found = {}
    for pk, kind, year, quantity, worth, is_over in rows:
        resource, amount = measured(kind, quantity=quantity or ZERO, value=worth or ZERO)
        found[pk] = Promise(year, resource, ZERO if is_over else amount)
    return found


def brought_by_the_commune() -> Iterator[tuple[int | None, str, int, Decimal, Decimal]]:
    """Summed by commitment, or by year where there is none."""
    rows = (
        LedgerEntry.objects.filter(side=Side.COMMUNE, kind__in=COUNTED)
        .order_by()
        .values("commitment", "kind", year=ExtractYear("done_on"))
        .annotate(much=Sum("quantity"), worth=Sum("value"))
        .values_list("commitment", "kind", "year", "much", "worth")
    )
    yield from rows


def successors_of(as_if_signed: Convention | None) -> dict[int, int]:
    """Which promise took the place of which."""
    standing = Commitment.objects.signed(as_if_signed=as_if_signed).filter(replaces__isnull=False)
    return {replaced: pk for replaced, pk in standing.order_by("-pk").values_list("replaces", "pk") if replaced}


def last_of(commitment: int | None, successors: dict[int, int]) -> int:
    """The promise that stands in its place today; a later one always replaces an earlier one."""
    found = commitment or 0
    while successors.get(found, 0) > found:
        found = successors[found]
    return found


def measured(kind: str, *, quantity: Decimal, value: Decimal) -> tuple[Resource, Decimal]:
    if ContributionKind(kind).is_in_hours:
        return Resource.HOURS, quantity
    return Resource.EUROS, value
