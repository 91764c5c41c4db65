"""What a resident answers, whatever the means: one answer, the last one wins."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from communities import links
from communities.models import Resident

from . import refusals
from .models import Answer, AnswerChannel, Choice, Invitation, MeetingPage
from .seating import offers, seats

PURPOSE = "answer"
MOST_GUESTS = 9


class CannotAnswer(refusals.Refusal):
    """We could not take this answer."""


class TooLate(CannotAnswer):
    """The meeting is over, or does not take place: nothing can be answered any more."""

    MESSAGE = _("This meeting no longer takes answers: it is over, postponed or cancelled.")


class Full(CannotAnswer):
    """There are fewer seats left than people who would come."""

    MESSAGE = _("There are not enough seats left. You can come with fewer people, or answer “maybe”.")


def token_of(invitation: Invitation) -> str:
    """What the answer links of this invitation carry."""
    return links.sign(PURPOSE, invitation.pk)


def find(*, token: str) -> Invitation | None:
    """The invitation behind a link, or None for a forged, truncated or forgotten one."""
    invitations = Invitation.objects.select_related("resident", "meeting__venue")
    pk = links.read(PURPOSE, token)
    return invitations.filter(pk=pk or 0, resident__erased_at__isnull=True, meeting__live=True).first()


def is_open(*, meeting: MeetingPage, now: dt.datetime) -> bool:
    """Whether an answer still means something."""
    return bool(meeting.live and meeting.stands and meeting.ends_at and not meeting.is_over(now))


@transaction.atomic
def answer(
    *,
    invitation: Invitation,
    choice: Choice,
    guests: int = 0,
    channel: AnswerChannel,
    now: dt.datetime,
) -> Answer:
    """Record what a resident says, under the meeting's lock; the same answer twice is one answer.

    `guests` counts people besides the resident and is only kept with a yes. Free seats are offered to those who wait
    before anybody answers, and what an answer frees goes to the next. Raises TooLate or Full.
    """
    meeting = lock_while_open(invitation=invitation, now=now)
    return take(meeting=meeting, invitation=invitation, choice=choice, guests=guests, channel=channel, now=now)


def take(
    *,
    meeting: MeetingPage,
    invitation: Invitation,
    choice: Choice,
    guests: int,
    channel: AnswerChannel,
    now: dt.datetime,
) -> Answer:
    """The same about a meeting that is open, under the lock that the caller holds. Raises Full, with the line kept."""
    someone_waits = offers.keep(meeting=meeting, now=now)
    guests = min(guests, MOST_GUESTS) if choice == Choice.YES else 0
    if choice == Choice.YES:
        refuse_beyond_capacity(meeting=meeting, resident=invitation.resident, people=guests + 1, now=now)
    recorded = keep(invitation=invitation, choice=choice, guests=guests, channel=channel, now=now)
    if someone_waits:
        offers.settle(answer=recorded, now=now)
        offers.keep(meeting=meeting, now=now)
    return recorded


@transaction.atomic
def let_in(*, invitation: Invitation, guests: int, channel: AnswerChannel, by: User | None, now: dt.datetime) -> Answer:
    """Seat someone beyond the seats, or before those who wait: a member of staff decided it, and is named.

    Raises TooLate.
    """
    meeting = lock_while_open(invitation=invitation, now=now)
    guests = min(guests, MOST_GUESTS)
    recorded = keep(invitation=invitation, choice=Choice.YES, guests=guests, channel=channel, now=now)
    Answer.objects.filter(pk=recorded.pk).update(let_in_by=by)
    offers.settle(answer=recorded, now=now)
    offers.keep(meeting=meeting, now=now)
    return recorded


def lock_while_open(*, invitation: Invitation, now: dt.datetime) -> MeetingPage:
    """The invitation's meeting, locked. Raises TooLate."""
    meeting = seats.lock(invitation.meeting, only=seats.OF_AN_ANSWER)
    if not is_open(meeting=meeting, now=now):
        raise TooLate
    return meeting


def refuse_beyond_capacity(*, meeting: MeetingPage, resident: Resident, people: int, now: dt.datetime) -> None:
    """Seats the resident already holds do not count against them, and stay theirs. Raises Full."""
    free = seats.left(meeting=meeting, now=now, besides=resident)
    if free is None or people <= free:
        return
    if people > seats.held_by(meeting=meeting, resident=resident, now=now):
        raise Full


def keep(
    *,
    invitation: Invitation,
    choice: Choice,
    guests: int,
    channel: AnswerChannel,
    now: dt.datetime,
) -> Answer:
    """Put the new answer on top of the old ones, unless it says the same by the same means."""
    current = invitation.answers.filter(is_current=True).first()
    if current and (current.choice, current.guests, current.channel) == (
        choice,
        guests,
        channel,
    ):
        return current
    if current:
        invitation.answers.filter(is_current=True).update(is_current=False)
    return Answer.objects.create(
        invitation=invitation,
        choice=choice,
        guests=guests,
        channel=channel,
        answered_at=now,
    )
