"""What do a volunteer's shifts look like in a calendar? One entry each, under names that stay theirs."""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _

from engagement.models import Shift, Volunteer
from meetings import facts
from meetings.calendars import calendar_files
from meetings.calendars.calendar_files import MeetingFacts


def of(volunteer: Volunteer, *, stamp: dt.datetime) -> bytes:
    """Every shift that they have, and those they were told of and no longer have (STATUS:CANCELLED).

    RFC 5545, METHOD:PUBLISH.
    """
    theirs = {signup.shift_id: signup for signup in volunteer.signups.all()}
    shifts = list(Shift.with_struck.filter(work_day=volunteer.work_day_id))
    for shift in shifts:
        shift.work_day = volunteer.work_day
    kept = [shift for shift in shifts if shift.pk in theirs and not theirs[shift.pk].is_waiting]
    gone = [shift for shift in shifts if shift not in kept and shift.pk in volunteer.told_shifts]
    entries = [entry for shift in kept if (entry := entry_of(shift, volunteer))]
    entries += [entry for shift in gone if (entry := entry_of(shift, volunteer, is_cancelled=True))]
    return calendar_files.several(entries, stamp=stamp, uid_domain=facts.uid_domain())


def entry_of(shift: Shift, volunteer: Volunteer, *, is_cancelled: bool = False) -> MeetingFacts | None:
    """The meeting's own facts, at the hours of the shift."""
    meeting = shift.work_day.meeting
    if shift.starts_at is None or shift.ends_at is None:
        return None
    day = facts.of(meeting=meeting, sequence=volunteer.sequence)
    return MeetingFacts(
        uid=f"{meeting.uid}-{shift.pk}-{volunteer.pk}",
        sequence=volunteer.sequence,
        title=_("%(role)s: %(title)s") % {"role": shift.role, "title": meeting.title},
        title_prefix=day.title_prefix,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        url=day.url,
        created_at=volunteer.created_at,
        modified_at=volunteer.changed_at,
        status="confirmed" if meeting.stands and not is_cancelled else "cancelled",
        description=volunteer.work_day.practical,
        place=day.place,
        latitude=day.latitude,
        longitude=day.longitude,
        zone=settings.TIME_ZONE,
    )
