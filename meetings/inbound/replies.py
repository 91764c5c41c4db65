"""What becomes of an answer that came by mail? From a calendar program or in a person's own words, it is one answer.

The token in the address names the resident and the UID the meeting: both decide (research of RFC 5546 in the field:
ORGANIZER may be missing, addresses change their case, a forwarded invitation answers for somebody else).
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from communities.models import ready
from meetings import announcing, rsvp
from meetings.letters import seat_letters
from meetings.models import (
    Answer,
    AnswerChannel,
    CalendarReply,
    Choice,
    Invitation,
    MeetingPage,
    ReplyEffect,
    WaitingPlace,
)
from meetings.seating import waiting
from meetings.updates import changes

from .calendar_replies import Attendee, Said

# A yes that could not be taken, and cannot wait either.
NO_SEAT = (rsvp.Full, waiting.TooLateToWait, waiting.LargerThanTheRoom)

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
    """An answer as it came: what, with how many, by which means, when it reached us; and the calendar's reply."""

    choice: Choice
    guests: int
    channel: AnswerChannel
    received_at: dt.datetime
    reply: CalendarReply | None = None


def is_stale(*, invitation: Invitation, sequence: int) -> bool:
    """Whether a later appointment was announced than the one that carried this SEQUENCE (RFC 5546 §2.1.5)."""
    return sequence < (invitation.told_sequence or 0) and sequence < reset_at(invitation.meeting)


def reset_at(meeting: MeetingPage) -> int:
    """The SEQUENCE since which residents know the appointment that stands: answers to an earlier one do not count."""
    since, before = 0, None
    for announcement in meeting.announcements.order_by("sequence"):
        if before is not None and changes.asks_again(before, announcement.told):
            since = announcement.sequence
        before = announcement.told
    return since


@transaction.atomic(savepoint=False)
def take_calendar_reply(
    *, invitation: Invitation, said: Said, attendee: Attendee, received_at: dt.datetime
) -> ReplyEffect | None:
    """What a REPLY did; None for one that was taken before. A stale one is asked again; a full house says so."""
    reply = keep(invitation=invitation, said=said, attendee=attendee, received_at=received_at)
    if reply is None:
        return None
    effect = effect_of(invitation=invitation, said=said, attendee=attendee, reply=reply)
    if effect != reply.effect:
        reply.effect = effect
        reply.save(update_fields=["effect"])
    return effect


def effect_of(*, invitation: Invitation, said: Said, attendee: Attendee, reply: CalendarReply) -> ReplyEffect:
    choice = CHOICES.get(attendee.partstat)
    if choice is None:
        return ReplyEffect.NOTED
    if is_stale(invitation=invitation, sequence=said.sequence):
        ask_again(invitation=invitation, now=reply.received_at)
        return ReplyEffect.STALE
    word = Word(choice, attendee.guests, AnswerChannel.CALENDAR, reply.received_at, reply)
    return settle(invitation=invitation, word=word)


def take_counter(
    *, invitation: Invitation, said: Said, attendee: Attendee | None, received_at: dt.datetime
) -> CalendarReply | None:
    """Another time proposed: kept for the town hall, and no answer to the meeting as it stands."""
    someone = attendee or Attendee(address="", partstat="")
    return keep(invitation=invitation, said=said, attendee=someone, received_at=received_at)


def keep(*, invitation: Invitation, said: Said, attendee: Attendee, received_at: dt.datetime) -> CalendarReply | None:
    """One row for each reply, which counts until something speaks against it; None when it came before."""
    delegate = f"→ {attendee.delegated_to}" if attendee.delegated_to else ""
    is_counter = said.method == "COUNTER"
    reply = CalendarReply(
        invitation=invitation,
        method=said.method[:16],
        sequence=min(said.sequence, LATEST_SEQUENCE),
        dtstamp=said.stamp,
        partstat=attendee.partstat[:16],
        guests=min(attendee.guests, rsvp.MOST_GUESTS),
        comment="\n".join(filter(None, [said.comment, delegate]))[:1000],
        proposed_start=said.starts_at if is_counter else None,
        effect=ReplyEffect.NOTED if is_counter else ReplyEffect.COUNTED,
        received_at=received_at,
    )
    return reply if ready.insert_once(reply) else None


def is_overtaken(reply: CalendarReply) -> bool:
    """Whether one that was written later, about the same SEQUENCE, reached us before (RFC 5546 §2.1.5): mail may be
    delayed on its way. A clock that was ahead is not believed, nor a program that copies the invitation's DTSTAMP.
    """
    if reply.dtstamp is None or reply.dtstamp < reply.invitation.created_at:
        return False
    same = CalendarReply.objects.filter(invitation=reply.invitation_id, method=reply.method, sequence=reply.sequence)
    later = same.filter(dtstamp__gt=reply.dtstamp, dtstamp__lte=F("received_at"))
    return later.exclude(effect=ReplyEffect.NOTED).exists()


class Older(Exception):
    """The person has said something since this reached us, or since their calendar wrote it."""


@transaction.atomic(savepoint=False)
def settle(*, invitation: Invitation, word: Word) -> ReplyEffect:
    """Record an answer that came by mail, unless the person has said something since it reached us."""
    try:
        given = record(invitation=invitation, word=word)
    except Older:
        return ReplyEffect.OLDER
    except NO_SEAT:
        seat_letters.post(invitation=invitation, now=word.received_at)
        return ReplyEffect.FULL
    except rsvp.TooLate:
        return ReplyEffect.LATE
    return ReplyEffect.COUNTED if isinstance(given, Answer) else ReplyEffect.WAITS


def record(*, invitation: Invitation, word: Word) -> Answer | WaitingPlace:
    """Whether there is a later word is asked once we hold the meeting's lock. Raise Older, or as `answer`."""
    meeting = rsvp.lock_while_open(invitation=invitation, now=word.received_at)
    before = rsvp.last_words(invitation=invitation, since=word.received_at)
    takes_back = before.current or word.choice != Choice.YES
    if before.is_later or (takes_back and word.reply and is_overtaken(word.reply)):
        raise Older
    return waiting.take_or_wait(
        meeting=meeting,
        invitation=invitation,
        before=before.current,
        choice=word.choice,
        guests=word.guests,
        channel=word.channel,
        now=word.received_at,
    )


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
