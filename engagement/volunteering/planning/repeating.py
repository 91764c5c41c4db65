"""How is a work day held again? The same once more, or a whole series, each one a meeting of its own."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from engagement.models import WorkDay
from engagement.models.work_day import WorkDayQuerySet
from engagement.refusals import Refusal
from meetings import planning as publishing
from meetings.models import MeetingPage, MeetingStatus

from . import changing, dates, holidays, making, rights, words
from .dates import MOST
from .rights import Planner
from .words import DayWords

A_WEEK = dt.timedelta(weeks=1)
KEPT = ("body", "contact_email", "access_note", "sign_language", "childcare")
HOW_FAR = 104  # weeks in which the next free day is looked for


class NoDate(Refusal):
    """There is nothing to repeat yet."""

    MESSAGE = _("Give this work day its date and hours first.")


class NoDay(Refusal):
    """A series is at least one day more."""

    MESSAGE = _("Tick at least one day.")


@dataclass(frozen=True)
class Occasion:
    """One day of a series before it is made: the public holiday that it is, who has the venue, whether there is one."""

    day: dt.date
    holiday: str = ""
    taken: str = ""
    is_there: bool = False

    @property
    def is_free(self) -> bool:
        return not (self.holiday or self.taken or self.is_there)


def foresee(*, work_day: WorkDay, rhythm: str, until: dt.date, now: dt.datetime) -> list[Occasion]:
    """The days of a series, with what speaks against some. Raises NoDate."""
    said = said_of(work_day)
    days = dates.after(said.day, rhythm=rhythm, until=until)
    return occasions(work_day, said, [day for day in days if words.at(day, said.ends) > now])


def occasions(work_day: WorkDay, said: DayWords, days: Collection[dt.date]) -> list[Occasion]:
    there = planned(work_day)
    return [
        Occasion(day, holiday=holidays.name_of(day), taken=why_taken(work_day, said, day), is_there=day in there)
        for day in days
    ]


def why_taken(work_day: WorkDay, said: DayWords, day: dt.date) -> str:
    """The sentence that says who has the venue then; empty when it is free."""
    on_that_day = dataclasses.replace(said, day=day)
    plan = dataclasses.replace(
        work_day.meeting.plan,
        meeting_id=None,
        starts_at=on_that_day.starts_at,
        ends_at=on_that_day.ends_at,
        status=MeetingStatus.CONFIRMED,
    )
    booking = publishing.clash(plan)
    return publishing.clash_sentence(booking) if booking else ""


def planned(work_day: WorkDay) -> dict[dt.date, WorkDay]:
    """On which days the same communities do the same already, or plan to."""
    standing = MeetingPage.objects.filter(status__in=MeetingStatus.in_the_diary(), title=work_day.meeting.title)
    communities = communities_of(work_day)
    if communities:  # a meeting of neighbourhoods alone has none
        standing = standing.filter(communities__in=communities)
    days = WorkDay.objects.filter(meeting__in=standing).select_related("meeting")
    return {each.day: each for each in days if each.day}


def next_day(*, work_day: WorkDay, now: dt.datetime) -> Occasion | None:
    """The next free day that is the same weekday; None for a draft without a date."""
    said = words.of_day(work_day)
    if said is None:
        return None
    there, day = planned(work_day), said.day
    for _week in range(HOW_FAR):
        day += A_WEEK
        is_to_come = words.at(day, said.begins) > now
        if is_to_come and day not in there and not holidays.name_of(day) and not why_taken(work_day, said, day):
            return Occasion(day)
    return None


@transaction.atomic
def once_more(*, work_day: WorkDay, day: dt.date | None = None, by: Planner, now: dt.datetime) -> WorkDay:
    """The same on another day, by itself the next free one: a draft, with its shifts and needs.

    A `day` that was chosen and is there already is not made twice. Raises MayNot, NoDate, making.InThePast.
    """
    rights.refuse_unless_may_run(by, work_day)
    work_day = changing.locked(work_day)
    said = said_of(work_day)
    found = next_day(work_day=work_day, now=now) if day is None else Occasion(day)
    if found is None:
        raise NoDate
    return planned(work_day).get(found.day) or copy(work_day, said, on=found.day, by=by, now=now)


@transaction.atomic
def repeat(*, work_day: WorkDay, days: Iterable[dt.date], by: Planner, now: dt.datetime) -> list[WorkDay]:
    """A draft for each of these days, which share their series; those that are there already are not made twice.

    At most MOST at once. Raises MayNot, NoDate, NoDay, making.InThePast.
    """
    rights.refuse_unless_may_run(by, work_day)
    work_day = changing.locked(work_day)
    said, there = said_of(work_day), planned(work_day)
    wanted = [day for day in sorted(set(days)) if day not in there][:MOST]
    if not wanted:
        raise NoDay
    if work_day.series is None:
        work_day.series = uuid.uuid4()
        work_day.save(update_fields=["series"])
    return [copy(work_day, said, on=day, series=work_day.series, by=by, now=now) for day in wanted]


def copy(
    work_day: WorkDay,
    said: DayWords,
    *,
    on: dt.date,
    series: uuid.UUID | None = None,
    by: Planner,
    now: dt.datetime,
) -> WorkDay:
    """On another day, at the same hours; the day for bad weather was of the other one."""
    there = dataclasses.replace(said, day=on, fallback_on=None)
    if there.ends_at <= now:
        raise making.InThePast
    needed = words.as_new(work_day)
    made = making.write(communities_of(work_day), said=there, needed=needed, by=by, now=now)
    for name in KEPT:
        setattr(made.meeting, name, getattr(work_day.meeting, name))
    made.meeting.neighbourhoods = list(work_day.meeting.neighbourhoods.all())
    made.meeting.save()
    made.meeting.save_revision(log_action=False)
    made.series = series
    made.save(update_fields=["series"])
    return made


def communities_of(work_day: WorkDay) -> list[Community]:
    return list(work_day.meeting.communities.all())


def said_of(work_day: WorkDay) -> DayWords:
    """Raises NoDate."""
    said = words.of_day(work_day)
    if said is None:
        raise NoDate
    return said


def series_of(work_day: WorkDay) -> WorkDayQuerySet:
    """Every day of its series, itself too; nothing for one that stands alone."""
    if work_day.series is None:
        return WorkDay.objects.none()
    same = WorkDay.objects.filter(series=work_day.series)
    return same.select_related("meeting").order_by("meeting__starts_at", "pk")


def later_ones(work_day: WorkDay) -> WorkDayQuerySet:
    """The days of its series after it that stand."""
    return series_of(work_day).filter(
        meeting__starts_at__gt=work_day.meeting.starts_at, meeting__status__in=MeetingStatus.standing()
    )
