"""To whom is a free seat offered, and until when?

The line is kept under the meeting's lock, at each answer and each minute. A seat goes to the first in line whose whole
party fits into what is free: a larger party before them is passed over rather than keep seats empty, never by somebody
who came after a party that fits. What is offered is held until its time is over. In the last hour before the meeting
nothing is offered any more: seats go to whoever answers first.
"""

import datetime as dt
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from communities.models.ready import Question, moment, number
from meetings.models import Answer, Choice, Invitation, MeetingPage, WaitingPlace, WaitingState

from . import answering_back, seats

OFFER_LETTER, LAPSED_LETTER, SEATED_LETTER = "seat_offered", "offer_lapsed", "seated"
TITLES = {
    OFFER_LETTER: _("A seat for you: %(title)s"),
    LAPSED_LETTER: _("The seat was not taken: %(title)s"),
    SEATED_LETTER: _("Your seat is yours: %(title)s"),
}

LASTS_AT_MOST = dt.timedelta(hours=24)
LASTS_AT_LEAST = dt.timedelta(hours=1)
LAST_HOUR = dt.timedelta(hours=1)
MORNING, EVENING = dt.time(8), dt.time(20)


def deadline(*, starts_at: dt.datetime, now: dt.datetime) -> dt.datetime | None:
    """Until when an offer made now stands: a day, or half of what is left before the meeting, at least an hour.

    Nobody's time runs at night, unless the meeting is too near. None in the last hour: nothing is offered any more.
    """
    if starts_at - now <= LAST_HOUR:
        return None
    counted_from = waking(now)
    if starts_at - counted_from <= LAST_HOUR:
        counted_from = now
    half = (starts_at - counted_from) / 2
    return counted_from + min(LASTS_AT_MOST, max(LASTS_AT_LEAST, half))


def waking(now: dt.datetime) -> dt.datetime:
    """Now, or the next morning when people sleep."""
    local = timezone.localtime(now)
    if MORNING <= local.time() < EVENING:
        return now
    day = local.date() + dt.timedelta(days=1 if local.time() >= EVENING else 0)
    return timezone.make_aware(dt.datetime.combine(day, MORNING))


def keep(*, meeting: MeetingPage, now: dt.datetime) -> bool:
    """Let offers lapse whose time is over, and offer what is free; whether anybody waited. The meeting is locked, and
    still takes answers.

    One query where nobody waits, and few where no seat is free, however long the line; a second time in the same moment
    does nothing.
    """
    waiting, offered, lapsing = line(meeting=meeting, now=now)
    if lapsing:
        lapse(meeting=meeting, now=now)
    until = deadline(starts_at=meeting.starts_at or now, now=now)
    if until is not None and waiting:
        offer_what_is_free(meeting=meeting, until=until, now=now)
    return bool(waiting or offered)


def line(*, meeting: MeetingPage, now: dt.datetime) -> tuple[int, int, int]:
    """How many wait, how many offers stand, and for how many of these the time is over."""
    counted = LINE.ask(meeting=meeting.pk, now=now)
    return counted[0][1:] if counted else (0, 0, 0)


def line_of_one() -> QuerySet[WaitingPlace, Any]:
    """A row where somebody waits, none elsewhere."""
    is_offered = Q(state=WaitingState.OFFERED)
    standing = WaitingPlace.objects.standing().filter(invitation__meeting=number("meeting")).order_by()
    return standing.values_list("invitation__meeting").annotate(
        waiting=Count("pk", filter=Q(state=WaitingState.WAITING)),
        offered=Count("pk", filter=is_offered),
        lapsing=Count("pk", filter=is_offered & Q(offered_until__lte=moment("now"))),
    )


LINE = Question(line_of_one)


def offer_what_is_free(*, meeting: MeetingPage, until: dt.datetime, now: dt.datetime) -> None:
    free = seats.left(meeting=meeting, now=now)
    if free == 0:
        return
    fitting = WaitingPlace.objects.in_line().filter(invitation__meeting=meeting).with_needs()
    if free is not None:
        fitting = fitting.filter(needs__lte=free)  # type: ignore[misc]  # filled by with_needs()
    for place in fitting:
        if free is None:
            offer(place, until=until, now=now)
        elif place.needs <= free:
            offer(place, until=until, now=now)
            free -= place.needs


def offer(place: WaitingPlace, *, until: dt.datetime, now: dt.datetime) -> None:
    """Hold the seats for them until then, and tell them."""
    place.state, place.offered_at, place.offered_until = WaitingState.OFFERED, now, until
    place.save(update_fields=["state", "offered_at", "offered_until"])
    tell(place.invitation, key=place.pk, kind=OFFER_LETTER, now=now)


def lapse(*, meeting: MeetingPage, now: dt.datetime) -> None:
    """The time of these offers is over: their seats are free, and who let them pass is told."""
    for place in WaitingPlace.objects.lapsing(now).filter(invitation__meeting=meeting):
        end(place, state=WaitingState.LAPSED, now=now)
        tell(place.invitation, key=place.pk, kind=LAPSED_LETTER, now=now)


def end(place: WaitingPlace, *, state: WaitingState, now: dt.datetime) -> None:
    place.state, place.ended_at = state, now
    place.save(update_fields=["state", "ended_at"])


def settle(*, answer: Answer, now: dt.datetime) -> None:
    """Who answers waits no more: with a yes they have their seat and are told, with anything else they leave the list.

    The answer was just recorded.
    """
    invitation, said_yes = answer.invitation, answer.choice == Choice.YES
    state = WaitingState.SEATED if said_yes else WaitingState.LEFT
    waited = invitation.waiting_places.standing().update(state=state, ended_at=now)
    if waited and said_yes:
        tell(invitation, key=answer.pk, kind=SEATED_LETTER, now=now)


def tell(invitation: Invitation, *, key: int, kind: str, now: dt.datetime) -> None:
    answering_back.tell(
        kind=kind,
        key=str(key),
        title=TITLES[kind],
        meeting=invitation.meeting,
        resident=invitation.resident,
        now=now,
    )
