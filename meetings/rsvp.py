"""What a resident answers, whatever the means: one answer, the last one wins."""

import datetime as dt
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from communities import links
from communities.models import Resident, ready
from communities.models.ready import Question, made, moment, number

from . import consequences, refusals
from .models import Answer, AnswerChannel, Choice, Invitation, MeetingPage
from .seating import offers, seats

PURPOSE = "answer"
MOST_GUESTS = 9
OF_AN_ANSWER = ("id", "invitation_id", "choice", "guests", "channel", "answered_at", "is_current")


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
    standing = invitations.filter(resident__erased_at__isnull=True, meeting__live=True)
    pk = links.read(PURPOSE, token) or 0
    return standing.filter(pk=pk).first() or standing.filter(joined__number=pk).first()


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
    before = last_words(invitation=invitation, since=now).current
    return take(
        meeting=meeting, invitation=invitation, before=before, choice=choice, guests=guests, channel=channel, now=now
    )


def take(
    *,
    meeting: MeetingPage,
    invitation: Invitation,
    before: Answer | None,
    choice: Choice,
    guests: int,
    channel: AnswerChannel,
    now: dt.datetime,
) -> Answer:
    """The same about a meeting that is open, under the lock that the caller holds; `before` is the answer that counts
    until now. Raises Full, with the line kept.
    """
    someone_waits = offers.keep(meeting=meeting, now=now)
    guests = min(guests, MOST_GUESTS) if choice == Choice.YES else 0
    if choice == Choice.YES:
        refuse_beyond_capacity(meeting=meeting, resident=invitation.resident, people=guests + 1, now=now)
    recorded = keep(invitation=invitation, before=before, choice=choice, guests=guests, channel=channel, now=now)
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
    before = last_words(invitation=invitation, since=now).current
    recorded = keep(invitation=invitation, before=before, choice=Choice.YES, guests=guests, channel=channel, now=now)
    Answer.objects.filter(pk=recorded.pk).update(let_in_by=by)
    offers.settle(answer=recorded, now=now)
    offers.keep(meeting=meeting, now=now)
    return recorded


def lock_while_open(*, invitation: Invitation, now: dt.datetime) -> MeetingPage:
    """The invitation's meeting, locked. Raises TooLate."""
    meeting = seats.lock_to_answer(invitation.meeting_id)
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


class LastWords(NamedTuple):
    """The answer that counts, if any; and whether a later one came than the moment that was asked about."""

    current: Answer | None
    is_later: bool


def last_words(*, invitation: Invitation, since: dt.datetime) -> LastWords:
    """What was said until now; true as long as the meeting is locked."""
    rows = LAST_WORDS.ask(invitation=invitation.pk, since=since)
    answers = [made(Answer, OF_AN_ANSWER, row) for row in rows]
    for answer in answers:
        answer.invitation = invitation
    current = next((answer for answer in answers if answer.is_current), None)
    return LastWords(current, any(answer.answered_at > since for answer in answers))


def last_words_of_one() -> QuerySet[Answer, tuple[Any, ...]]:
    """Two rows at the most."""
    asked = Q(is_current=True) | Q(answered_at__gt=moment("since"))
    answers = Answer.objects.filter(asked, invitation=number("invitation"))
    return answers.order_by("-is_current").values_list(*OF_AN_ANSWER)[:2]


LAST_WORDS = Question(last_words_of_one)


def keep(
    *,
    invitation: Invitation,
    before: Answer | None,
    choice: Choice,
    guests: int,
    channel: AnswerChannel,
    now: dt.datetime,
) -> Answer:
    """Put the new answer on top of `before`, unless it says the same by the same means."""
    if before and (before.choice, before.guests, before.channel) == (choice, guests, channel):
        return before
    if before:
        invitation.answers.filter(is_current=True).update(is_current=False)
    answer = Answer(invitation=invitation, choice=choice, guests=guests, channel=channel, answered_at=now)
    ready.insert(answer)
    consequences.draw(answer, now=now)
    return answer
