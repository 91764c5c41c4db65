"""What of calls, letters and rain stands on the page of a work day? What to press, and how far each letter is."""

import datetime as dt

from django.http import HttpRequest

from communities.models import Mailing, Resident
from communities.panels import Panel
from engagement.models import WorkDay
from meetings import rsvp

from . import writing


def of(request: HttpRequest, resident: Resident, work_day: WorkDay, now: dt.datetime) -> Panel | None:
    """One query; nothing for a draft, nor for a day gone by, that nobody was ever written about."""
    sent = Mailing.objects.with_progress().filter(coordinator_letter__work_day=work_day)
    mailings = list(sent.select_related("coordinator_letter__shift").order_by("-pk"))
    if not mailings and not work_day.meeting.live:
        return None
    ends_at = work_day.meeting.ends_at
    is_open = rsvp.is_open(meeting=work_day.meeting, now=now)
    may_write = work_day.meeting.live and ends_at is not None and now <= ends_at + writing.AFTERWARDS
    if not (mailings or is_open or may_write):
        return None
    return "engagement/run_calling.html", {
        "work_day": work_day,
        "mailings": mailings,
        "is_open": is_open,
        "may_write": may_write,
    }
