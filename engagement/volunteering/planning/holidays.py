"""On which days is nobody expected to work in France? So that a series can say so before it is made."""

import datetime as dt

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIXED: dict[tuple[int, int], str | Promise] = {
    (1, 1): _("New Year’s Day"),
    (5, 1): _("Labour Day"),
    (5, 8): _("Victory Day"),
    (7, 14): _("Bastille Day"),
    (8, 15): _("Assumption Day"),
    (11, 1): _("All Saints’ Day"),
    (11, 11): _("Armistice Day"),
    (12, 25): _("Christmas Day"),
}
AFTER_EASTER: dict[int, str | Promise] = {
    0: _("Easter Sunday"),
    1: _("Easter Monday"),
    39: _("Ascension Day"),
    49: _("Whit Sunday"),
    50: _("Whit Monday"),
}


def name_of(day: dt.date) -> str:
    """The public holiday on that day, in the language of now; empty on any other (Code du travail, L3133-1)."""
    found = FIXED.get((day.month, day.day)) or AFTER_EASTER.get((day - easter(day.year)).days)
    return str(found or "")


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (the method of Meeus, Jones and Butcher)."""
    golden, century, of_century = year % 19, year // 100, year % 100
    correction = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - correction - of_century % 4) % 7
    shift = (golden + 11 * correction + 22 * weekday) // 451
    month, day = divmod(correction + weekday - 7 * shift + 114, 31)
    return dt.date(year, month, day + 1)
