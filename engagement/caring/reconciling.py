"""Who is asked now how it stands? Asked by the clock: a missed tick heals itself, a repeated one does nothing.

Ten days before a check, whoever looks gets a letter; a week after its day, unanswered, one more; then it stands
overdue. What is asked of nobody, because nobody can be reached, waits at the desk and is asked as soon as somebody can.
"""

import datetime as dt
import logging
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import Delivery
from communities.post import mailings
from engagement.models import StewardshipCheck
from engagement.models.stewardship import CheckQuerySet

from . import asking, reviewing

logger = logging.getLogger(__name__)
BEFORE = dt.timedelta(days=10)
AFTER = dt.timedelta(days=7)


def tick(*, now: dt.datetime) -> None:
    """Call off what is asked in vain, ask, and ask once more; what cannot be asked does not hold up the others."""
    reviewing.call_off_the_rest()
    for find, column, kind in ((to_ask, "asked_at", asking.ASKED), (to_remind, "reminded_at", asking.REMINDED)):
        for pk in list(find(now).values_list("pk", flat=True)):
            try:
                ask(pk=pk, among=find, column=column, kind=kind, now=now)
            except Exception:  # whatever the reason, the others have their day too
                logger.exception("Nobody was asked about check %s", pk)


def to_ask(now: dt.datetime) -> CheckQuerySet:
    near = timezone.localdate(now) + BEFORE
    return StewardshipCheck.objects.to_come().cared_for().filter(asked_at__isnull=True, due_on__lte=near)


def to_remind(now: dt.datetime) -> CheckQuerySet:
    """Those asked a week ago or more, whose day was a week ago or more."""
    asked = StewardshipCheck.objects.to_come().cared_for().filter(reminded_at__isnull=True, asked_at__lte=now - AFTER)
    return asked.filter(due_on__lte=timezone.localdate(now) - AFTER)


@transaction.atomic
def ask(*, pk: int, among: Callable[[dt.datetime], CheckQuerySet], column: str, kind: str, now: dt.datetime) -> None:
    """One mailing for one check, and the day on which it was posted; in one transaction, the check locked.

    A letter about it that still waits, at the desk or for the morning, gives way to this one.
    """
    locked = among(now).select_for_update(of=("self",)).select_related("project", "resident")
    check = locked.filter(pk=pk).first()
    ways = asking.reached(check) if check else {}
    if not check or not ways:
        return
    key = str(check.pk)
    earlier = Delivery.objects.filter(mailing__kind__in=asking.LETTER_KINDS, mailing__key=key)
    mailings.withdraw(deliveries=earlier, reason=_("A later letter asks about the same check."), now=now)
    mailings.post(
        kind=kind,
        key=key,
        title=_("How does it stand? %(title)s") % {"title": check.project},
        addressees=[mailings.Addressee(who, way) for who, way in ways.items()],
        now=now,
    )
    StewardshipCheck.objects.filter(pk=check.pk).update(**{column: now})
