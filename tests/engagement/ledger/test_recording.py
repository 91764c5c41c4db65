"""What may be written into the accounts, and how is a wrong entry undone?"""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from engagement.ledger import balance, rates, recording
from engagement.models import ContributionKind, HourRate, LedgerEntry, Side
from engagement.refusals import Refusal
from tests.engagement.factories import CommitmentFactory, IdeaFactory, ProjectFactory
from tests.engagement.factories_of_what_was_done import HourRateFactory, LedgerEntryFactory
from tests.engagement.signing import sign
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 5, 20, 13, tzinfo=dt.UTC)
HANDS, MONEY, MATERIALS = ContributionKind.HANDS, ContributionKind.MONEY, ContributionKind.MATERIALS


def record(**facts: Any) -> LedgerEntry:
    """Eight hours of hands of the residents, on a Saturday of May."""
    given = {
        "side": Side.RESIDENTS,
        "kind": HANDS,
        "what": "Chantier du samedi",
        "quantity": Decimal(8),
        "done_on": dt.date(2026, 5, 9),
        "now": NOW,
    } | facts
    given.setdefault("project", ProjectFactory() if "project" not in facts else None)
    given.setdefault("validated_by", StaffFactory(participation=True))
    return recording.record(**given)


def refused(**facts: Any) -> type[Refusal]:
    """Which refusal it meets; nothing was written, and the sentence is one."""
    before = LedgerEntry.objects.count()
    with pytest.raises(Refusal) as met:
        record(**facts)
    assert LedgerEntry.objects.count() == before
    assert met.value.sentence
    return met.type


# --- What an entry is worth -------------------------------------------------------------------------------------


def test_hours_are_worth_the_rate_of_their_day_and_keep_it():
    HourRateFactory(euros=Decimal("11.88"), from_on=dt.date(2025, 1, 1))
    new = HourRateFactory(euros=Decimal("12.02"), from_on=dt.date(2026, 5, 9))
    HourRateFactory(euros=Decimal("13"), from_on=dt.date(2026, 5, 10))

    entry = record(quantity=Decimal("3.5"))

    assert (entry.quantity, entry.unit, entry.value, entry.rate) == (Decimal("3.50"), "h", Decimal("42.07"), new)
    assert (entry.recorded_at, entry.done_on) == (NOW, dt.date(2026, 5, 9))


def test_money_is_worth_itself_whatever_else_is_said():
    entry = record(side=Side.COMMUNE, kind=MONEY, quantity=Decimal("150.5"), value=Decimal(9), unit="dollars")

    assert (entry.quantity, entry.value, entry.unit) == (Decimal("150.50"), Decimal("150.50"), "€")


def test_materials_are_worth_what_is_said_in_their_own_unit():
    entry = record(kind=MATERIALS, quantity=Decimal(12), unit=" m³ ", value=Decimal("480.00"))

    assert (entry.unit, entry.value, entry.rate) == ("m³", 480, None)


def test_hours_that_somebody_priced_keep_their_price():
    HourRateFactory()

    assert record(quantity=Decimal(2), value=Decimal(90)).value == 90


def test_half_a_cent_is_rounded_up():
    HourRateFactory(euros=Decimal("12.01"))

    assert record(quantity=Decimal("0.5")).value == Decimal("6.01")


# --- What is refused --------------------------------------------------------------------------------------------


def test_what_is_still_to_come_is_not_written_down():
    HourRateFactory()

    assert refused(done_on=dt.date(2026, 5, 21)) is recording.InTheFuture
    assert record(done_on=dt.date(2026, 5, 20)).pk


def test_what_was_done_before_the_project_does_not_count_unless_it_is_from_before():
    HourRateFactory()
    created_at = dt.datetime(2026, 5, 9, 8, tzinfo=dt.UTC)
    idea = IdeaFactory(stage="supported")
    project = ProjectFactory(idea=idea, is_from_before=False, stage="supported", created_at=created_at)

    assert refused(project=project, done_on=dt.date(2026, 5, 8)) is recording.BeforeTheProject
    assert record(project=project, done_on=dt.date(2026, 5, 9)).pk
    assert record(project=ProjectFactory(created_at=created_at), done_on=dt.date(2026, 5, 8)).pk


def test_an_entry_keeps_a_signed_promise_of_its_own_project_side_and_kind():
    HourRateFactory()
    commitment = CommitmentFactory()
    its_own = {"project": commitment.convention.project, "commitment": commitment}

    assert refused(**its_own) is recording.NotPromised
    sign(commitment.convention)
    assert refused(commitment=commitment) is recording.NotItsCommitment
    assert refused(side=Side.COMMUNE, **its_own) is recording.NotItsCommitment
    assert refused(kind=MONEY, **its_own) is recording.NotItsCommitment
    assert record(**its_own).commitment == commitment


