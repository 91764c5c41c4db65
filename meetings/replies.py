"""What becomes of an answer that came by mail? From a calendar program or in a person's own words, it is one answer.

The token in the address names the resident and the UID the meeting: both decide (research of RFC 5546 in the field:
ORGANIZER may be missing, addresses change their case, a forwarded invitation answers for somebody else).
"""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from . import announcing, facts, rsvp, seat_letters, seats, waiting
from .calendar_replies import Attendee, Said
from .models import Answer, AnswerChannel, CalendarReply, Choice, Invitation, MeetingPage, ReplyEffect

CHOICES = {
    "ACCEPTED": Choice.YES,
    "DECLINED": Choice.NO,
    "TENTATIVE": Choice.MAYBE,
    "DELEGATED": Choice.NO,
}
ASKED_AGAIN_IN = dt.timedelta(hours=1)
LATEST_SEQUENCE = 2_147_483_647


@dataclass(frozen=True)
class Word:
    """An answer as it came: what, with how many, by which means, and when it reached us."""

    choice: Choice
    guests: int
    channel: AnswerChannel
    received_at: dt.datetime


def reset_at(meeting: MeetingPage) -> int:
    """The SEQUENCE since which residents know the appointment that stands: answers to an earlier one do not count."""
    since, before = 0, None
    for announcement in meeting.announcements.order_by("sequence"):
        appointment = facts.appointment(announcement.told)
        if before is not None and appointment != before:
            since = announcement.sequence
        before = appointment
    return since


@transaction.atomic
def take_calendar_reply(
    *, invitation: Invitation, said: Said, attendee: Attendee, received_at: dt.datetime
) -> ReplyEffect | None:
    """What a REPLY did; None for one that was taken before. A stale one is asked again; a full house says so."""
    choice = CHOICES.get(attendee.partstat)
    reply = keep(invitation=invitation, said=said, attendee=attendee, received_at=received_at)
    if reply is None:
        return None
    if choice is None:
        effect = ReplyEffect.NOTED
    elif said.sequence < reset_at(invitation.meeting):
        effect = ReplyEffect.STALE
        ask_again(invitation=invitation, now=received_at)
    else:
        word = Word(choice, attendee.guests, AnswerChannel.CALENDAR, received_at)
        effect = settle(invitation=invitation, word=word)
    CalendarReply.objects.filter(pk=reply.pk).update(effect=effect)
    return effect


@transaction.atomic
def take_counter(
    *, invitation: Invitation, said: Said, attendee: Attendee | None, received_at: dt.datetime
) -> CalendarReply | None:
    """Another time proposed: kept for the town hall, and no answer to the meeting as it stands."""
    someone = attendee or Attendee(address="", partstat="")
    return keep(invitation=invitation, said=said, attendee=someone, received_at=received_at)


def keep(*, invitation: Invitation, said: Said, attendee: Attendee, received_at: dt.datetime) -> CalendarReply | None:
    """One row for each reply; None when it came before."""
    delegate = f"→ {attendee.delegated_to}" if attendee.delegated_to else ""
    is_counter = said.method == "COUNTER"
    try:
        with transaction.atomic():
            return CalendarReply.objects.create(
                invitation=invitation,
                method=said.method[:16],
                sequence=min(said.sequence, LATEST_SEQUENCE),
                dtstamp=said.stamp,
                partstat=attendee.partstat[:16],
                guests=min(attendee.guests, rsvp.MOST_GUESTS),
                comment="\n".join(filter(None, [said.comment, delegate]))[:1000],
                proposed_start=said.starts_at if is_counter else None,
                effect=ReplyEffect.NOTED,
                received_at=received_at,
            )
    except IntegrityError:
        return None


@transaction.atomic
def settle(*, invitation: Invitation, word: Word) -> ReplyEffect:
    """Record an answer that came by mail, unless the person has said something since it reached us."""
    seats.lock(invitation.meeting)
    current = invitation.answers.current().first()
    if current and current.answered_at > word.received_at:
        return ReplyEffect.OLDER
    try:
        given = waiting.answer_or_wait(
            invitation=invitation,
            choice=word.choice,
            guests=word.guests,
            channel=word.channel,
            now=word.received_at,
        )
    except (rsvp.Full, waiting.TooLateToWait, waiting.LargerThanTheRoom):
        seat_letters.post(invitation=invitation, now=word.received_at)
        return ReplyEffect.FULL
    except rsvp.TooLate:
        return ReplyEffect.LATE
    return ReplyEffect.COUNTED if isinstance(given, Answer) else ReplyEffect.FULL


def ask_again(*, invitation: Invitation, now: dt.datetime) -> bool:
    """Post the invitation that stands to the invited address, once an hour at most; whether one was posted."""
    announcement = announcing.latest(meeting=invitation.meeting)
    if announcement is None or not rsvp.is_open(meeting=invitation.meeting, now=now):
        return False
    letters = announcing.letters_of(invitation.meeting).filter(resident=invitation.resident)
    if letters.filter(mailing__created_at__gt=now - ASKED_AGAIN_IN).exists():
        return False
    announcing.post_again(invitation=invitation, announcement=announcement, now=now)
    return True
