"""Who hears each January how many hours they gave? Whoever asked for it, once, and only if there are some."""

import datetime as dt

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import Mailing, Resident
from communities.post import mailings
from engagement import telling
from engagement.models import ThanksChoice, ThanksMatter

from . import hours

LETTER_KIND = "yearly-hours"
JANUARY = 1
SENDING = 0x5050_0033
"""The advisory lock under which a year's letters are posted: two clocks post them once."""


@transaction.atomic
def send(*, now: dt.datetime) -> int:
    """In January, the letters of the year before; to how many. Any later tick of that month does nothing."""
    today = timezone.localdate(now)
    year = today.year - 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SENDING])
    if today.month != JANUARY or Mailing.objects.filter(kind=LETTER_KIND, key=str(year)).exists():
        return 0
    ways = [(resident, telling.way_to(resident)) for resident in willing(year)]
    addressees = [mailings.Addressee(resident.pk, way) for resident, way in ways if way]
    if addressees:
        mailings.post(
            kind=LETTER_KIND,
            key=str(year),
            title=_("Your hours of %(year)s") % {"year": year},
            addressees=addressees,
            now=now,
        )
    return len(addressees)


def willing(year: int) -> list[Resident]:
    """Those who asked for it and gave some hours in that year."""
    asked = ThanksChoice.objects.holding(ThanksMatter.YEARLY)
    gave = hours.confirmed().filter(work_day__meeting__starts_at__year=year)
    known = Resident.objects.known().filter(pk__in=asked.values("resident"))
    return list(known.filter(pk__in=gave.values("volunteer__resident")))
