"""What did the town's fifty-fifty bring, all projects together? Two queries, whatever their number."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from engagement.ledger import balance
from engagement.models import LedgerEntry, ProjectPage, Side

from .filtering import StageGroup


@dataclass(frozen=True)
class Totals:
    """Of the projects whose story is public: how many stand where, and what each side brought to them."""

    projects: int
    by_group: list[tuple[StageGroup, int]]
    brought: balance.Balance

    @property
    def commune_euros(self) -> Decimal:
        return self.brought.done(Side.COMMUNE)

    @property
    def residents_hours(self) -> Decimal:
        return self.brought.hours(Side.RESIDENTS)

    @property
    def saved(self) -> Decimal:
        """What the commune alone would have paid besides: all that residents brought."""
        return self.brought.saved

    @property
    def has_accounts(self) -> bool:
        return not self.brought.is_empty


def of_the_town() -> Totals:
    """Every project that anyone may read."""
    pages = ProjectPage.objects.open_to_all().filter(project__isnull=False)
    counts = pages.aggregate(
        **{group.value: Count("pk", filter=Q(project__stage__in=group.stages)) for group in StageGroup}
    )
    entries = LedgerEntry.objects.filter(project__page__in=pages.values("pk"))
    return Totals(
        projects=sum(counts.values()),
        by_group=[(group, counts[group.value]) for group in StageGroup if counts[group.value]],
        brought=balance.of_entries(entries=entries),
    )
