"""What did both sides bring in a year, in a mandate, and altogether?"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Value, When
from django.db.models.functions import ExtractYear

from engagement.models import LedgerEntry
from engagement.models.ledger import LedgerEntryQuerySet
from meetings.models import Mandate

from . import balance
from .balance import Balance


@dataclass(frozen=True, kw_only=True, slots=True)
class Total:
    """What was brought between two days, both included, in so many projects."""

    name: str
    first: dt.date
    last: dt.date
    projects: int
    balance: Balance
    is_mandate: bool = False


def by_year() -> list[Total]:
    """Every year in which something was brought, the latest first; in two queries."""
    entries = LedgerEntry.objects.annotate(period=ExtractYear("done_on"))
    balances, projects = summed(entries), projects_of(entries)
    return [
        Total(
            name=str(year),
            first=dt.date(year, 1, 1),
            last=dt.date(year, 12, 31),
            projects=projects.get(year, 0),
            balance=balances[year],
        )
        for year in sorted(balances, reverse=True)
    ]


def by_mandate() -> list[Total]:
    """Every mandate, the latest first, also one in which nothing was brought yet; in three queries."""
    mandates = list(Mandate.objects.all())
    if not mandates:
        return []
    whens = [When(done_on__range=(one.starts_on, one.ends_on), then=Value(one.pk)) for one in mandates]
    entries = LedgerEntry.objects.annotate(period=Case(*whens, output_field=IntegerField()))
    entries = entries.filter(period__isnull=False)
    balances, projects = summed(entries), projects_of(entries)
    return [
        Total(
            name=str(one),
            first=one.starts_on,
            last=one.ends_on,
            projects=projects.get(one.pk, 0),
            balance=balances.get(one.pk, Balance()),
            is_mandate=True,
        )
        for one in mandates
    ]


def altogether() -> Balance:
    """All that was ever brought, in one query; what is promised is not in it."""
    return balance.of_entries(entries=LedgerEntry.objects.all())


def summed(entries: LedgerEntryQuerySet) -> dict[int, Balance]:
    return balance.gathered(balance.entries_by_kind(entries, "period"), by="period")


def projects_of(entries: LedgerEntryQuerySet) -> dict[int, int]:
    """How many projects brought something; what was undone counts for nothing."""
    counted = entries.standing().order_by().values("period")  # type: ignore[misc]  # annotated by whoever asks
    rows = counted.annotate(projects=Count("project", distinct=True))
    return {row["period"]: row["projects"] for row in rows}
