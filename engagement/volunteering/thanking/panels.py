"""What do days that are over add to the pages of their meetings and communities, and to one's own space?"""

import datetime as dt

from django.http import HttpRequest

from communities.models import Community, Resident
from communities.panels import Panel
from engagement.models import DayAccount, WorkDay
from meetings.models import MeetingKind, MeetingPage

from . import hours, together


def account_of_meeting(request: HttpRequest, meeting: MeetingPage, now: dt.datetime) -> Panel | None:
    """How the day went, on the page of its meeting; no query for any other sort of meeting."""
    if meeting.kind != MeetingKind.WORK_DAY or not meeting.is_over(now):
        return None
    work_day = WorkDay.objects.filter(meeting=meeting.pk).first()
    account = DayAccount.objects.filter(work_day=work_day, public_at__isnull=False).first() if work_day else None
    if work_day is None or not (account or work_day.is_closed):
        return None
    context = {"work_day": work_day, "meeting": meeting, "account": account, "pictures": together.pictures_of(account)}
    return "engagement/day_account_panel.html", context


def thanks_of_community(request: HttpRequest, community: Community, now: dt.datetime) -> Panel | None:
    """The way to what was done together; None before the first day."""
    done = together.of(community)
    return ("engagement/community_thanks_panel.html", {"community": community, "done": done}) if done.days else None


def hours_of_resident(request: HttpRequest, resident: Resident, now: dt.datetime) -> Panel | None:
    """My hours, and the choices about thanks."""
    given = hours.of(resident)
    return "engagement/hours_panel.html", {"given": given, "total": hours.total(given)}