def test_hours_of_a_day_before_the_first_rate_are_refused():
    HourRateFactory(from_on=dt.date(2026, 5, 10))
    HourRateFactory(kind=ContributionKind.TECHNICAL)

    assert refused() is recording.NoRate


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"quantity": Decimal(0)}, recording.NeedsAQuantity),
        ({"quantity": Decimal("-3")}, recording.NeedsAQuantity),
        ({"quantity": Decimal("0.004")}, recording.NeedsAQuantity),
        ({"quantity": Decimal("NaN")}, recording.TooMuch),
        ({"quantity": Decimal("1e11")}, recording.TooMuch),
        ({"quantity": Decimal("9999999999")}, recording.TooMuch),
        ({"kind": MATERIALS, "unit": "", "value": Decimal(1)}, recording.NeedsAUnit),
        ({"kind": MATERIALS, "unit": "m³"}, recording.NeedsAValue),
        ({"kind": MATERIALS, "unit": "m³", "value": Decimal(-1)}, recording.NeedsAQuantity),
    ],
)
def test_figures_that_mean_nothing_are_refused(facts, refusal):
    HourRateFactory()

    assert refused(**facts) is refusal


def test_the_same_entry_is_written_once_unless_it_is_asked_for_again():
    HourRateFactory()
    first = record()
    same = {"project": first.project, "what": "CHANTIER du samedi "}

    assert refused(**same) is recording.AlreadyWritten
    assert record(**same, quantity=Decimal(7)).pk
    assert record(**same, again=True).pk


# --- Undoing ----------------------------------------------------------------------------------------------------


def test_an_undone_entry_leaves_the_balance_as_if_it_had_never_been():
    HourRateFactory()
    kept = record()
    wrong = record(project=kept.project, quantity=Decimal("31.25"))
    by = StaffFactory(participation=True)

    undoing = recording.undo(entry=wrong, reason=" compté deux fois ", by=by, now=NOW)

    assert (undoing.quantity, undoing.value, undoing.rate) == (-wrong.quantity, -wrong.value, wrong.rate)
    assert (undoing.done_on, undoing.reason, undoing.validated_by) == (wrong.done_on, "compté deux fois", by)
    assert balance.of(project=kept.project).done(Side.RESIDENTS) == kept.value


def test_an_entry_is_undone_once_and_what_undoes_it_stays():
    entry, by = LedgerEntryFactory(), StaffFactory(participation=True)
    undoing = recording.undo(entry=entry, reason="erreur", by=by, now=NOW)

    for again in (entry, undoing):
        with pytest.raises(recording.AlreadyUndone):
            recording.undo(entry=again, reason="encore", by=by, now=NOW)


def test_an_entry_is_undone_with_a_reason():
    with pytest.raises(recording.NeedsAReason):
        recording.undo(entry=LedgerEntryFactory(), reason=" ", by=StaffFactory(participation=True), now=NOW)


def test_what_was_undone_may_be_written_right():
    HourRateFactory()
    entry = record()
    recording.undo(entry=entry, reason="mauvais jour", by=entry.validated_by, now=NOW)

    assert record(project=entry.project).pk


class AnyFigures(TestCase):
    """Whatever is written and undone."""

    @given(
        st.decimals(min_value=Decimal("0.01"), max_value=Decimal("5000"), places=2),
        st.decimals(min_value=Decimal("0.01"), max_value=Decimal("999.99"), places=2),
    )
    def test_the_euros_of_hours_are_within_half_a_cent_and_leave_no_trace_once_undone(self, quantity, euros):
        HourRateFactory(euros=euros)
        entry = record(quantity=quantity)

        assert abs(entry.value - quantity * euros) <= Decimal("0.005")
        recording.undo(entry=entry, reason="erreur", by=entry.validated_by, now=NOW)
        found = balance.of(project=entry.project)
        assert (found.cost_alone, found.hours(Side.RESIDENTS)) == (0, 0)


# --- Rates ------------------------------------------------------------------------------------------------------


def test_a_rate_that_entries_use_is_kept_by_the_rule_and_by_the_database():
    rate = HourRateFactory()
    rates.refuse_used(rate=rate)
    record()

    with pytest.raises(rates.RateInUse):
        rates.refuse_used(rate=rate)
    with pytest.raises(IntegrityError, match="is kept"), transaction.atomic():
        HourRate.objects.filter(pk=rate.pk).update(euros=99)
    with pytest.raises(IntegrityError, match="is kept"), transaction.atomic():
        HourRate.objects.filter(pk=rate.pk)._raw_delete("default")


def test_a_rate_that_nobody_used_may_be_put_right():
    rate = HourRateFactory()

    HourRate.objects.filter(pk=rate.pk).update(euros=Decimal("12.03"))

    assert rates.known().on(dt.date(2026, 1, 1), kind=HANDS).euros == Decimal("12.03")
    assert rates.known().on(dt.date(2025, 12, 31), kind=HANDS) is None
