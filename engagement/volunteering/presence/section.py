"""What does the day itself add to the page of a work day, for whoever runs it? Sheet, list, what comes after."""

import datetime as dt

from django.http import HttpRequest

from communities.models import Resident
from communities.panels import Panel
from engagement.models import WorkDay

from . import crediting, ticking


def of(request: HttpRequest, resident: Resident, work_day: WorkDay, now: dt.datetime) -> Panel | None:
    """None for a day that does not take place."""
    is_early = ticking.is_early(work_day, now=now)
    is_open = ticking.is_open(work_day, now=now)
    if not (is_early or is_open or work_day.is_closed):
        return None
    state = crediting.state_of(work_day) if not is_early else {}
    context = {"work_day": work_day, "is_early": is_early, "is_open": is_open, "state": state}
    return "engagement/run_the_day.html", context
