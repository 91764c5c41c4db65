"""What can the commune give in a year, what has it promised, what is left, and what would one more convention add?"""

import datetime as dt
from decimal import Decimal
from functools import partial

import pytest

from engagement.ledger import means
from engagement.models import Commitment, ContributionKind, Convention, LedgerEntry, Project, Side, Stage
from tests.engagement.factories import CommitmentFactory, ConventionFactory
from tests.engagement.factories_of_what_was_done import HourRateFactory, LedgerEntryFactory, YearMeansFactory
from tests.engagement.signing import end, sign

pytestmark = pytest.mark.django_db

MONEY, MATERIALS = ContributionKind.MONEY, ContributionKind.MATERIALS
TECHNICAL, EQUIPMENT = ContributionKind.TECHNICAL, ContributionKind.EQUIPMENT


def promise(convention: Convention, kind: ContributionKind, amount: int, *, due: int | None = 2026, **facts: object):
    """So much of the commune: hours where the kind is in hours, else euros."""
    value = None if kind.is_in_hours else Decimal(amount)
    due_on = dt.date(due, 6, 30) if due else None
    return CommitmentFactory(
        convention=convention, side=Side.COMMUNE, kind=kind, quantity=amount, value=value, due_on=due_on, **facts
    )


def bring(
    kind: ContributionKind, amount: int, *, on: int = 2026, commitment: Commitment | None = None, **facts: object
):
    project = {"project": commitment.convention.project} if commitment else {}
    return LedgerEntryFactory(
        side=Side.COMMUNE,
        kind=kind,
        quantity=amount,
        value=amount,
        done_on=dt.date(on, 5, 2),
        commitment=commitment,
        **project,
    )


def leave(convention: Convention, *, stage: Stage) -> None:
    Project.objects.filter(pk=convention.project_id).update(stage=stage)


def year(number: int = 2026) -> means.MeansOfYear:
    return next(found for found in means.by_year() if found.year == number)


def euros(number: int = 2026) -> tuple[Decimal, Decimal, Decimal | None]:
    """Committed, spent, left."""
    use = year(number).euros
    return use.committed, use.done, use.left


def test_a_year_without_promises_has_everything_left():
    YearMeansFactory(euros=60_000, hours=900)

    assert euros() == (0, 0, 60_000)
    assert year().hours.left == 900
    assert year().source.startswith("Budget primitif")


def test_what_the_commune_pays_for_is_kept_from_the_day_both_sides_signed():
    YearMeansFactory(euros=60_000)
    convention = ConventionFactory()
    promise(convention, MONEY, 1_000)
    promise(convention, MATERIALS, 500)
    promise(convention, EQUIPMENT, 300)
    CommitmentFactory(convention=convention, side=Side.RESIDENTS, kind=MATERIALS, value=Decimal(7_000))

    assert euros() == (0, 0, 60_000)
    sign(convention)
    assert euros() == (1_500, 0, 58_500)


@pytest.mark.parametrize(
    ("stage", "over"),
    [
        (Stage.UNDER_WAY, end),
        (Stage.UNDER_WAY, partial(leave, stage=Stage.GIVEN_UP)),
        (Stage.DELIVERED, partial(leave, stage=Stage.CLOSED)),
    ],
)
def test_once_nobody_is_bound_any_more_only_what_was_done_counts_in_its_year(stage, over):
    YearMeansFactory(euros=60_000, hours=900)
    convention = ConventionFactory(project__stage=stage)
    begun = promise(convention, MATERIALS, 1_000)
    promise(convention, MONEY, 500)
    promise(convention, TECHNICAL, 40)
    promise(convention, MONEY, 700, due=2028)
    sign(convention)
    bring(MATERIALS, 400, on=2027, commitment=begun)

    over(convention)

    assert euros() == (400, 400, 59_600)
    assert year().hours.left == 900
    assert [found.year for found in means.by_year()] == [2026]


def test_what_an_amendment_promised_ends_with_its_convention():
    YearMeansFactory(euros=60_000)
    convention = sign(ConventionFactory())
    amendment = ConventionFactory(project=convention.project, amends=convention)
    promise(amendment, MONEY, 700)
    sign(amendment)

    for each in (amendment, convention):
        end(each)

    assert euros() == (0, 0, 60_000)


@pytest.mark.parametrize("stage", [Stage.DELIVERED, Stage.STEWARDSHIP, Stage.TAKEN_BACK])
def test_what_stands_still_binds(stage):
    convention = ConventionFactory(project__stage=stage)
    promise(convention, MONEY, 700)

    sign(convention)

    assert year().euros.committed == 700


def test_what_is_spent_for_a_promise_takes_its_place_and_counts_once():
    YearMeansFactory(euros=60_000)
    convention = ConventionFactory()
    promised = promise(convention, MATERIALS, 1_000)
    sign(convention)

    bring(MATERIALS, 400, commitment=promised)
    assert euros() == (1_000, 400, 59_000)
    bring(MATERIALS, 900, commitment=promised)
    assert euros() == (1_300, 1_300, 58_700)


def test_what_is_spent_late_counts_in_the_year_it_was_promised_for():
    YearMeansFactory(euros=60_000)
    convention = ConventionFactory()
    promised = promise(convention, MATERIALS, 1_000)
    sign(convention)

    bring(MATERIALS, 1_000, on=2027, commitment=promised)

    assert euros() == (1_000, 1_000, 59_000)
    assert [found.year for found in means.by_year()] == [2026]


