"""How does the page of a work day's meeting come about and change? As an editor would do it at the desk."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.utils.text import slugify
from wagtail.log_actions import log

from communities.models import Community, Resident
from engagement.models import WorkDay
from meetings import planning as publishing
from meetings.models import MeetingIndexPage, MeetingKind, MeetingPage, ParticipationLevel, Venue

from . import rights
from .rights import Planner
from .words import OF_THE_MEETING, DayWords

LONGEST_SLUG = 200


def venue_of(said: DayWords) -> Venue | None:
    """The venue that was chosen; a place that was only named is one from now on, open to several at once."""
    if said.venue or not said.place:
        return said.venue
    known = Venue.objects.filter(name__iexact=said.place).first()
    return known or Venue.objects.create(name=said.place, is_shared=True)


def draft(
    *, communities: Iterable[Community], said: DayWords, uid: uuid.UUID | None = None, by: Planner
) -> MeetingPage:
    """A page that nobody sees yet, below the others."""
    index = MeetingIndexPage.objects.get()
    meeting = MeetingPage(
        uid=uid or uuid.uuid4(),
        kind=MeetingKind.WORK_DAY,
        level=ParticipationLevel.CARRY_OUT,
        slug=free_slug(index, said),
        live=False,
        has_unpublished_changes=True,
        owner=rights.staff(by),
    )
    fill(meeting, said)
    meeting.communities = list(communities)
    index.add_child(instance=meeting)
    meeting.save_revision(user=rights.staff(by), log_action=False)
    return meeting


def free_slug(index: MeetingIndexPage, said: DayWords) -> str:
    """The title and the day, with a number when there are several."""
    base = slugify(f"{said.title.replace('’', ' ')} {said.day}")[:LONGEST_SLUG] or f"chantier-{said.day}"
    taken = set(index.get_children().filter(slug__startswith=base).values_list("slug", flat=True))
    tried = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 2))]
    return next(slug for slug in tried if slug not in taken)


def fill(meeting: MeetingPage, said: DayWords) -> None:
    """Write the words down, nothing saved."""
    for name in OF_THE_MEETING:
        setattr(meeting, name, getattr(said, name))
    meeting.draft_title = meeting.title
    meeting.starts_at, meeting.ends_at, meeting.venue = said.starts_at, said.ends_at, venue_of(said)


def rewrite(*, work_day: WorkDay, said: DayWords, by: Planner, now: dt.datetime) -> None:
    """Everyone reads it at once when it is published, and residents are told what matters by the meeting's own clock.

    Raises meetings.planning.CannotBePublished.
    """
    meeting = newest(work_day.meeting)
    fill(meeting, said)
    if meeting.live:
        publish(meeting, by=by)
    else:
        meeting.save()
        meeting.save_revision(user=rights.staff(by), log_action=False)
    work_day.meeting = meeting


def newest(meeting: MeetingPage) -> MeetingPage:
    """What is published, or else what was written last: a draft of the desk is never published on the way."""
    fresh: MeetingPage = MeetingPage.objects.get(pk=meeting.pk)
    return fresh if fresh.live else fresh.get_latest_revision_as_object()


def publish(meeting: MeetingPage, *, by: Planner) -> None:
    """Raises meetings.planning.CannotBePublished, with everything that is missing or impossible."""
    publishing.refuse_the_unready(meeting.plan)
    revision = meeting.save_revision(user=rights.staff(by), log_action=False)
    revision.publish(user=rights.staff(by), log_action=False, skip_permission_checks=True)
    meeting.refresh_from_db()


def note(work_day: WorkDay, action: str, *, by: Planner, **more: object) -> None:
    """In the history of its page, under whoever did it; a resident by their key, which says nothing once erased."""
    who = {"resident": by.pk} if isinstance(by, Resident) else {}
    log(instance=work_day.meeting, action=action, user=rights.staff(by), data=who | more)
