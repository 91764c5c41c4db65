"""What becomes of invitations, seats and calendars, when two records of one person become one?"""

import datetime as dt

from communities.doubles.moving import move
from communities.models import Resident

from .models import (
    Answer,
    CalendarKey,
    CalendarReply,
    Choice,
    HelpAsked,
    Invitation,
    JoinedInvitation,
    MeetingPage,
    Registration,
    Reminder,
    WaitingPlace,
    WaitingState,
)


def join_registrations(*, kept: Resident, gone: Resident) -> None:
    """A seat that waits for its button is asked for once: the button of the letter that is left still takes it."""
    for theirs, other in move(Registration, kept=kept, gone=gone, once_per=["meeting_id", "confirmed_at"]):
        if other.confirmed_at is None:
            other.delete()
        else:
            Registration.objects.filter(pk=other.pk).update(resident=theirs.resident_id)


def join_invitations(*, kept: Resident, gone: Resident, now: dt.datetime) -> None:
    """Under the lock of each meeting to which both were asked: nobody answers meanwhile."""
    asked = Invitation.objects.filter(resident=gone).values("meeting")
    both = Invitation.objects.filter(resident=kept, meeting__in=asked).values("meeting")
    list(MeetingPage.objects.filter(pk__in=both).order_by("pk").select_for_update(of=("self",), no_key=True))
    for theirs, other in move(Invitation, kept=kept, gone=gone, once_per=["meeting_id"]):
        join(theirs, other, now=now)


def join(theirs: Invitation, other: Invitation, *, now: dt.datetime) -> None:
    """Asked once, told what either was told last; the later answer counts and the other is history."""
    join_answers(theirs, other)
    join_places(theirs, other, now=now)
    join_help(theirs, other)
    told_twice = other.reminders.filter(
        pk__in=[
            each.pk
            for each in other.reminders.all()
            if theirs.reminders.filter(kind=each.kind, starts_at=each.starts_at).exists()
        ]
    )
    told_twice.delete()
    Reminder.objects.filter(invitation=other).update(invitation=theirs)
    join_replies(theirs, other)
    theirs.because = sorted({*theirs.because, *other.because})
    theirs.sequence = max((each.sequence for each in (theirs, other) if each.sequence is not None), default=None)
    withdrawn = [each.withdrawn_at for each in (theirs, other) if each.withdrawn_at]
    theirs.withdrawn_at = max(withdrawn) if len(withdrawn) > 1 else None
    theirs.created_at = min(theirs.created_at, other.created_at)
    theirs.save(update_fields=["because", "sequence", "withdrawn_at", "created_at"])
    JoinedInvitation.objects.filter(invitation=other).update(invitation=theirs)
    JoinedInvitation.objects.create(number=other.pk, invitation=theirs)
    other.delete()


def join_answers(theirs: Invitation, other: Invitation) -> None:
    current = list(Answer.objects.current().filter(invitation__in=[theirs, other]).order_by("answered_at", "pk"))
    Answer.objects.filter(pk__in=[answer.pk for answer in current[:-1]]).update(is_current=False)
    Answer.objects.filter(invitation=other).update(invitation=theirs)


def join_places(theirs: Invitation, other: Invitation, *, now: dt.datetime) -> None:
    """One place in line: the one to which a seat is offered, else the first that asked."""
    standing = list(WaitingPlace.objects.standing().filter(invitation__in=[theirs, other]))
    standing.sort(key=lambda place: (not place.is_offered, place.asked_at, place.pk))
    second = WaitingPlace.objects.filter(pk__in=[place.pk for place in standing[1:]])
    second.update(state=WaitingState.LEFT, ended_at=now)
    WaitingPlace.objects.filter(invitation=other).update(invitation=theirs)
    if said_no := Answer.objects.current().filter(invitation=theirs, choice=Choice.NO).first():
        refused = WaitingPlace.objects.standing().filter(invitation=theirs, asked_at__lt=said_no.answered_at)
        refused.update(state=WaitingState.LEFT, ended_at=now)


def join_help(theirs: Invitation, other: Invitation) -> None:
    """Whatever either said would help."""
    asked = list(HelpAsked.objects.filter(invitation__in=[theirs, other]).order_by("asked_at"))
    kinds = sorted({kind for each in asked for kind in each.kinds})
    HelpAsked.objects.filter(pk__in=[each.pk for each in asked[:-1]]).delete()
    HelpAsked.objects.filter(pk__in=[each.pk for each in asked[-1:]]).update(kinds=kinds, invitation=theirs)


def join_replies(theirs: Invitation, other: Invitation) -> None:
    """What calendar programs said to either; what both received is kept once."""
    same = ("method", "dtstamp", "partstat", "sequence")
    known = set(CalendarReply.objects.filter(invitation=theirs).values_list(*same))
    for reply in CalendarReply.objects.filter(invitation=other):
        if tuple(getattr(reply, name) for name in same) in known:
            reply.delete()
    CalendarReply.objects.filter(invitation=other).update(invitation=theirs)


def join_calendars(*, kept: Resident, gone: Resident) -> None:
    """One calendar, the one that a program read last; the address of the other leads nowhere from now on.

    One opened at an earlier address of either stays closed.
    """
    for owner in (kept, gone):
        CalendarKey.objects.filter(resident=owner).exclude(addresses_before=owner.addresses_before).delete()
    keys = sorted(CalendarKey.objects.filter(resident__in=[kept, gone]), key=read_last)
    CalendarKey.objects.filter(pk__in=[key.pk for key in keys[:-1]]).delete()
    count = max(kept.addresses_before, gone.addresses_before)
    CalendarKey.objects.filter(pk__in=[key.pk for key in keys[-1:]]).update(resident=kept, addresses_before=count)


def read_last(key: CalendarKey) -> tuple[bool, dt.date, dt.datetime]:
    return (key.last_read_on is not None, key.last_read_on or key.created_at.date(), key.created_at)
