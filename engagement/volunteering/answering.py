"""What does an answer to the meeting change of a sign-up? A no, by whatever means, gives everything back."""

import datetime as dt

from engagement.models import Volunteer
from meetings.models import Answer, Choice, Invitation

from . import lifts, lines, telling


def follow(answer: Answer, now: dt.datetime) -> None:
    """Told of every answer, in its transaction, under the meeting's lock."""
    if answer.choice == Choice.NO:
        give_back_all(invitation=answer.invitation, now=now)


def give_back_all(*, invitation: Invitation, now: dt.datetime) -> None:
    """Nothing to do for whoever had nothing."""
    theirs = Volunteer.objects.coming().filter(work_day__meeting=invitation.meeting_id, resident=invitation.resident_id)
    for volunteer in theirs.select_related("work_day__meeting", "work_day__leader", "resident"):
        give_back(volunteer, now=now)


def give_back(volunteer: Volunteer, *, now: dt.datetime) -> None:
    """Shifts, things and seats are free again; that they withdrew is kept."""
    volunteer.signups.all().delete()
    volunteer.pledges.all().delete()
    volunteer.seats_offered, volunteer.seats_wanted, volunteer.rides_with = 0, 0, None
    volunteer.withdrawn_at = volunteer.changed_at = now
    volunteer.save(update_fields=["seats_offered", "seats_wanted", "rides_with", "withdrawn_at", "changed_at"])
    lifts.put_down(volunteer, now=now)
    telling.withdrawn(volunteer=volunteer, now=now)
    lines.move_up(work_day=volunteer.work_day, now=now)
