"""Who moves up when a place on a shift is free? The first in line whose whole party finds room."""

import contextlib
import datetime as dt

from engagement.models import SignupState, Volunteer, WorkDay
from meetings import rsvp
from meetings.models import AnswerChannel, Choice, Invitation

from . import counting, telling


def move_up(*, work_day: WorkDay, now: dt.datetime) -> None:
    """Give what is free to those who wait, in their order, and tell them; the meeting is locked by the caller.

    Three queries when nobody waits.
    """
    count = counting.of(work_day, now=now)
    moved = [pk for shift in count.shifts if shift.waiting and shift.left for pk in fill(shift)]
    for volunteer in Volunteer.objects.filter(pk__in=moved).select_related("resident"):
        volunteer.work_day = work_day
        say_yes(volunteer, now=now)
        telling.moved_up(volunteer=volunteer, now=now)


def fill(count: counting.ShiftCount) -> list[int]:
    """The volunteers (by pk) who have a place now. Only those whose address is proven."""
    left, seated = count.left, []
    waiting = count.shift.signups.waiting().filter(volunteer__in=Volunteer.objects.coming())
    for signup in waiting.select_related("volunteer"):
        if signup.volunteer.people <= left:
            left -= signup.volunteer.people
            seated.append(signup)
    count.shift.signups.filter(pk__in=[signup.pk for signup in seated]).update(state=SignupState.COMING)
    return [signup.volunteer_id for signup in seated]


def say_yes(volunteer: Volunteer, *, now: dt.datetime) -> None:
    """They asked for it: it is their answer to the meeting too, unless the room itself is full."""
    invitation = Invitation.objects.filter(
        meeting=volunteer.work_day.meeting_id, resident=volunteer.resident_id
    ).first()
    if invitation is None:
        return
    with contextlib.suppress(rsvp.Full):
        rsvp.answer(
            invitation=invitation,
            choice=Choice.YES,
            guests=volunteer.guests,
            channel=AnswerChannel(volunteer.channel),
            now=now,
        )
