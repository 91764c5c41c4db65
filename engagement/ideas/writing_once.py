"""How often does one address hear of the same thing, when someone presses again and again? Once in ten minutes."""

import datetime as dt

from communities.models import Mailing, Resident
from communities.post import mailings

QUIET = dt.timedelta(minutes=10)


def write(*, kind: str, key: int, title: str, resident: Resident, now: dt.datetime, anew: bool = False) -> None:
    """The letter that answers what they just did, unless the same left for the same address a moment ago.

    `anew`: it says something else than the last one.
    """
    same = Mailing.objects.filter(kind=kind, key=str(key), deliveries__resident=resident, created_at__gt=now - QUIET)
    if anew or not same.exists():
        mailings.post_one(kind=kind, key=str(key), title=title, resident=resident, now=now)
