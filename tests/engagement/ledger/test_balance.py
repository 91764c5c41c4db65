"""Does each side bring its half, and what did the commune save?"""

from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from engagement.ledger import balance
from engagement.models import ContributionKind, LedgerEntry, Project, Side
from tests.engagement.factories import CommitmentFactory, ConventionFactory, ProjectFactory
from tests.engagement.factories_of_what_was_done import HourRateFactory, LedgerEntryFactory
from tests.engagement.signing import end, sign
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

RESIDENTS, COMMUNE = Side.RESIDENTS, Side.COMMUNE
HANDS, MONEY, MATERIALS = ContributionKind.HANDS, ContributionKind.MONEY, ContributionKind.MATERIALS


def paid(euros: str, **facts: object) -> LedgerEntry:
    """Money of the commune."""
    amount = Decimal(euros)
    return LedgerEntryFactory(side=COMMUNE, kind=MONEY, quantity=amount, value=amount, unit="€", **facts)


def test_nothing_is_an_empty_balance():
    found = balance.of(project=ProjectFactory())

    assert found.is_empty
    assert (found.cost_alone, found.saved_share) == (0, 0)


def test_each_side_brings_the_sum_of_its_entries():
    project = ProjectFactory()
    LedgerEntryFactory(project=project, quantity=Decimal("7.5"), value=Decimal("90.15"))
    LedgerEntryFactory(project=project, quantity=Decimal("0.25"), value=Decimal("3.01"))
    paid("30.10", project=project)
    paid("999", project=ProjectFactory())

    found = balance.of(project=project)

    assert (found.done(RESIDENTS), found.hours(RESIDENTS)) == (Decimal("93.16"), Decimal("7.75"))
    assert (found.done(COMMUNE), found.hours(COMMUNE)) == (Decimal("30.10"), 0)
    assert (found.cost_alone, found.saved) == (Decimal("123.26"), Decimal("93.16"))


def test_the_share_saved_is_the_residents_half_of_what_the_commune_would_have_paid_alone():
    project = ProjectFactory()
    LedgerEntryFactory(project=project, value=Decimal(70_000))
    paid("30000", project=project)

    assert balance.of(project=project).saved_share == Decimal("0.7")


# --- What is promised ------------------------------------------------------------------------------------------


def test_what_is_promised_is_what_both_sides_signed_and_nothing_else():
    convention = ConventionFactory()
    CommitmentFactory(convention=convention, quantity=Decimal(40), value=Decimal(480))
    never_signed = ConventionFactory(project=convention.project)
    CommitmentFactory(convention=never_signed, quantity=Decimal(1000), value=Decimal(9000))

    before = balance.of(project=convention.project)
    sign(convention)
    after = balance.of(project=convention.project)

    assert before.is_empty
    assert (after.promised(RESIDENTS), after.promised_hours(RESIDENTS)) == (480, 40)
    assert after.done(RESIDENTS) == 0


def test_what_an_ended_convention_promised_stays_promised():
    convention = ConventionFactory()
    CommitmentFactory(convention=convention, value=Decimal(480))

    end(sign(convention))

    assert balance.of(project=convention.project).promised(RESIDENTS) == 480


def test_a_signed_amendment_takes_the_place_of_what_it_replaces_and_adds_the_rest():
    convention = ConventionFactory()
    replaced = CommitmentFactory(convention=convention, quantity=Decimal(40), value=Decimal(480))
    CommitmentFactory(convention=convention, quantity=Decimal(5), value=Decimal(60))
    sign(convention)
    amendment = ConventionFactory(project=convention.project, amends=convention)
    CommitmentFactory(convention=amendment, replaces=replaced, quantity=Decimal(50), value=Decimal(600))
    CommitmentFactory(convention=amendment, quantity=Decimal(1), value=Decimal(12))

    while_written = balance.of(project=convention.project)
    sign(amendment)
    once_signed = balance.of(project=convention.project)

    assert (while_written.promised_hours(RESIDENTS), while_written.promised(RESIDENTS)) == (45, 540)
    assert (once_signed.promised_hours(RESIDENTS), once_signed.promised(RESIDENTS)) == (56, 672)


def test_hours_nobody_priced_are_worth_the_rate_of_the_first_day():
    HourRateFactory(euros=Decimal("11.88"), from_on="2024-01-01")
    HourRateFactory(euros=Decimal("12.02"), from_on="2026-01-01")
    HourRateFactory(euros=Decimal("99"), from_on="2026-03-02")
    HourRateFactory(kind=ContributionKind.TECHNICAL, euros=Decimal("35"), from_on="2026-01-01")
    convention = ConventionFactory(starts_on="2026-03-01")
    CommitmentFactory(convention=convention, quantity=Decimal("10.5"))

    assert balance.of(project=sign(convention).project).promised(RESIDENTS) == Decimal("126.21")


