"""How long does the database take for the balance of a project with ten thousand entries, among others as large?"""

import datetime as dt
from decimal import Decimal
from itertools import islice, product
from statistics import median

from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engagement.ledger import balance
from engagement.models import ContributionKind, LedgerEntry, Project, Side
from tests.bench.figures import Figure
from tests.engagement.factories import CommitmentFactory, ConventionFactory, ProjectFactory
from tests.engagement.signing import sign
from tests.factories import StaffFactory

ENTRIES, OTHERS, TIMES = 10_000, 4, 9


def measure() -> list[Figure]:
    """The one query as PostgreSQL times it, after the tables were looked at once."""
    staff = StaffFactory()
    project, *_others = [filled(staff) for _each in range(1 + OTHERS)]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE engagement_ledgerentry, engagement_commitment, engagement_convention")
    took = [milliseconds(project) for _time in range(TIMES)]
    note = (
        f"one query, among {ENTRIES * OTHERS:,} of others; EXPLAIN ANALYZE, median of {TIMES}, at most {max(took):.1f}"
    )
    return [Figure(f"balance of a project of {ENTRIES:,} entries", median(took), "ms", note, "balance_ms")]


def filled(staff: User) -> Project:
    """Both sides, every kind, and a signed convention of twenty promises."""
    project, day, now = ProjectFactory(), dt.date(2026, 1, 2), timezone.now()
    convention = ConventionFactory(project=project)
    for side in Side:
        CommitmentFactory.create_batch(10, convention=convention, side=side, value=Decimal(100))
    sign(convention)
    sorts = list(islice((pair for _again in range(ENTRIES) for pair in product(Side, ContributionKind)), ENTRIES))
    LedgerEntry.objects.bulk_create(
        [
            LedgerEntry(
                project=project,
                side=side,
                kind=kind,
                what=f"Chantier {number}",
                quantity=Decimal("12.02"),
                unit="h",
                value=Decimal("12.02"),
                done_on=day + dt.timedelta(days=number % 300),
                validated_by=staff,
                recorded_at=now,
            )
            for number, (side, kind) in enumerate(sorts)
        ],
        batch_size=2_000,
    )
    return project


def milliseconds(project: Project) -> float:
    """Planning and execution of exactly the query that `balance.of` asks."""
    with CaptureQueriesContext(connection) as asked:
        balance.of(project=project)
    [query] = asked.captured_queries
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query['sql']}")
        [[[plan]]] = cursor.fetchall()
    return plan["Planning Time"] + plan["Execution Time"]
