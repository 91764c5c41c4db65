"""How long is a period, and which day did it begin if it ends now?"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import ngettext

from communities.models import Unit

A_YEAR = 12
DAYS_OF_A_MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class Length:
    """So many days, or so many months of the calendar."""

    number: int
    unit: Unit

    def before(self, now: datetime) -> datetime:
        """The moment that far back; from 31 May, a month leads to 30 April."""
        if self.unit == Unit.DAYS:
            return now - timedelta(days=self.number)
        year, month = divmod(now.year * A_YEAR + now.month - 1 - self.number, A_YEAR)
        return now.replace(year=year, month=month + 1, day=min(now.day, monthrange(year, month + 1)[1]))

    @property
    def in_days(self) -> float:
        """For comparing one with another."""
        return self.number if self.unit == Unit.DAYS else self.number * DAYS_OF_A_MONTH

    def __str__(self) -> str:
        if self.unit == Unit.DAYS:
            return ngettext("%(number)d day", "%(number)d days", self.number) % {"number": self.number}
        return ngettext("%(number)d month", "%(number)d months", self.number) % {"number": self.number}


def days(number: int) -> Length:
    return Length(number, Unit.DAYS)


def months(number: int) -> Length:
    return Length(number, Unit.MONTHS)
