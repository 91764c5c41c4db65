"""What are promised hours worth in the text that is signed? So many at the rate of its first day, for good."""

import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from engagement.ledger import rates
from engagement.models import Commitment, ContributionKind, Convention

from . import content
from .content import Promised


def priced(promises: Iterable[Promised], *, on: dt.date) -> list[Promised]:
    """Hours that nobody priced with their value in euros, to the cent, where a rate of that day is known."""
    known = rates.known()
    return sorted((with_value(each, known, on=on) for each in promises), key=content.in_order)


def with_value(each: Promised, known: rates.Rates, *, on: dt.date) -> Promised:
    if each["value"] or not each["quantity"] or each["kind"] not in ContributionKind.in_hours():
        return each
    rate = known.on(on, kind=ContributionKind(each["kind"]))
    if rate is None:
        return each
    worth = (Decimal(each["quantity"]) * rate.euros).quantize(content.CENT, ROUND_HALF_UP)
    return {**each, "value": content.amount(worth)}


def write(promises: Iterable[Promised], *, convention: Convention) -> None:
    """As the rows of a draft, which its balance reads."""
    convention.commitments.all().delete()
    Commitment.objects.bulk_create([content.row_of(each, convention=convention) for each in promises])