def test_what_is_spent_without_a_promise_counts_too_and_what_is_undone_does_not():
    YearMeansFactory(euros=60_000)
    entry = bring(MATERIALS, 250)
    wrong = bring(MATERIALS, 90)
    LedgerEntry.objects.create(
        project=wrong.project, side=wrong.side, kind=wrong.kind, what=wrong.what, unit=wrong.unit,
        quantity=-wrong.quantity, value=-wrong.value, reverses=wrong, reason="deux fois", done_on=wrong.done_on,
        validated_by=wrong.validated_by, recorded_at=wrong.recorded_at,
    )  # fmt: skip

    assert entry.value == 250
    assert euros() == (250, 250, 59_750)


def test_the_hours_of_agents_are_promised_and_done_apart_from_euros():
    YearMeansFactory(euros=60_000, hours=100)
    convention = ConventionFactory()
    promised = promise(convention, TECHNICAL, 30)
    promise(convention, ContributionKind.MAINTENANCE, 90, due=2027)
    sign(convention)
    bring(TECHNICAL, 12, commitment=promised)

    hours = year().hours

    assert (hours.committed, hours.done, hours.waiting, hours.left) == (30, 12, 18, 70)
    assert euros() == (0, 0, 60_000)
    assert year(2027).hours.committed == 90


def test_a_promise_without_a_day_is_due_when_its_convention_begins():
    convention = ConventionFactory(starts_on=dt.date(2028, 1, 1))
    promise(convention, MONEY, 700, due=None)

    sign(convention)

    assert year(2028).euros.committed == 700


def test_nobody_settled_that_year_and_nothing_is_said_to_be_left():
    sign(promise(ConventionFactory(), MONEY, 700).convention)

    assert (year().euros.available, year().euros.left, year().euros.is_over) == (None, None, False)


def test_what_an_amendment_replaces_is_not_kept_twice_and_what_was_spent_for_it_goes_on():
    YearMeansFactory(euros=60_000)
    convention = ConventionFactory()
    first = promise(convention, MATERIALS, 1_000)
    sign(convention)
    bring(MATERIALS, 400, commitment=first)
    amendment = ConventionFactory(project=convention.project, amends=convention)
    second = promise(amendment, MATERIALS, 1_200, replaces=first)
    sign(amendment)

    assert euros() == (1_200, 400, 58_800)

    bring(MATERIALS, 100, commitment=second)
    assert euros() == (1_200, 500, 58_800)


# --- Before a convention is signed -----------------------------------------------------------------------------


def test_before_signing_one_reads_what_it_adds_and_what_is_left():
    YearMeansFactory(euros=1_000, hours=50)
    sign(promise(ConventionFactory(), MONEY, 300).convention)
    convention = ConventionFactory()
    promise(convention, MATERIALS, 600)
    promise(convention, TECHNICAL, 40)

    [effect] = means.before_signing(convention=convention)

    assert (effect.year, effect.adds_euros, effect.adds_hours) == (2026, 600, 40)
    assert (effect.before.euros.left, effect.after.euros.left) == (700, 100)
    assert (effect.euros_go_over, effect.hours_go_over) == (False, False)


def test_before_signing_one_reads_that_the_envelope_or_the_agents_would_not_suffice():
    YearMeansFactory(euros=1_000, hours=50)
    convention = ConventionFactory()
    promise(convention, MATERIALS, 1_001)
    promise(convention, TECHNICAL, 51)

    [effect] = means.before_signing(convention=convention)

    assert (effect.euros_go_over, effect.hours_go_over) == (True, True)
    assert effect.after.euros.left == -1


def test_hours_alone_go_over_without_a_euro():
    YearMeansFactory(euros=1_000, hours=50)
    convention = ConventionFactory()
    promise(convention, TECHNICAL, 51)

    [effect] = means.before_signing(convention=convention)

    assert (effect.euros_go_over, effect.hours_go_over) == (False, True)


def test_a_convention_over_several_years_says_each_in_order():
    convention = ConventionFactory()
    promise(convention, MONEY, 200, due=2027)
    promise(convention, MONEY, 100, due=2026)

    assert [(effect.year, effect.adds_euros) for effect in means.before_signing(convention=convention)] == [
        (2026, 100),
        (2027, 200),
    ]


def test_an_amendment_adds_only_the_difference():
    first = promise(ConventionFactory(), MONEY, 500)
    sign(first.convention)
    amendment = ConventionFactory(project=first.convention.project, amends=first.convention)
    promise(amendment, MONEY, 800, replaces=first)

    [effect] = means.before_signing(convention=amendment)

    assert effect.adds_euros == 300


def test_a_convention_that_asks_nothing_of_the_commune_adds_nothing():
    convention = CommitmentFactory().convention

    assert means.before_signing(convention=convention) == []


def test_once_signed_it_adds_nothing_more():
    convention = promise(ConventionFactory(), MONEY, 500).convention

    assert means.before_signing(convention=sign(convention)) == []


def test_the_means_of_all_years_take_as_many_queries_as_those_of_one(django_assert_num_queries):
    HourRateFactory()
    for number in (2024, 2025, 2026):
        YearMeansFactory(year=number)
        sign(promise(ConventionFactory(), MONEY, 500, due=number).convention)
        bring(MONEY, 50, on=number)

    with django_assert_num_queries(4):
        assert len(means.by_year()) == 3