def test_money_is_worth_itself_and_what_nobody_can_price_is_counted_as_such():
    convention = ConventionFactory()
    CommitmentFactory(convention=convention, side=COMMUNE, kind=MONEY, quantity=Decimal(800), unit="€")
    CommitmentFactory(convention=convention, side=COMMUNE, kind=MATERIALS, quantity=Decimal(6), unit="bacs")
    CommitmentFactory(convention=convention, kind=HANDS, quantity=Decimal(40))

    found = balance.of(project=sign(convention).project)

    assert (found.promised(COMMUNE), found.promised(RESIDENTS)) == (800, 0)
    assert found.unpriced == 2


def test_balances_of_many_projects_take_as_many_queries_as_that_of_one(django_assert_num_queries):
    projects = [LedgerEntryFactory().project for _each in range(5)]
    for project in projects:
        sign(CommitmentFactory(convention__project=project).convention)

    with django_assert_num_queries(1):
        assert balance.of(project=projects[0]).hours(RESIDENTS) == 8
    with django_assert_num_queries(1):
        found = balance.of_each(projects=[project.pk for project in projects])
    with django_assert_num_queries(1):
        same = balance.of_each(projects=Project.objects.values("pk"))

    assert found == same
    assert all(
        (found[project.pk].hours(RESIDENTS), found[project.pk].promised_hours(RESIDENTS)) == (8, 40)
        for project in projects
    )


# --- Whatever is written, in any order -------------------------------------------------------------------------

EUROS = st.decimals(min_value=0, max_value=Decimal("99999.99"), places=2)
HOURS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999.99"), places=2)
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(Side), st.sampled_from([kind for kind in ContributionKind if kind != MONEY]), HOURS, EUROS
    ),
    max_size=12,
)


class AnyEntries(TestCase):
    """Sums that never drift, whoever writes what and when."""

    def setUp(self):
        self.staff = StaffFactory()

    def write(self, entries):
        project = ProjectFactory()
        for side, kind, quantity, value in entries:
            LedgerEntryFactory(
                project=project, side=side, kind=kind, quantity=quantity, value=value, validated_by=self.staff
            )
        return project

    @given(ENTRIES)
    def test_the_balance_is_the_sum_of_its_entries(self, entries):
        found = balance.of(project=self.write(entries))

        for side in Side:
            assert found.done(side) == sum((value for whose, _k, _q, value in entries if whose == side), Decimal(0))
            for kind in ContributionKind:
                theirs = [(q, value) for whose, of, q, value in entries if (whose, of) == (side, kind)]
                assert found.done(side, kind) == sum((value for _q, value in theirs), Decimal(0))
                assert sum(part.done_quantity for part in found.of(side, kind)) == sum(q for q, _value in theirs)
        assert found.cost_alone == sum((value for *_rest, value in entries), Decimal(0))

    @given(ENTRIES, st.randoms(use_true_random=False))
    def test_in_any_order(self, entries, chance):
        shuffled = chance.sample(entries, len(entries))

        assert balance.of(project=self.write(entries)) == balance.of(project=self.write(shuffled))

    @given(ENTRIES, HOURS, EUROS)
    def test_a_reversal_restores_it_exactly(self, entries, quantity, value):
        project = self.write(entries)
        before = balance.of(project=project)
        facts = {"project": project, "kind": HANDS, "validated_by": self.staff}

        wrong = LedgerEntryFactory(quantity=quantity, value=value, **facts)
        between = balance.of(project=project)
        LedgerEntryFactory(quantity=-quantity, value=-value, reverses=wrong, reason="compté deux fois", **facts)
        after = balance.of(project=project)

        assert between.done(RESIDENTS) == before.done(RESIDENTS) + value
        assert [p for p in after.parts if p.done_quantity or p.done] == [
            p for p in before.parts if p.done_quantity or p.done
        ]

    @given(st.lists(st.tuples(st.sampled_from(Side), HOURS, EUROS), max_size=6), ENTRIES)
    def test_what_is_promised_and_what_is_done_never_mix(self, promises, entries):
        project = self.write(entries)
        done = balance.of(project=project)
        convention = ConventionFactory(project=project)
        for side, quantity, value in promises:
            CommitmentFactory(convention=convention, side=side, quantity=quantity, value=value)

        found = balance.of(project=sign(convention).project)

        for side in Side:
            assert found.done(side) == done.done(side)
            assert found.hours(side) == done.hours(side)
            assert found.promised(side) == sum((value for whose, _q, value in promises if whose == side), Decimal(0))
            assert found.promised_hours(side) == sum((q for whose, q, _v in promises if whose == side), Decimal(0))


def test_a_thousand_cents_are_ten_euros():
    project, staff, now = ProjectFactory(), StaffFactory(), timezone.now()
    cent = {"project": project, "side": RESIDENTS, "kind": HANDS, "what": "x", "unit": "h", "done_on": "2026-01-02"}
    LedgerEntry.objects.bulk_create(
        LedgerEntry(quantity=Decimal("0.01"), value=Decimal("0.01"), validated_by=staff, recorded_at=now, **cent)
        for _each in range(1000)
    )

    assert balance.of(project=project).done(RESIDENTS) == Decimal(10)
