"""What did the town's fifty-fifty bring, all projects together? Two queries, whatever their number."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from engagement.models.contribution import ContributionKind, Side
from engagement.models.ledger import LedgerEntry
from engagement.models.project_page import ProjectPage

from .filtering import StageGroup

ZERO = Decimal()


@dataclass(frozen=True)
class Totals:
    """Of the projects whose story is public: how many stand where, and what each side brought to them."""

    projects: int
    by_group: list[tuple[StageGroup, int]]
    commune_euros: Decimal = ZERO
    residents_hours: Decimal = ZERO
    residents_euros: Decimal = ZERO

    @property
    def saved(self) -> Decimal:
        """What the commune would have paid besides, alone: all that residents brought."""
        return self.residents_euros

    @property
    def has_accounts(self) -> bool:
        return bool(self.commune_euros or self.residents_hours or self.residents_euros)


def of_the_town() -> Totals:
    """Every project that anyone may read."""
    pages = ProjectPage.objects.open_to_all().filter(project__isnull=False)
    counts = pages.aggregate(
        **{group.value: Count("pk", filter=Q(project__stage__in=group.stages)) for group in StageGroup}
    )
    brought = LedgerEntry.objects.filter(project__page__in=pages.values("pk")).aggregate(
        commune_euros=Sum("value", filter=Q(side=Side.COMMUNE), default=ZERO),
        residents_euros=Sum("value", filter=Q(side=Side.RESIDENTS), default=ZERO),
        residents_hours=Sum(
            "quantity", filter=Q(side=Side.RESIDENTS, kind__in=ContributionKind.in_hours()), default=ZERO
        ),
    )
    by_group = [(group, counts[group.value]) for group in StageGroup if counts[group.value]]
    return Totals(projects=sum(counts.values()), by_group=by_group, **brought)
