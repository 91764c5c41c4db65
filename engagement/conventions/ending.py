"""How does a convention end? On a day and for a reason, noted; its words stay as they were signed."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from engagement import permissions
from engagement.models import Convention, ConventionState
from engagement.refusals import Refusal, refuse_unless

from . import announcing, freezing


class NotInForce(Refusal):
    """Only what both sides signed, and what has not ended, can end."""

    MESSAGE = gettext_lazy("Only a signed convention can end, and it ends once.")


class IsAnAmendment(Refusal):
    """It ends with its convention."""

    MESSAGE = gettext_lazy("An amendment ends with the convention that it changes.")


class NotThatDay(Refusal):
    """Noted once it has come, and not before it began."""

    MESSAGE = gettext_lazy("A convention ends between its first day and today: note its end once that day has come.")


class NeedsAReason(Refusal):
    """Both sides, and everyone in the register, read why."""

    MESSAGE = gettext_lazy("Please write why it ends: both sides are told, and the register says it.")


@transaction.atomic
def end(*, convention: Convention, on: dt.date, reason: str, by: User, now: dt.datetime) -> Convention:
    """Note its end, and that of its amendments, and tell both sides.

    Raises MayNot, NotInForce, IsAnAmendment, NotThatDay or NeedsAReason.
    """
    refuse_unless(permissions.may_take_signatures(by))
    locked = freezing.lock(convention)
    refuse_the_impossible(locked, on=on, reason=reason, now=now)
    ended = {"state": ConventionState.ENDED, "ended_on": on, "ended_at": now, "end_reason": reason.strip()}
    Convention.objects.filter(amends=locked, state=ConventionState.SIGNED).update(**ended)
    freezing.put(convention, **ended)
    log(convention, "engagement.convention.ended", user=by, data={"on": on.isoformat()})
    title = _("Ended: %(title)s") % {"title": locked.title}
    key = str(locked.pk)
    announcing.to_both(kind=announcing.ENDED_LETTER, key=key, title=title, convention=locked, now=now)
    return convention


def refuse_the_impossible(locked: Convention, *, on: dt.date, reason: str, now: dt.datetime) -> None:
    if not locked.is_signed:
        raise NotInForce
    if locked.is_amendment:
        raise IsAnAmendment
    if not locked.starts_on <= on <= timezone.localdate(now):
        raise NotThatDay
    if not reason.strip():
        raise NeedsAReason
