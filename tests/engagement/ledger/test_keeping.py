"""How far is each promise kept?"""

from decimal import Decimal

import pytest
from django.utils import timezone

from engagement.ledger import keeping, recording
from engagement.models import Commitment, LedgerEntry
from tests.engagement.factories import CommitmentFactory, ConventionFactory
from tests.engagement.factories_of_what_was_done import LedgerEntryFactory
from tests.engagement.signing import sign
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


def promised(quantity: int | None = 40, **facts: object) -> Commitment:
    """Hours, in a convention that both sides signed."""
    commitment = CommitmentFactory(quantity=quantity, **facts)
    sign(commitment.convention)
    return commitment


def bring(commitment: Commitment, hours: int) -> LedgerEntry:
    return LedgerEntryFactory(
        project=commitment.convention.project, commitment=commitment, quantity=hours, value=Decimal(hours)
    )


def test_a_promise_is_kept_once_as_much_was_brought():
    commitment = promised(40)
    project = commitment.convention.project

    bring(commitment, 30)
    [half_way] = keeping.of(project)
    bring(commitment, 10)
    [kept] = keeping.of(project)

    assert (half_way.done_quantity, half_way.is_kept) == (30, False)
    assert (kept.done_quantity, kept.done, kept.is_kept) == (40, 40, True)


def test_what_was_undone_keeps_no_promise():
    commitment = promised(40)
    entry = bring(commitment, 40)

    recording.undo(entry=entry, reason="erreur", by=StaffFactory(participation=True), now=timezone.now())

    [found] = keeping.of(commitment.convention.project)
    assert (found.done_quantity, found.is_kept) == (0, False)


def test_a_promise_without_a_quantity_is_kept_by_anything():
    commitment = promised(None)

    bring(commitment, 1)

    [found] = keeping.of(commitment.convention.project)
    assert (found.is_counted, found.is_kept) == (False, True)


def test_what_was_done_for_a_replaced_promise_counts_for_the_one_in_its_place():
    first = promised(40)
    project = first.convention.project
    bring(first, 30)
    latest = first
    for quantity in (50, 60):
        amendment = ConventionFactory(project=project, amends=first.convention)
        latest = CommitmentFactory(convention=amendment, quantity=quantity, replaces=latest)
        sign(amendment)
        bring(latest, 10)

    [found] = keeping.of(project)

    assert (found.commitment, found.done_quantity, found.is_kept) == (latest, 50, False)


def test_what_is_not_signed_promises_nothing():
    assert keeping.of(CommitmentFactory().convention.project) == []


def test_many_promises_take_one_query(django_assert_num_queries):
    convention = ConventionFactory()
    CommitmentFactory.create_batch(12, convention=convention)
    project = sign(convention).project

    with django_assert_num_queries(1):
        assert len(keeping.of(project)) == 12
