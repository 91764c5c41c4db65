"""How does one wait for a seat at a full meeting: take one's place in line, change one's party, leave?

A smaller party keeps its place; a larger one goes to the end of the line, or its wish would pass before those of people
who waited longer. Who comes already and waits with more people keeps their seats meanwhile.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from meetings import rsvp
from meetings.models import Answer, AnswerChannel, Choice, Invitation, MeetingPage, WaitingPlace, WaitingState

from . import answering_back, offers, seats

WAITING_LETTER = "waiting"
TITLE = gettext_noop("On the waiting list: %(title)s")


class TooLateToWait(rsvp.CannotAnswer):
    """Nothing is offered in the last hour."""

    MESSAGE = _("The meeting is about to begin: call us, or ask at the door whether a seat is left.")


class LargerThanTheRoom(rsvp.CannotAnswer):
    """So many people would wait in vain."""

    MESSAGE = _("The meeting has fewer seats than that, all in all: come with fewer people.")


class WhenFull(models.TextChoices):
    """What the town hall decides for someone who finds no seat."""

    REFUSE = "refuse", _("say so")
    WAIT = "wait", _("put them on the waiting list")
    LET_IN = "let_in", _("let them in all the same")


def may_wait(*, meeting: MeetingPage, now: dt.datetime) -> bool:
    """Whether a place on the waiting list means something: there are seats, and time to offer them."""
    has_seats = meeting.capacity is None or meeting.capacity > 0
    ahead = meeting.starts_at and offers.deadline(starts_at=meeting.starts_at, now=now)
    return bool(has_seats and ahead and rsvp.is_open(meeting=meeting, now=now))


def refuse_in_vain(*, meeting: MeetingPage, people: int, now: dt.datetime) -> None:
    """Raise TooLateToWait or LargerThanTheRoom when no offer could ever come."""
    if not may_wait(meeting=meeting, now=now):
        raise TooLateToWait
    if meeting.capacity is not None and people > meeting.capacity:
        raise LargerThanTheRoom


@transaction.atomic
def join(*, invitation: Invitation, guests: int, now: dt.datetime) -> WaitingPlace:
    """A place at the end of the line, or the same place with another party; one letter when it is new.

    Whoever fits into what is free is offered it at once. A no or a maybe is taken back. Raises rsvp.TooLate,
    TooLateToWait or LargerThanTheRoom.
    """
    meeting = rsvp.lock_while_open(invitation=invitation, now=now)
    offers.keep(meeting=meeting, now=now)
    before = standing(invitation)
    place = line_up(before, meeting=meeting, invitation=invitation, guests=guests, now=now)
    offers.keep(meeting=meeting, now=now)
    place.refresh_from_db()
    if before is None and not place.is_offered:
        say_that_they_wait(place, meeting=meeting, now=now)
    return place


def line_up(
    before: WaitingPlace | None, *, meeting: MeetingPage, invitation: Invitation, guests: int, now: dt.datetime
) -> WaitingPlace:
    """Write down the place that follows `before`, their own until now; the meeting is open, and locked."""
    guests = min(guests, rsvp.MOST_GUESTS)
    refuse_in_vain(meeting=meeting, people=guests + 1, now=now)
    place = before or WaitingPlace(invitation=invitation, asked_at=last_in_line(meeting, now), guests=guests)
    if guests > place.guests:
        to_the_end(place, meeting=meeting, now=now)
    place.guests = guests
    place.save()
    invitation.answers.current().exclude(choice=Choice.YES).update(is_current=False)
    return place


def say_that_they_wait(place: WaitingPlace, *, meeting: MeetingPage, now: dt.datetime) -> None:
    resident = place.invitation.resident
    answering_back.tell(
        kind=WAITING_LETTER, key=str(place.pk), title=TITLE, meeting=meeting, resident=resident, now=now
    )


def to_the_end(place: WaitingPlace, *, meeting: MeetingPage, now: dt.datetime) -> None:
    """Whatever was offered to the smaller party is free again."""
    place.asked_at = last_in_line(meeting, now)
    place.state, place.offered_at, place.offered_until = WaitingState.WAITING, None, None


def last_in_line(meeting: MeetingPage, now: dt.datetime) -> dt.datetime:
    """Now, or a moment after the last one: under the lock, who comes later stands later, whatever the clocks say."""
    asked = WaitingPlace.objects.filter(invitation__meeting=meeting).aggregate(last=models.Max("asked_at"))["last"]
    return max(now, asked + dt.timedelta(microseconds=1)) if asked else now


@transaction.atomic
def leave(*, invitation: Invitation, now: dt.datetime) -> None:
    """Give one's place up; what was offered goes to the next. Twice does no more."""
    meeting = seats.lock(invitation.meeting)
    invitation.waiting_places.standing().update(state=WaitingState.LEFT, ended_at=now)
    if rsvp.is_open(meeting=meeting, now=now):
        offers.keep(meeting=meeting, now=now)


