"""How do residents learn of a work day? Its coordinators publish it, or propose it and the town hall says yes or no."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from engagement import permissions
from engagement.models import WorkDay
from engagement.refusals import Refusal, refuse_unless
from engagement.volunteering import telling
from meetings import planning as publishing
from meetings.models import MeetingPage

from . import changing, pages, rights
from .rights import Planner

PUBLISHED = "engagement.work_day_published"
PROPOSED = "engagement.work_day_proposed"
TAKEN_BACK = "engagement.work_day_taken_back"
APPROVED = "engagement.work_day_approved"
REFUSED = "engagement.work_day_refused"
DROPPED = "engagement.work_day_dropped"


class NeedsAYes(Refusal):
    """In this community the town hall says yes first."""

    MESSAGE = _("In this community, the town hall looks at a work day before it is published: propose it.")


class NothingToDecide(Refusal):
    """It was decided or taken back meanwhile."""

    MESSAGE = _("Nobody proposes this work day any more: it was decided, or taken back.")


class NeedsWords(Refusal):
    """Whoever proposed it must read why."""

    MESSAGE = _("Please write why: whoever proposed it reads it.")


class IsPublic(Refusal):
    """Everyone may read it already."""

    MESSAGE = _("This work day is published: cancel it instead, and everyone is told.")


@transaction.atomic
def publish(*, work_day: WorkDay, by: Planner, now: dt.datetime) -> WorkDay:
    """Everyone may read it and sign up; nobody is written to yet. Pressing twice does no more.

    Raises MayNot, NeedsAYes, changing.IsOver or meetings.planning.CannotBePublished.
    """
    rights.refuse_unless_may_run(by, work_day)
    work_day = changing.locked(work_day)
    if work_day.meeting.live:
        return work_day
    changing.refuse_when_over(work_day, now=now)
    if rights.staff(by) is None and rights.needs_a_yes(work_day):
        raise NeedsAYes
    show(work_day, by=by)
    pages.note(work_day, PUBLISHED, by=by)
    return work_day


def show(work_day: WorkDay, *, by: Planner) -> None:
    pages.publish(work_day.meeting, by=by)


@transaction.atomic
def propose(*, work_day: WorkDay, by: Planner, now: dt.datetime) -> WorkDay:
    """Ask the town hall; after a refusal too, once it was changed. Pressing twice asks once.

    Raises MayNot, changing.IsOver, or meetings.planning.CannotBePublished for what is missing already.
    """
    rights.refuse_unless_may_run(by, work_day)
    work_day = changing.locked(work_day)
    if work_day.meeting.live or work_day.awaits_approval:
        return work_day
    changing.refuse_when_over(work_day, now=now)
    publishing.refuse_the_unready(work_day.meeting.plan)
    set_decision(work_day, asked_at=now)
    pages.note(work_day, PROPOSED, by=by)
    return work_day


def set_decision(
    work_day: WorkDay,
    *,
    asked_at: dt.datetime | None,
    decided_at: dt.datetime | None = None,
    refusal: str = "",
    advice: str = "",
) -> None:
    work_day.asked_at, work_day.decided_at = asked_at, decided_at
    work_day.refusal, work_day.advice = refusal, advice
    work_day.save(update_fields=["asked_at", "decided_at", "refusal", "advice"])


@transaction.atomic
def take_back(*, work_day: WorkDay, by: Planner) -> WorkDay:
    """It is a draft again. Raises MayNot, NothingToDecide."""
    rights.refuse_unless_may_run(by, work_day)
    work_day = changing.locked(work_day)
    if not work_day.awaits_approval:
        raise NothingToDecide
    set_decision(work_day, asked_at=None)
    pages.note(work_day, TAKEN_BACK, by=by)
    return work_day


@transaction.atomic
def approve(*, work_day: WorkDay, words: str = "", by: User, now: dt.datetime) -> WorkDay:
    """Publish it, and tell whoever proposed it, with a word if there is one.

    Raises MayNot, NothingToDecide, or as `publish`.
    """
    refuse_unless(permissions.may_decide_on_work_days(by))
    work_day = changing.locked(work_day)
    if not work_day.awaits_approval:
        raise NothingToDecide
    changing.refuse_when_over(work_day, now=now)
    show(work_day, by=by)
    set_decision(work_day, asked_at=work_day.asked_at, decided_at=now, advice=words)
    pages.note(work_day, APPROVED, by=by)
    telling.decided(work_day=work_day, now=now)
    return work_day


@transaction.atomic
def refuse(*, work_day: WorkDay, words: str, by: User, now: dt.datetime) -> WorkDay:
    """With the reason, to whoever proposed it. Raises MayNot, NothingToDecide, NeedsWords."""
    refuse_unless(permissions.may_decide_on_work_days(by))
    if not words.strip():
        raise NeedsWords
    work_day = changing.locked(work_day)
    if not work_day.awaits_approval:
        raise NothingToDecide
    set_decision(work_day, asked_at=work_day.asked_at, decided_at=now, refusal=words)
    pages.note(work_day, REFUSED, by=by)
    telling.decided(work_day=work_day, now=now)
    return work_day


@transaction.atomic
def drop(*, work_day: WorkDay, by: Planner) -> None:
    """A draft that nobody ever saw goes, with its page. Raises MayNot, IsPublic."""
    rights.refuse_unless_may_run(by, work_day)
    work_day = changing.locked(work_day)
    meeting = work_day.meeting
    known = MeetingPage.objects.announced().filter(pk=meeting.pk)
    if meeting.live or meeting.first_published_at or known.exists():
        raise IsPublic
    meeting.delete(user=rights.staff(by))
