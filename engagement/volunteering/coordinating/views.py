"""A coordinator's work days in their space: all of them, and the page from which one is run."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from communities.models import Resident
from communities.space.guard import for_resident
from engagement.models import WorkDay
from engagement.volunteering import counting
from engagement.volunteering.counting import Count
from engagement.volunteering.planning import pages, repeating, rights
from meetings import announcing
from meetings.models import MeetingStatus

from . import done, roles, sections
from .guard import for_who_runs_it

MOST_SHOWN, GONE_SHOWN = 40, 12


@dataclass(frozen=True)
class Line:
    """One of the list, with what is missing."""

    work_day: WorkDay
    count: Count


@require_safe
@for_resident
def work_days(request: HttpRequest, resident: Resident) -> HttpResponse:
    """To come and proposed, then drafts, then those gone by; and the way to a new one for each community."""
    now = timezone.now()
    context = {
        "communities": roles.coordinated_by(resident),
        "done": done.said_in(request),
        **all_of(resident, now=now),
    }
    return render(request, "pages/space/work_days.html", context)


def all_of(resident: Resident, *, now: dt.datetime) -> dict[str, Any]:
    theirs = roles.run_by(resident).select_related("meeting__venue")
    to_come = list(theirs.to_come(now)[:MOST_SHOWN])
    gone_by = list(theirs.gone_by(now).filter(meeting__live=True)[:GONE_SHOWN])
    counts = counting.of_all([*to_come, *gone_by], now=now)
    lines = [Line(each, counts[each.pk]) for each in to_come]
    return {
        "public": [line for line in lines if line.work_day.meeting.live],
        "drafts": [line for line in lines if not line.work_day.meeting.live],
        "gone_by": [Line(each, counts[each.pk]) for each in gone_by],
        "has_more": len(to_come) == MOST_SHOWN,
    }


@require_safe
@for_who_runs_it
def work_day(request: HttpRequest, resident: Resident, work_day: WorkDay) -> HttpResponse:
    """When and where, how it stands, what is missing, who comes, and everything that can be done."""
    now = timezone.now()
    work_day.meeting = pages.newest(work_day.meeting) if not work_day.meeting.live else work_day.meeting
    context = {
        "work_day": work_day,
        "meeting": work_day.meeting,
        "count": counting.of(work_day, now=now),
        "done": done.said_in(request),
        "sections": sections.of(request=request, resident=resident, work_day=work_day, now=now),
        **standing(work_day, now=now),
    }
    return render(request, "pages/space/work_day.html", context)


def standing(work_day: WorkDay, *, now: dt.datetime) -> dict[str, Any]:
    """What may be done with it now."""
    meeting = work_day.meeting
    is_open = meeting.stands and not meeting.is_over(now)
    return {
        "is_over": meeting.is_over(now),
        "is_open": is_open,
        "was_sent": meeting.live and announcing.was_sent(meeting_id=meeting.pk),
        "needs_a_yes": not meeting.live and rights.needs_a_yes(work_day),
        "was_never_seen": not meeting.live and meeting.first_published_at is None,
        "others": [each for each in repeating.series_of(work_day) if each.pk != work_day.pk],
        "is_held": meeting.status == MeetingStatus.HELD,
    }
