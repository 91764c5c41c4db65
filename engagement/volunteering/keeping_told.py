"""Whose calendar still shows their shifts on a day that moved, or does not take place? Asked every few minutes.

The meeting's own letter tells everyone first what changed, and why; only once it is under way do the shifts follow. A
missed tick heals itself, a repeated one does nothing.
"""

import datetime as dt

from django.db import transaction
from django.db.models import F, Q

from engagement.models import Volunteer
from engagement.models.volunteer import VolunteerQuerySet
from meetings import announcing, facts
from meetings.models import MeetingPage, MeetingStatus

from . import telling


def tick(*, now: dt.datetime) -> None:
    for meeting in MeetingPage.objects.filter(pk__in=told_otherwise(now).values("work_day__meeting")):
        if is_announced(meeting):
            tell(meeting=meeting, now=now)


def told_otherwise(now: dt.datetime) -> VolunteerQuerySet:
    """Those who come, have a shift in their calendar, and were told another start, or that it takes place."""
    stands = Q(work_day__meeting__status__in=MeetingStatus.standing())
    other_start = ~Q(told_start=F("work_day__meeting__starts_at")) | Q(told_start__isnull=True)
    told = Volunteer.objects.coming().filter(work_day__meeting__ends_at__gt=now, work_day__meeting__live=True)
    told = told.exclude(told_shifts=[])
    return told.filter((stands & other_start) | (~stands & Q(told_start__isnull=False)))


def is_announced(meeting: MeetingPage) -> bool:
    """Whether residents were told what is published now."""
    last = announcing.latest(meeting=meeting)
    return last is not None and facts.published(meeting=meeting).sequence == last.sequence


@transaction.atomic
def tell(*, meeting: MeetingPage, now: dt.datetime) -> None:
    """A letter each, under locks that another worker leaves alone."""
    locked = told_otherwise(now).filter(work_day__meeting=meeting).select_for_update(of=("self",), skip_locked=True)
    for volunteer in locked.select_related("resident", "work_day__meeting").order_by("pk"):
        say = telling.moved if volunteer.work_day.meeting.stands else telling.called_off
        say(volunteer=volunteer, now=now)
