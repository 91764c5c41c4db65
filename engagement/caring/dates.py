"""On which days does somebody look? Every so many months, whatever the lengths of months."""

import calendar
import datetime as dt
from collections.abc import Iterator

MONTHS = 12


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last of a month that is too short for it."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def every(months: int, *, first_on: dt.date, until: dt.date) -> Iterator[dt.date]:
    """`first_on`, then every so many months up to `until`, that day included; one day only for no month at all."""
    number, day = 0, first_on
    while day <= until:
        yield day
        if not months:
            return
        number += 1
        day = months_after(first_on, number * months)