@transaction.atomic
def answer_or_wait(
    *, invitation: Invitation, choice: Choice, guests: int, channel: AnswerChannel, now: dt.datetime
) -> Answer | WaitingPlace:
    """The answer, or a place in line for a yes that finds no seat: what pages and calendar programs ask for.

    Whoever is offered a seat and asks for more than there are keeps the offer: raises rsvp.Full, and as join does.
    """
    meeting = rsvp.lock_while_open(invitation=invitation, now=now)
    before = rsvp.last_words(invitation=invitation, since=now).current
    return take_or_wait(
        meeting=meeting, invitation=invitation, before=before, choice=choice, guests=guests, channel=channel, now=now
    )


def take_or_wait(
    *,
    meeting: MeetingPage,
    invitation: Invitation,
    before: Answer | None,
    choice: Choice,
    guests: int,
    channel: AnswerChannel,
    now: dt.datetime,
) -> Answer | WaitingPlace:
    """The same about a meeting that is open, under the lock that the caller holds; `before`: see `rsvp.take`."""
    said: dict[str, Any] = {"choice": choice, "guests": guests, "channel": channel, "now": now}
    try:
        return rsvp.take(meeting=meeting, invitation=invitation, before=before, **said)
    except rsvp.Full:
        waited = standing(invitation)
        if waited and waited.holds(now):
            raise
        # What fits into the free seats was offered a moment ago, and their party does not fit.
        place = line_up(waited, meeting=meeting, invitation=invitation, guests=guests, now=now)
        if waited is None:
            say_that_they_wait(place, meeting=meeting, now=now)
        return place


@transaction.atomic
def record(
    *,
    invitation: Invitation,
    choice: Choice,
    guests: int,
    channel: AnswerChannel,
    when_full: WhenFull,
    by: User | None,
    now: dt.datetime,
) -> Answer | WaitingPlace:
    """What the town hall writes down, with what it decides for someone who finds no seat: only then it counts."""
    said: dict[str, Any] = {"invitation": invitation, "guests": guests, "channel": channel, "now": now}
    if when_full == WhenFull.WAIT:
        return answer_or_wait(choice=choice, **said)
    try:
        return rsvp.answer(choice=choice, **said)
    except rsvp.Full:
        if when_full != WhenFull.LET_IN:
            raise
        return rsvp.let_in(by=by, **said)


def standing(invitation: Invitation) -> WaitingPlace | None:
    """Their place in line or the offer made to them, if any."""
    return invitation.waiting_places.standing().first()


def last(invitation: Invitation) -> WaitingPlace | None:
    """The same, or what became of the last one."""
    return invitation.waiting_places.order_by("pk").last()


def number_in_line(place: WaitingPlace) -> int:
    """1 for the first one. Those to whom a seat is offered no longer stand in line."""
    line = WaitingPlace.objects.in_line().filter(invitation__meeting=place.invitation.meeting_id)
    return line.filter(asked_at__lt=place.asked_at).count() + 1


def length(meeting: MeetingPage) -> int:
    """How many wait, each with their party."""
    return WaitingPlace.objects.in_line().filter(invitation__meeting=meeting).count()


@dataclass(frozen=True)
class Outlook:
    """What someone without a seat may hope for: `left` is None without a limit, `others` are parties in line."""

    left: int | None
    may_wait: bool
    others: int

    @property
    def is_full(self) -> bool:
        return self.left == 0


def outlook(*, invitation: Invitation, now: dt.datetime) -> Outlook:
    """Seats free for this resident, theirs included."""
    meeting = invitation.meeting
    left = seats.left(meeting=meeting, now=now, besides=invitation.resident)
    others = length(meeting) if left is not None else 0
    return Outlook(left=left, may_wait=may_wait(meeting=meeting, now=now), others=others)


def keep_all(*, now: dt.datetime) -> None:
    """Every minute: lapse, offer, and end the wait for meetings that began; whatever was missed meanwhile heals.

    A cancelled or postponed meeting keeps its line: it may be revived.
    """
    waited_for = WaitingPlace.objects.standing().values("invitation__meeting")
    for meeting in MeetingPage.objects.filter(pk__in=waited_for).order_by("pk"):
        with transaction.atomic():
            keep_one(meeting=seats.lock(meeting), now=now)


def keep_one(*, meeting: MeetingPage, now: dt.datetime) -> None:
    if meeting.starts_at and meeting.starts_at <= now:
        standing = WaitingPlace.objects.standing().filter(invitation__meeting=meeting)
        standing.update(state=WaitingState.OVERTAKEN, ended_at=now)
    elif rsvp.is_open(meeting=meeting, now=now):
        offers.keep(meeting=meeting, now=now)
