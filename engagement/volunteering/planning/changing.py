"""How does a work day change? Its facts, its shifts and its needs in one gesture; nobody is sent away silently."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from engagement.models import WorkDay
from engagement.refusals import Refusal
from engagement.volunteering import lines as waiting_lines
from meetings.seating import seats

from . import lines, making, pages, rights
from .rights import Planner
from .words import OF_THE_WORK_DAY, DayWords, Lines, ShiftWords, of_day, of_shift

CHANGED = "engagement.work_day_changed"


class IsOver(Refusal):
    """What took place is told by presence and the account, not by other plans."""

    MESSAGE = _("This work day is over, postponed or cancelled: its plan no longer changes.")


@transaction.atomic
def change(
    *,
    work_day: WorkDay,
    said: DayWords | None = None,
    facts: Mapping[str, Any] | None = None,
    needed: Lines,
    anyway: bool = False,
    by: Planner,
    now: dt.datetime,
) -> WorkDay:
    """What is `said` of the day (None: as it is) and what is needed from now on, under the meeting's lock.

    `facts`: those of the work day alone, for whoever changes its meeting elsewhere.

    Places may be fewer than those who come: nobody is sent away. What somebody signed up for goes only `anyway`, and
    they are told. Raises MayNot, IsOver, lines.OutsideTheDay, lines.StillTaken, meetings.planning.CannotBePublished;
    then nothing has changed.
    """
    rights.refuse_unless_may_run(by, work_day)
    work_day = locked(work_day)
    refuse_when_over(work_day, now=now)
    day = said or of_day(work_day)
    if day:
        lines.refuse_outside(day, as_will_be(work_day, needed))
    if not anyway:
        lines.refuse_taken(work_day, needed, now=now)
    if said and said != of_day(work_day):
        rewrite(work_day, said, by=by, now=now)
    for name, value in (facts or {}).items():
        setattr(work_day, name, value)
    work_day.save(update_fields=OF_THE_WORK_DAY)
    moved = lines.write(work_day, needed, now=now)
    lines.tell_new_hours(work_day, moved, now=now)
    waiting_lines.move_up(work_day=work_day, now=now)
    pages.note(work_day, CHANGED, by=by)
    return work_day


def locked(work_day: WorkDay) -> WorkDay:
    """As sign-ups do: until the transaction ends, nobody takes what is struck off."""
    meeting = seats.lock(work_day.meeting)
    found = WorkDay.objects.select_related("leader").get(pk=work_day.pk)
    found.meeting = pages.newest(meeting)
    return found


def refuse_when_over(work_day: WorkDay, *, now: dt.datetime) -> None:
    if work_day.meeting.is_over(now) or not work_day.meeting.stands:
        raise IsOver


def as_will_be(work_day: WorkDay, needed: Lines) -> list[ShiftWords]:
    """Those that are said, and those that stay as they are."""
    said = [words for _pk, words in needed.shifts]
    named = {pk for pk, _words in needed.shifts} | needed.struck_shifts
    return said + [of_shift(shift) for shift in work_day.shifts.all() if shift.pk not in named]


def rewrite(work_day: WorkDay, said: DayWords, *, by: Planner, now: dt.datetime) -> None:
    making.describe(work_day, said)
    pages.rewrite(work_day=work_day, said=said, by=by, now=now)
