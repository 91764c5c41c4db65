"""What do work days hold on one resident? What they came for, what they brought, and their hours."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from communities.doubles.moving import move, twins_of
from communities.models import Resident
from communities.personal_data import Held, described
from engagement.models import Attendance, Volunteer, WorkDay

from . import unnaming

OF_A_VOLUNTEER = ("given_name", "guests", "minors", "remark", "phone", "seats_offered", "seats_wanted", "leaves_from")
MOMENTS = ("created_at", "confirmed_at", "withdrawn_at")


MERGES = (
    "engagement.Volunteer.resident",
    "engagement.WorkDay.leader",
    "engagement.WorkDay.proposed_by",
)


def export(resident: Resident) -> Held:
    mine = resident.work_days.select_related("work_day__meeting").prefetch_related("signups__shift", "pledges__need")
    led = WorkDay.objects.filter(leader=resident).select_related("meeting").order_by("pk")
    proposed = WorkDay.objects.filter(proposed_by=resident).select_related("meeting").order_by("pk")
    return {
        _("Your work days"): [told(volunteer) for volunteer in mine.order_by("pk")],
        _("The work days you lead"): [described(day, "meeting", "leader_shown_as") for day in led],
        _("The work days you proposed"): [
            described(day, "meeting", "asked_at", "decided_at", "refusal", "advice") for day in proposed
        ],
    }


def told(volunteer: Volunteer) -> dict[str, Any]:
    return {
        **described(volunteer, "work_day", *OF_A_VOLUNTEER, *MOMENTS),
        _("shifts"): [described(signup, "shift", "state", "asked_at") for signup in volunteer.signups.all()],
        _("what you bring"): [described(pledge, "need", "quantity", "brought") for pledge in volunteer.pledges.all()],
        _("presence"): [
            described(seen, "people", "hours", "ticked_at") for seen in Attendance.objects.filter(volunteer=volunteer)
        ],
    }


def erase(*, resident: Resident, now: dt.datetime) -> None:
    """Shifts to come are free again, what was never confirmed goes; that somebody helped stays, without who.

    Hours that went to the accounts never said whose they were.
    """
    resident.work_days.filter(confirmed_at=None).delete()
    to_come = resident.work_days.filter(work_day__meeting__ends_at__gte=now, withdrawn_at=None)
    for volunteer in to_come:
        volunteer.signups.all().delete()
        volunteer.pledges.all().delete()
    to_come.update(withdrawn_at=now)
    blank = {"given_name": "", "remark": "", "phone": "", "leaves_from": "", "rides_with": None}
    resident.work_days.update(**blank)
    Volunteer.objects.filter(rides_with__resident=resident).update(rides_with=None)
    unnaming.unname(resident)
    WorkDay.objects.filter(leader=resident).update(leader=None, leader_shown_as="")
    WorkDay.objects.filter(proposed_by=resident).update(proposed_by=None)


def merge(*, kept: Resident, gone: Resident, now: dt.datetime) -> None:
    """At a work day where both were signed up, the last word holds; what was ticked on the day stays with it."""
    move(WorkDay, kept=kept, gone=gone, field="leader")
    move(WorkDay, kept=kept, gone=gone, field="proposed_by")
    gone.work_days.filter(confirmed_at=None).delete()
    kept.work_days.filter(confirmed_at=None, work_day__in=gone.work_days.values("work_day")).delete()
    for theirs, other in twins_of(Volunteer, kept=kept, gone=gone, field="resident", once_per=["work_day_id"]):
        first, last = sorted((theirs, other), key=lambda volunteer: (volunteer.is_coming, volunteer.changed_at))
        seen = set(last.attendances.values_list("shift", flat=True))
        for attendance in first.attendances.all():
            if attendance.shift_id not in seen:
                attendance.volunteer = last
                attendance.save(update_fields=["volunteer"])
        first.riders.update(rides_with=last)
        first.delete()
    move(Volunteer, kept=kept, gone=gone)
