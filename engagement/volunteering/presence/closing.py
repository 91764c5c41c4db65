"""When does the list of a day count? Once whoever runs it says that it is right, and until they take that back."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from engagement.models import Attendance, Credit, Project, WorkDay
from engagement.refusals import Refusal

from . import ticking


class NobodyTicked(Refusal):
    """An empty list says nothing."""

    MESSAGE = _("Tick first who was there: the list is still empty.")


class InTheAccounts(Refusal):
    """What the accounts hold is undone there first."""

    MESSAGE = _("The hours of this day are in the accounts of the project: only the town hall can take them back.")


@transaction.atomic
def confirm(*, work_day: WorkDay, now: dt.datetime) -> WorkDay:
    """The list is right: who was not ticked was not there. Pressing twice does no more.

    Raises NobodyTicked, TooEarly or DidNotTakePlace.
    """
    locked = ticking.lock(work_day)
    if locked.is_closed:
        return locked
    ticking.refuse_unless_open(locked, now=now)
    if not Attendance.objects.filter(work_day=locked, people__gt=0).exists():
        raise NobodyTicked
    locked.closed_at = now
    locked.save(update_fields=["closed_at"])
    return locked


@transaction.atomic
def reopen(*, work_day: WorkDay) -> None:
    """Something was wrong in it. Raises InTheAccounts."""
    locked = ticking.lock(work_day)
    if Credit.objects.standing().filter(work_day=locked).exists():
        raise InTheAccounts
    locked.closed_at = None
    locked.save(update_fields=["closed_at"])


def projects_of(work_day: WorkDay) -> list[Project]:
    """Those whose communities meet: to one of them go the hours."""
    return list(Project.objects.filter(community__in=work_day.meeting.communities.all()).order_by("pk"))
