"""Until when does a convention run? Its first term, those by which it goes on of itself, and its last day."""

import calendar
import datetime as dt
from dataclasses import dataclass

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Terms:
    """`months` from `starts_on`; then at most `renewals` times `renewable_months` more, unless somebody ends it."""

    starts_on: dt.date
    months: int
    renewable_months: int = 0
    renewals: int = 0

    @property
    def is_renewable(self) -> bool:
        return self.renewable_months > 0 and self.renewals > 0

    @property
    def first_end(self) -> dt.date:
        return self.end_after(0)

    @property
    def last_day(self) -> dt.date:
        """With every renewal."""
        return self.end_after(self.renewals if self.is_renewable else 0)

    def end_after(self, renewals: int) -> dt.date:
        return later(self.starts_on, months=self.months + renewals * self.renewable_months) - dt.timedelta(days=1)

    def ends(self) -> list[dt.date]:
        """The last day of each term, in order."""
        return [self.end_after(done) for done in range(self.renewals + 1 if self.is_renewable else 1)]

    def renews_after(self, today: dt.date) -> dt.date | None:
        """The next day at whose evening it goes on by itself; None when it will only end."""
        return next((end for end in self.ends()[:-1] if end >= today), None)


def later(day: dt.date, *, months: int) -> dt.date:
    """The same day of the month, so many months later; the month's last day where it has no such day."""
    at = day.year * MONTHS_A_YEAR + day.month - 1 + months
    year, month = at // MONTHS_A_YEAR, at % MONTHS_A_YEAR + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def reviews(*, starts_on: dt.date, every: int, last_day: dt.date) -> list[dt.date]:
    """The days on which both sides look at it together, every so many months before its end; none for 0."""
    if not every:
        return []
    found: list[dt.date] = []
    while (day := later(starts_on, months=every * (len(found) + 1))) < last_day:
        found.append(day)
    return found
