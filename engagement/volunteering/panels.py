"""What do work days add to the pages and letters of their meetings?"""

import datetime as dt

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from communities import typography
from communities.panels import Panel
from engagement.models import Shift, WorkDay
from meetings import rsvp
from meetings.elsewhere import Elsewhere, Way
from meetings.models import MeetingKind, MeetingPage
from meetings.seating import door

from . import counting


def of_meeting(meeting: MeetingPage) -> WorkDay | None:
    """Its work day, once somebody said what is needed; no query for any other sort of meeting."""
    if meeting.kind != MeetingKind.WORK_DAY:
        return None
    work_day = WorkDay.objects.filter(meeting=meeting.pk).first()
    if work_day:
        work_day.meeting = meeting
    return work_day


def door_of(request: HttpRequest, meeting: MeetingPage, now: dt.datetime) -> Panel | None:
    """In the place of the meeting's own form: what is needed, and the way to sign up."""
    work_day = of_meeting(meeting)
    if work_day is None:
        return None
    return "engagement/work_day_door.html", {
        "work_day": work_day,
        "meeting": meeting,
        "count": counting.of(work_day, now=now),
        "is_open": rsvp.is_open(meeting=meeting, now=now),
        "door": door.of(meeting=meeting, now=now),
    }


def answered_elsewhere(meeting: MeetingPage) -> Elsewhere | None:
    """The page where a shift is chosen, and a button for each in the letter."""
    work_day = of_meeting(meeting)
    if work_day is None:
        return None
    shifts = list(work_day.shifts.all())
    ways = [Way(words_of(shift), (("s", str(shift.pk)),)) for shift in shifts]
    return Elsewhere("engagement:work_day_choose", ways=ways, lines=lines_of(work_day))


def words_of(shift: Shift) -> str:
    language = translation.get_language()
    hours = f"{typography.clock(shift.begins, language=language)} – {typography.clock(shift.ends, language=language)}"
    return _("I am coming: %(role)s, %(hours)s") % {"role": shift.role, "hours": hours}


def lines_of(work_day: WorkDay) -> list[str]:
    """What to know, and what somebody must bring: never how much is left, which changes while letters leave."""
    things = [thing(need.quantity, need.unit, need.item) for need in work_day.needs.all()]
    lines = [work_day.practical] if work_day.practical else []
    if things:
        lines.append(
            _("Needed too: %(things)s. You can say on the page what you bring.") % {"things": ", ".join(things)}
        )
    return lines


def thing(quantity: int, unit: str, item: str) -> str:
    """ "Wheelbarrows (5)" or "Water (10 litres)", as typed."""
    return f"{item} ({f'{quantity} {unit}'.strip()})"
