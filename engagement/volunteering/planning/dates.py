"""On which days is a series? The same weekday, each week, every second week or once a month."""

import calendar
import datetime as dt
from collections.abc import Iterator
from itertools import islice, takewhile

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST = 30
A_WEEK = dt.timedelta(weeks=1)


class Rhythm(models.TextChoices):
    """How often?"""

    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every second week")
    MONTHLY = "monthly", _("once a month, the same weekday")


def after(first: dt.date, *, rhythm: str, until: dt.date) -> list[dt.date]:
    """The days that follow `first`, which is not one of them, up to `until` and MOST of them."""
    return list(islice(takewhile(lambda day: day <= until, following(first, rhythm)), MOST))


def following(first: dt.date, rhythm: str) -> Iterator[dt.date]:
    if rhythm == Rhythm.MONTHLY:
        yield from same_weekdays(first)
        return
    step, day = A_WEEK * (2 if rhythm == Rhythm.FORTNIGHTLY else 1), first
    while True:
        day += step
        yield day


def same_weekdays(first: dt.date) -> Iterator[dt.date]:
    """The second Saturday of each month, after a second Saturday; the last one, after a fifth."""
    place, year, month = (first.day - 1) // 7, first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        days = [day for day in all_days(year, month) if day.weekday() == first.weekday()]
        yield days[min(place, len(days) - 1)]


def all_days(year: int, month: int) -> list[dt.date]:
    return [dt.date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)]
