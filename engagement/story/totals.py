"""What did the town's fifty-fifty bring, all projects together?"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from engagement.filtering import StageGroup
from engagement.ledger import balance
from engagement.models import LedgerEntry, ProjectPage, Side


@dataclass(frozen=True)
class Totals:
    """Of the projects whose story is public: how many stand where, and what each side brought to them."""

    projects: int
    by_group: list[tuple[StageGroup, int]]
    brought: balance.Balance

    @property
    def commune_euros(self) -> int:
        """To the euro: of a town's years, cents tell nobody anything."""
        return round(self.brought.done(Side.COMMUNE))

    @property
    def residents_hours(self) -> Decimal:
        return self.brought.hours(Side.RESIDENTS)

    @property
    def saved(self) -> int:
        """What the commune alone would have paid besides, to the euro: all that residents brought."""
        return round(self.brought.saved)

    @property
    def has_accounts(self) -> bool:
        return not self.brought.is_empty


def of_the_town(stages: Mapping[str, int]) -> Totals:
    """Every project that anyone may read; `stages` says how many stand at each. One query."""
    pages = ProjectPage.objects.open_to_all().filter(project__isnull=False)
    entries = LedgerEntry.objects.filter(project__page__in=pages.values("pk"))
    counts = {group: sum(stages.get(stage, 0) for stage in group.stages) for group in StageGroup}
    return Totals(
        projects=sum(counts.values()),
        by_group=[(group, number) for group, number in counts.items() if number],
        brought=balance.of_entries(entries=entries),
    )
