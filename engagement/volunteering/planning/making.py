"""How does a work day begin? As a draft that a coordinator or the town hall writes down, with what is needed."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Resident
from engagement.models import WorkDay
from engagement.refusals import Refusal
from meetings.models import MeetingIndexPage, MeetingKind, MeetingPage

from . import lines, pages, rights
from .rights import Planner
from .words import OF_THE_WORK_DAY, DayWords, Lines

MADE = "engagement.work_day_made"


class NotAWorkDay(Refusal):
    """Only a meeting of this kind has shifts."""

    MESSAGE = _("Choose “work day” as the kind of this meeting first, and save it.")


class InThePast(Refusal):
    """Nobody can come to it any more."""

    MESSAGE = _("This day is past: please choose a later one.")


@transaction.atomic
def make(
    *,
    community: Community,
    said: DayWords,
    needed: Lines,
    uid: uuid.UUID | None = None,
    by: Planner,
    now: dt.datetime,
) -> WorkDay:
    """A draft that only those who run it see. `uid` is made by the page, so that the same press sent twice is one.

    Raises MayNot, InThePast, or as lines.refuse_outside.
    """
    rights.refuse_unless_may_make(by, community)
    found = pressed_before(community, uid=uid)
    if found:
        return found
    if said.ends_at <= now:
        raise InThePast
    lines.refuse_outside(said, [words for _pk, words in needed.shifts])
    return write([community], said=said, needed=needed, uid=uid, by=by, now=now)


def pressed_before(community: Community, *, uid: uuid.UUID | None) -> WorkDay | None:
    """Under a lock, so that two presses at once are one after the other."""
    MeetingIndexPage.objects.select_for_update(of=("self",)).get()
    same = WorkDay.objects.filter(meeting__uid=uid, meeting__communities=community) if uid else WorkDay.objects.none()
    return same.select_related("meeting").first()


def write(
    communities: Iterable[Community],
    *,
    said: DayWords,
    needed: Lines,
    uid: uuid.UUID | None = None,
    by: Planner,
    now: dt.datetime,
) -> WorkDay:
    meeting = pages.draft(communities=communities, said=said, uid=uid, by=by)
    work_day = WorkDay(meeting=meeting, proposed_by=by if isinstance(by, Resident) else None)
    describe(work_day, said)
    lines.write(work_day, needed, now=now)
    pages.note(work_day, MADE, by=by)
    return work_day


def describe(work_day: WorkDay, said: DayWords) -> None:
    """What only the work day has."""
    for name in OF_THE_WORK_DAY:
        setattr(work_day, name, getattr(said, name))
    work_day.save()


@transaction.atomic
def add_to(*, meeting: MeetingPage, by: Planner) -> WorkDay:
    """A meeting of the town hall's becomes one with shifts; pressing twice makes one. Raises MayNot, NotAWorkDay."""
    rights.refuse_unless_may_run(by, WorkDay(meeting=meeting))
    if meeting.kind != MeetingKind.WORK_DAY:
        raise NotAWorkDay
    work_day, is_new = WorkDay.objects.get_or_create(meeting=meeting)
    if is_new:
        pages.note(work_day, MADE, by=by)
    return work_day
