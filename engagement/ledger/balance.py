"""Does each side bring its half, and what did the commune save? What is promised and what is done, in one query."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from engagement.models import Commitment, ContributionKind, LedgerEntry, Project, Side

from .pricing import EUROS, WORTH

ZERO = Decimal(0)
WHOLE = 0
NOTHING = Value(ZERO, output_field=EUROS)
NONE = Value(0, output_field=IntegerField())
FIGURES = ("done_quantity", "done", "promised_quantity", "promised", "unpriced")
BLANK = {"done_quantity": ZERO, "done": ZERO, "promised_quantity": ZERO, "promised": ZERO, "unpriced": 0}


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What one side brings of one kind: euros, and quantities, which are hours where the kind is counted in hours.

    `unpriced`: how many of its promises nobody could price; they count for nothing in euros.
    """

    side: Side
    kind: ContributionKind
    done_quantity: Decimal = ZERO
    done: Decimal = ZERO
    promised_quantity: Decimal = ZERO
    promised: Decimal = ZERO
    unpriced: int = 0


@dataclass(frozen=True, slots=True)
class Balance:
    """Both halves of a project, by side and kind; every sum below is of these parts and nothing else."""

    parts: tuple[Part, ...] = ()

    def of(self, side: Side, *kinds: ContributionKind) -> list[Part]:
        """The parts of a side, of all kinds or only of these."""
        return [part for part in self.parts if part.side == side and (not kinds or part.kind in kinds)]

    def done(self, side: Side, *kinds: ContributionKind) -> Decimal:
        """Euros."""
        return sum((part.done for part in self.of(side, *kinds)), ZERO)

    def promised(self, side: Side, *kinds: ContributionKind) -> Decimal:
        """Euros."""
        return sum((part.promised for part in self.of(side, *kinds)), ZERO)

    def hours(self, side: Side) -> Decimal:
        return sum((part.done_quantity for part in self.of(side, *ContributionKind.in_hours())), ZERO)

    def promised_hours(self, side: Side) -> Decimal:
        return sum((part.promised_quantity for part in self.of(side, *ContributionKind.in_hours())), ZERO)

    @property
    def cost_alone(self) -> Decimal:
        """What the commune alone would have paid: all that both sides brought."""
        return self.done(Side.RESIDENTS) + self.done(Side.COMMUNE)

    @property
    def saved(self) -> Decimal:
        """What it did not pay: the residents' half."""
        return self.done(Side.RESIDENTS)

    @property
    def saved_share(self) -> Decimal:
        """Of the cost alone, between 0 and 1."""
        return self.saved / self.cost_alone if self.cost_alone else ZERO

    @property
    def unpriced(self) -> int:
        return sum(part.unpriced for part in self.parts)

    @property
    def is_empty(self) -> bool:
        """Nothing is promised, nothing is done."""
        return not any(getattr(part, figure) for part in self.parts for figure in FIGURES)


def of(*, project: Project) -> Balance:
    """The balance of a project."""
    return of_each(projects=[project.pk]).get(project.pk, Balance())


def of_each(*, projects: Collection[int] | QuerySet[Project]) -> dict[int, Balance]:
    """The balances of several projects (keys, or a query of keys) in the same one query; those without any left out."""
    done = entries_by_kind(LedgerEntry.objects.filter(project__in=projects), "project_id")
    promises = Commitment.objects.standing().filter(convention__project__in=projects)
    return gathered(done.union(promises_by_kind(promises), all=True), by="project_id")


def of_entries(*, entries: QuerySet[LedgerEntry]) -> Balance:
    """What some entries bring, whatever their project, in one query; nothing is promised there."""
    rows = entries_by_kind(entries.annotate(whole=Value(WHOLE)), "whole")
    return gathered(rows, by="whole").get(WHOLE, Balance())


def entries_by_kind(entries: QuerySet[LedgerEntry], by: str) -> QuerySet[Any, Any]:
    """What is done, by whatever tells one balance from another, by side and by kind."""
    return (
        entries.order_by()
        .values(by, "side", "kind")
        .annotate(
            done_quantity=Sum("quantity"),
            done=Sum("value"),
            promised_quantity=NOTHING,
            promised=NOTHING,
            unpriced=NONE,
        )
    )


def promises_by_kind(commitments: QuerySet[Commitment]) -> QuerySet[Any, Any]:
    return (
        commitments.order_by()
        .annotate(worth=WORTH)
        .values("convention__project_id", "side", "kind")
        .annotate(
            done_quantity=NOTHING,
            done=NOTHING,
            promised_quantity=Coalesce(Sum("quantity"), NOTHING),
            promised=Coalesce(Sum("worth"), NOTHING),
            unpriced=Count("pk", filter=Q(worth__isnull=True)),
        )
    )


def gathered(rows: Iterable[dict[str, Any]], *, by: str) -> dict[int, Balance]:
    """What is done and what is promised of one side and kind make one part."""
    found: dict[int, dict[tuple[str, str], dict[str, Any]]] = {}
    for row in rows:
        sums = found.setdefault(row[by], {}).setdefault((row["side"], row["kind"]), BLANK.copy())
        for figure in FIGURES:
            sums[figure] += row[figure]
    return {key: Balance(tuple(parts_of(sums))) for key, sums in found.items()}


def parts_of(sums: dict[tuple[str, str], dict[str, Any]]) -> list[Part]:
    """In the order in which sides and kinds are told."""
    return [
        Part(side=side, kind=kind, **sums[side, kind])
        for side in Side
        for kind in ContributionKind
        if (side, kind) in sums
    ]
