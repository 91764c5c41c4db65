"""On which days does somebody look? Every so many months, whatever the lengths of months."""

import datetime as dt
from collections.abc import Iterator

from engagement.conventions import terms


def every(months: int, *, first_on: dt.date, until: dt.date) -> Iterator[dt.date]:
    """`first_on`, then every so many months up to `until`, that day included; one day only for no month at all."""
    number, day = 0, first_on
    while day <= until:
        yield day
        if not months:
            return
        number += 1
        day = terms.later(first_on, months=number * months)
