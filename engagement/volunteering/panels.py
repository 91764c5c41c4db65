"""What do work days add to the pages and letters of their meetings?"""

import datetime as dt
from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _

from communities.models import Resident
from communities.panels import Panel
from engagement.models import Shift, Volunteer, WorkDay
from engagement.models.need import in_brackets
from meetings import rsvp
from meetings.elsewhere import Elsewhere, Way
from meetings.models import Invitation, MeetingKind, MeetingPage
from meetings.seating import door

from . import counting, saying


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
    count = counting.of_meeting(meeting, now=now) if meeting.kind == MeetingKind.WORK_DAY else None
    if count is None:
        return None
    return "engagement/work_day_door.html", {
        "work_day": count.work_day,
        "meeting": meeting,
        "count": count,
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


def said_besides(meeting: MeetingPage, invitations: Sequence[Invitation]) -> dict[int, str]:
    """Their shifts and what they bring, for a reminder; two queries, none for another sort of meeting."""
    if meeting.kind != MeetingKind.WORK_DAY:
        return {}
    coming = Volunteer.objects.coming().filter(work_day__meeting=meeting.pk)
    theirs = coming.filter(resident__in=[each.resident_id for each in invitations])
    said = {each.resident_id: saying.sentence(each) for each in saying.read(theirs)}
    return {each.pk: said[each.resident_id] for each in invitations if each.resident_id in said}


def of_space(request: HttpRequest, resident: Resident, now: dt.datetime) -> Panel | None:
    """The work days to come that they said they come to, and the way to change that."""
    coming = Volunteer.objects.coming().filter(resident=resident, work_day__meeting__ends_at__gte=now)
    mine = list(saying.read(coming.order_by("work_day__meeting__starts_at")))
    if not mine:
        return None
    shown = [(each, saying.sentence(each), saying.token_of(each)) for each in mine]
    return "engagement/work_days_in_space.html", {"work_days": shown}


def words_of(shift: Shift) -> str:
    return _("I am coming: %(role)s, %(hours)s") % {"role": shift.role, "hours": saying.hours(shift)}


def lines_of(work_day: WorkDay) -> list[str]:
    """What to know, and what somebody must bring: never how much is left, which changes while letters leave."""
    things = [in_brackets(need.item, need.quantity, need.unit) for need in work_day.needs.all()]
    lines = [work_day.practical] if work_day.practical else []
    if things:
        lines.append(
            _("Needed too: %(things)s. You can say on the page what you bring.") % {"things": ", ".join(things)}
        )
    return lines
