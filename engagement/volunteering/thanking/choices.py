"""Who would be thanked by name, and have their hours by letter? Only who said so; the last word holds."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from communities.folding import fold
from communities.models import Resident
from engagement.models import ThanksChoice, ThanksMatter, WorkDay

WORDING = "thanks-1"


def of(resident: Resident) -> dict[str, ThanksChoice]:
    """The last word about each matter; one query."""
    return {each.matter: each for each in ThanksChoice.objects.filter(resident=resident).order_by("pk")}


@transaction.atomic
def say(*, resident: Resident, matter: str, granted: bool, shown_as: str = "", now: dt.datetime) -> None:
    """Keep a word that changes something; none was a no."""
    before = of(resident).get(matter)
    was = (before.granted, before.shown_as) if before and before.granted else (False, "")
    if was == (granted, shown_as if granted else ""):
        return
    ThanksChoice.objects.create(
        resident=resident,
        matter=matter,
        granted=granted,
        shown_as=shown_as if granted else "",
        wording=WORDING,
        said_at=now,
    )


def names_of(work_days: Iterable[WorkDay]) -> list[str]:
    """Of those who were there and would be thanked in public: in the order of the alphabet, each once."""
    there = Resident.objects.filter(
        work_days__attendances__work_day__in=list(work_days), work_days__attendances__people__gt=0
    )
    willing = ThanksChoice.objects.holding(ThanksMatter.IN_PUBLIC).filter(resident__in=there.values("pk"))
    return sorted(set(willing.values_list("shown_as", flat=True)), key=fold)
