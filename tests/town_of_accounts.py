"""The pages of the accounts and the means, for a visitor: with little, with much, with nothing."""

import datetime as dt
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from engagement.models import ContributionKind, Project, Side
from meetings.models import Mandate
from tests.engagement.factories import CommitmentFactory, ConventionFactory, ProjectPageFactory
from tests.engagement.factories_of_what_was_done import HourRateFactory, LedgerEntryFactory, YearMeansFactory
from tests.engagement.signing import sign


def addresses() -> dict[str, str]:
    """What both sides brought to a project, to one where nothing happened yet, and what the commune can give."""
    settle()
    both = ProjectPageFactory(title="Les chemins").project
    fill(both)
    return {
        "the accounts of a project": reverse("engagement:accounts", args=[both.pk]),
        "no accounts yet": reverse("engagement:accounts", args=[ProjectPageFactory().project_id]),
        "the means of the commune": reverse("engagement:means"),
    }


def settle() -> None:
    """A year with much left, one that promised too much, a mandate."""
    year = timezone.localdate().year
    YearMeansFactory(year=year)
    YearMeansFactory(year=year - 1, euros=500, hours=5)
    Mandate.objects.create(starts_on=dt.date(year - 1, 3, 23), ends_on=dt.date(year + 5, 3, 22))


def fill(project: Project) -> None:
    """Signed promises of this year and of last, and a little of every kind from both sides."""
    today = timezone.localdate()
    convention = ConventionFactory(project=project)
    promised = {"convention": convention, "side": Side.COMMUNE, "kind": ContributionKind.MONEY}
    for due_on, much in ((today, 12_000), (dt.date(today.year - 1, 6, 1), 800)):
        CommitmentFactory(quantity=much, unit="€", value=Decimal(much), due_on=due_on, **promised)
    CommitmentFactory(convention=convention, quantity=300, value=Decimal(9_000))
    sign(convention)
    for number, (side, kind) in enumerate((side, kind) for side in Side for kind in ContributionKind):
        LedgerEntryFactory(
            project=project,
            side=side,
            kind=kind,
            what=f"Ce qui fut apporté, {kind.label}",
            quantity=1_250,
            value=1_250,
            unit="€" if kind.is_money else "h" if kind.is_in_hours else "mètres cubes",
            rate=HourRateFactory() if number == 1 else None,
            done_on=today,
        )
