"""What are promised hours worth? What the signed text says: a rate written later, for an earlier day, moves none."""

import datetime as dt
from decimal import Decimal

import pytest

from engagement.conventions import documents, drafting, freezing, versions
from engagement.ledger import balance
from engagement.models import ContributionKind, Convention, Side
from tests.engagement.conventions.conventions import NOW, officer, proposed, sign, signed, write
from tests.engagement.factories_of_what_was_done import HourRateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rate() -> None:
    HourRateFactory(euros=Decimal("12.02"), from_on=dt.date(2026, 1, 1))


def worth(convention: Convention) -> Decimal:
    return balance.of(project=convention.project).promised(Side.RESIDENTS)


def values(convention: Convention) -> list[Decimal | None]:
    return [each.value for each in convention.commitments.order_by("side")]


def test_a_backdated_rate_does_not_move_what_was_promised():
    convention = signed()
    assert worth(convention) == Decimal("480.80")

    HourRateFactory(euros=Decimal("99"), from_on=NOW.date())

    assert worth(convention) == Decimal("480.80")


def test_the_text_that_is_signed_says_what_hours_are_worth_and_so_does_its_page():
    convention = proposed()

    assert "480,80" in convention.text
    assert [promise.value for promise in documents.facts_of(convention).promises] == [Decimal(900), Decimal("480.80")]
    assert values(convention) == [Decimal(900), Decimal("480.80")]


def test_taken_back_they_are_what_somebody_typed_and_are_priced_anew():
    by = officer()
    convention = proposed(by=by)
    freezing.take_back(convention=convention, by=by)
    assert values(convention) == [Decimal(900), None]
    assert [each["value"] for each in versions.latest(convention)["commitments"]] == ["900.00", ""]

    HourRateFactory(euros=Decimal("13"), from_on=NOW.date())
    freezing.propose(convention=convention, by=by, now=NOW)
    sign(convention, *Side, by=by)

    assert worth(convention) == Decimal(520)


@pytest.mark.parametrize(
    ("kind", "quantity", "value", "left"),
    [
        (ContributionKind.HANDS, Decimal(40), Decimal(100), Decimal(100)),
        (ContributionKind.HANDS, None, None, None),
        (ContributionKind.HANDS, Decimal("0.25"), None, Decimal("3.01")),
        (ContributionKind.TECHNICAL, Decimal(40), None, None),
        (ContributionKind.MATERIALS, Decimal(40), None, None),
    ],
)
def test_only_hours_that_nobody_priced_and_whose_rate_is_known_get_a_value(kind, quantity, value, left):
    by = officer()
    convention = proposed(by=by)
    freezing.take_back(convention=convention, by=by)
    wood = drafting.promise(side=Side.COMMUNE, kind=ContributionKind.MATERIALS, what="Le bois", value=Decimal(900))
    other = drafting.promise(side=Side.RESIDENTS, kind=kind, what="Autre", quantity=quantity, value=value)
    write(convention, by=by, commitments=[wood, other])

    freezing.propose(convention=convention, by=by, now=NOW)

    assert convention.commitments.get(what="Autre").value == left
