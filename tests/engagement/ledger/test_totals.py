"""What did both sides bring in a year, in a mandate, altogether?"""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from engagement.ledger import recording, totals
from engagement.models import ContributionKind, LedgerEntry, Side
from meetings.models import Mandate
from tests.engagement.factories import ProjectFactory
from tests.engagement.factories_of_what_was_done import LedgerEntryFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


def brought(euros: int, on: dt.date, side: Side = Side.RESIDENTS, **facts: object) -> LedgerEntry:
    return LedgerEntryFactory(
        side=side, kind=ContributionKind.MATERIALS, value=Decimal(euros), quantity=1, unit="lot", done_on=on, **facts
    )


def mandate(first: int, last: int) -> Mandate:
    """From one spring to another."""
    return Mandate.objects.create(starts_on=dt.date(first, 4, 1), ends_on=dt.date(last, 3, 31))


def test_a_year_holds_what_was_brought_from_its_first_to_its_last_day():
    project = ProjectFactory()
    brought(10, dt.date(2025, 12, 31), project=project)
    brought(100, dt.date(2026, 1, 1), project=project)
    brought(50, dt.date(2026, 12, 31), Side.COMMUNE)

    latest, former = totals.by_year()

    assert (latest.name, latest.projects) == ("2026", 2)
    assert (latest.balance.done(Side.RESIDENTS), latest.balance.done(Side.COMMUNE)) == (100, 50)
    assert (former.name, former.balance.cost_alone, former.projects) == ("2025", 10, 1)


def test_a_mandate_holds_what_was_brought_from_its_first_to_its_last_day():
    old, new = mandate(2020, 2026), mandate(2026, 2032)
    brought(10, dt.date(2026, 3, 31))
    brought(100, dt.date(2026, 4, 1))
    brought(1, dt.date(2019, 1, 1))

    found = totals.by_mandate()

    assert [(total.name, total.balance.cost_alone, total.projects) for total in found] == [
        (str(new), 100, 1),
        (str(old), 10, 1),
    ]


def test_a_mandate_that_begins_has_brought_nothing_yet():
    mandate(2026, 2032)

    [total] = totals.by_mandate()

    assert (total.projects, total.balance.cost_alone, total.balance.saved_share) == (0, 0, 0)
    assert not totals.by_year()


def test_what_was_undone_counts_in_no_year_and_for_no_project():
    entry = brought(10, dt.date(2025, 6, 1))
    recording.undo(entry=entry, reason="erreur", by=StaffFactory(participation=True), now=timezone.now())

    [total] = totals.by_year()

    assert (total.projects, total.balance.cost_alone) == (0, 0)


def test_years_mandates_and_the_whole_add_up(django_assert_num_queries):
    mandate(2020, 2026)
    for year in (2021, 2022, 2023):
        brought(year, dt.date(year, 5, 1))

    with django_assert_num_queries(2 + 3 + 1):
        years, [whole_mandate], whole = totals.by_year(), totals.by_mandate(), totals.altogether()

    assert sum(total.balance.cost_alone for total in years) == whole_mandate.balance.cost_alone == whole.cost_alone


# --- Mandates ---------------------------------------------------------------------------------------------------


def test_two_mandates_never_run_on_one_day():
    mandate(2020, 2026)
    other = Mandate(starts_on=dt.date(2026, 3, 31), ends_on=dt.date(2032, 3, 30))

    with pytest.raises(ValidationError):
        other.full_clean()
    with pytest.raises(IntegrityError, match="one_mandate_at_a_time"), transaction.atomic():
        other.save()


def test_a_mandate_ends_after_it_began():
    with pytest.raises(ValidationError):
        Mandate(starts_on=dt.date(2026, 4, 1), ends_on=dt.date(2026, 4, 1)).full_clean()


def test_the_mandate_of_a_day_is_the_one_that_runs():
    running = mandate(2026, 2032)

    assert Mandate.objects.on(dt.date(2026, 4, 1)) == running
    assert Mandate.objects.on(dt.date(2032, 3, 31)) == running
    assert Mandate.objects.on(dt.date(2032, 4, 1)) is None
