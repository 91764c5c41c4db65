"""What was an hour worth on that day, and may that still be changed?"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from engagement.models import ContributionKind, HourRate, LedgerEntry
from engagement.refusals import Refusal


class RateInUse(Refusal):
    """Entries were priced by it; they are never rewritten, so it is not either."""

    MESSAGE = _("Entries are worth this value: it stays as it is. Add a new value, from the day it counts.")


@dataclass(frozen=True, slots=True)
class Rates:
    """Every rate, the latest first."""

    rates: tuple[HourRate, ...]

    def on(self, day: dt.date, *, kind: ContributionKind) -> HourRate | None:
        """The one that counts on that day; None before the first."""
        return next((rate for rate in self.rates if rate.kind == kind and rate.from_on <= day), None)


def held() -> Rates:
    """In a transaction: nobody changes them until its end."""
    return Rates(tuple(HourRate.objects.select_for_update().order_by("-from_on")))


def known() -> Rates:
    """As they are now."""
    return Rates(tuple(HourRate.objects.order_by("-from_on")))


def is_used(*, rate: HourRate) -> bool:
    return LedgerEntry.objects.filter(rate=rate).exists()


def refuse_used(*, rate: HourRate) -> None:
    """Raise RateInUse where entries were priced by it; so does the database."""
    if is_used(rate=rate):
        raise RateInUse
