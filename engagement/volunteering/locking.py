"""May a work day still be changed by whoever comes? Asked under its meeting's lock, so that nothing is given twice."""

import datetime as dt

from django.utils.translation import gettext_lazy

from communities import residents
from communities.models import Resident
from engagement.models import WorkDay
from engagement.refusals import Refusal
from meetings import rsvp
from meetings.seating import seats


class TooLate(Refusal):
    """The work day is over, or does not take place."""

    MESSAGE = gettext_lazy("This work day no longer takes sign-ups: it is over, postponed or cancelled.")


class NoLongerKnown(Refusal):
    """They were erased, or joined to another record, a moment ago."""

    MESSAGE = gettext_lazy("Your details were erased or joined a moment ago: nothing was written down.")


def lock_person(pk: int) -> Resident:
    """Who acts, until the transaction ends: nothing is written of somebody while they are erased. Raises NoLongerKnown.

    Before the meeting is locked: whoever joins two records locks in that order.
    """
    resident = residents.lock(pk)
    if resident is None:
        raise NoLongerKnown
    return resident


def lock_while_open(work_day: WorkDay, *, now: dt.datetime) -> WorkDay:
    """The work day of a meeting that is locked until the transaction ends. Raises TooLate."""
    meeting = seats.lock(work_day.meeting)
    if not rsvp.is_open(meeting=meeting, now=now):
        raise TooLate
    locked = WorkDay.objects.get(pk=work_day.pk)
    locked.meeting = meeting
    return locked
