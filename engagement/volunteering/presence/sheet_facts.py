"""What does the sheet of a work day say? Who comes for what, what is brought and missing, who shares a car."""

import datetime as dt

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities import typography
from engagement.models import Shift, Volunteer, WorkDay
from engagement.volunteering import counting, gaps, saying
from engagement.volunteering.counting import Count

from .sheet_printing import SheetFacts, SheetLine, SheetShift


def of(work_day: WorkDay, *, now: dt.datetime) -> SheetFacts:
    """In the town's language. Telephones are those typed for this day, and no other."""
    language = settings.LANGUAGE_CODE
    meeting = work_day.meeting
    with translation.override(language):
        count = counting.of(work_day, now=now)
        return SheetFacts(
            language=language,
            title=meeting.title,
            when=typography.span(meeting.starts_at, meeting.ends_at, language=language) if meeting.starts_at else "",
            where=str(meeting.venue or ""),
            leader=str(work_day.leader) if work_day.leader else work_day.leader_shown_as,
            practical=work_day.practical,
            shifts=shifts_of(work_day, count),
            missing=missing(count),
        )


def shifts_of(work_day: WorkDay, count: Count) -> list[SheetShift]:
    coming = Volunteer.objects.coming().filter(work_day=work_day).select_related("resident", "rides_with__resident")
    volunteers = sorted(coming.prefetch_related("signups", "pledges__need"), key=lambda each: str(each).lower())
    found = [shift_of(one.shift, one.coming, volunteers) for one in count.shifts]
    others = [line_of(each) for each in volunteers if not each.signups.all()]
    return [*found, SheetShift(title=_("At no fixed time"), lines=others)] if others or not found else found


def shift_of(shift: Shift, coming: int, volunteers: list[Volunteer]) -> SheetShift:
    signups = {signup.volunteer_id: signup for each in volunteers for signup in each.signups.all()
               if signup.shift_id == shift.pk}  # fmt: skip
    theirs = [each for each in volunteers if each.pk in signups]
    return SheetShift(
        title=f"{shift.role}, {saying.hours(shift)}",
        places=_("%(coming)d of %(places)d places") % {"coming": coming, "places": shift.places},
        lines=[line_of(each, waits=signups[each.pk].is_waiting) for each in theirs],
    )


def line_of(volunteer: Volunteer, *, waits: bool = False) -> SheetLine:
    return SheetLine(
        name=str(volunteer.resident),
        people=volunteer.people,
        things=[
            f"{each.quantity} {each.need.unit} {each.need.item}".replace("  ", " ") for each in volunteer.pledges.all()
        ],
        lift=lift_of(volunteer),
        remark=volunteer.remark,
        phone=volunteer.phone,
        waits=waits,
    )


def lift_of(volunteer: Volunteer) -> str:
    where = _(" from %(place)s") % {"place": volunteer.leaves_from} if volunteer.leaves_from else ""
    if volunteer.seats_offered:
        offered = ngettext("offers %(seats)d seat", "offers %(seats)d seats", volunteer.seats_offered)
        return offered % {"seats": volunteer.seats_offered} + where
    if volunteer.rides_with:
        return _("rides with %(name)s") % {"name": volunteer.rides_with.resident}
    if volunteer.seats_wanted:
        wanted = ngettext("looks for %(seats)d seat", "looks for %(seats)d seats", volunteer.seats_wanted)
        return wanted % {"seats": volunteer.seats_wanted} + where
    return ""


def missing(count: Count) -> list[str]:
    """Hands by what they would do; things, seats."""
    people = [
        ngettext("%(number)d person for: %(role)s", "%(number)d people for: %(role)s", one.missing)
        % {"number": one.missing, "role": one.shift.role}
        for one in count.shifts
        if one.missing
    ]
    return [*people, *gaps.things(count), *gaps.seats(count)]
