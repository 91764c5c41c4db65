"""What does coordinating add to pages? A line in one's space, and who comes on the page of a work day."""

import datetime as dt

from django.http import HttpRequest

from communities.models import Resident
from communities.panels import Panel
from engagement.models import Volunteer, WorkDay

from . import people, roles

NEXT_SHOWN = 3


def work_days_of_resident(request: HttpRequest, resident: Resident, now: dt.datetime) -> Panel | None:
    """For whoever coordinates or leads: the next ones, and the way to all; two queries."""
    next_ones = list(roles.run_by(resident).select_related("meeting").to_come(now)[:NEXT_SHOWN])
    if not next_ones and not roles.coordinated_by(resident):
        return None
    return "engagement/space_work_days.html", {"next_ones": next_ones}


def who_comes(request: HttpRequest, resident: Resident, work_day: WorkDay, now: dt.datetime) -> Panel | None:
    """By name, with what they bring and what they said for this day; four queries."""
    held = Volunteer.objects.counting(now).filter(work_day=work_day, confirmed_at=None).count()
    is_over = work_day.meeting.is_over(now)
    return "engagement/run_who_comes.html", {"helpers": people.who_comes(work_day), "held": held, "is_over": is_over}
