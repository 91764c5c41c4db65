"""How many seats are left, and who is holding one?"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce

from communities.models import Resident
from communities.models.ready import Question, made, moment, number
from meetings.models import Answer, MeetingPage, Registration, WaitingPlace
from meetings.models.invitation import AnswerQuerySet
from meetings.models.waiting import WaitingPlaceQuerySet

# What is asked of a meeting at each answer; its other fifty columns are read by whoever asks for one.
OF_AN_ANSWER = ("id", "page_ptr_id", "title", "live", "status", "starts_at", "ends_at", "capacity")


def lock(meeting: MeetingPage) -> MeetingPage:
    """The meeting's rows, its page's too, locked until the transaction ends: whoever counts seats counts alone."""
    return MeetingPage.objects.select_for_update(of=("self", "page_ptr")).get(pk=meeting.pk)


def lock_to_answer(pk: int) -> MeetingPage:
    """The same lock; of the meeting, what an answer asks."""
    (row,) = LOCK.ask(meeting=pk)
    return made(MeetingPage, OF_AN_ANSWER, row)


LOCK = Question(
    lambda: MeetingPage.objects.select_for_update().filter(pk=number("meeting")).order_by().values_list(*OF_AN_ANSWER)
)


def taken(*, meeting: MeetingPage, now: dt.datetime, besides: Resident | None = None) -> int:
    """People coming, seats held for an unconfirmed registration, seats offered to those who waited; guests included.

    Only current answers count. `besides` leaves out what one resident already holds: it does not count against them.
    """
    left_out = besides.pk if besides else NOBODY
    return sum(people for _meeting, people in TAKEN.ask(meeting=meeting.pk, now=now, besides=left_out))


def taken_of_one() -> QuerySet[Any, Any]:
    meeting, now, besides = number("meeting"), moment("now"), number("besides")
    return parties(
        coming=Answer.objects.coming().filter(invitation__meeting=meeting).exclude(invitation__resident=besides),
        held=Registration.objects.held(now).filter(meeting=meeting).exclude(resident=besides),
        offered=WaitingPlace.objects.holding(now)
        .filter(invitation__meeting=meeting)
        .exclude(invitation__resident=besides),
    )


def parties(
    *,
    coming: AnswerQuerySet,
    held: QuerySet[Registration],
    offered: WaitingPlaceQuerySet,
) -> QuerySet[Any, Any]:
    """Up to three rows for each meeting: its pk, and how many people."""
    total = Coalesce(Sum(F("guests") + 1), 0)
    rows = [
        coming.order_by().values_list("invitation__meeting").annotate(number=total),
        held.order_by().values_list("meeting").annotate(number=total),
        offered.order_by().with_needs().values_list("invitation__meeting").annotate(number=Sum("needs")),
    ]
    return rows[0].union(*rows[1:], all=True)


TAKEN = Question(taken_of_one)
NOBODY = 0


def left(*, meeting: MeetingPage, now: dt.datetime, besides: Resident | None = None) -> int | None:
    """Seats free, or None when the meeting turns nobody away."""
    if meeting.capacity is None:
        return None
    return max(0, meeting.capacity - taken(meeting=meeting, now=now, besides=besides))


def held_by(*, meeting: MeetingPage, resident: Resident, now: dt.datetime) -> int:
    """Seats that are a resident's already, whatever became of the room since: they were promised."""
    theirs = [
        Answer.objects.coming().filter(invitation__meeting=meeting, invitation__resident=resident),
        Registration.objects.held(now).filter(meeting=meeting, resident=resident),
        WaitingPlace.objects.holding(now).filter(invitation__meeting=meeting, invitation__resident=resident),
    ]
    first, *others = [rows.order_by().values_list("guests", flat=True) for rows in theirs]
    return max((guests + 1 for guests in first.union(*others, all=True)), default=0)


def coming(*, meeting: MeetingPage, besides: Resident | None = None) -> int:
    """People who said yes, guests included; `besides` leaves one resident's party out."""
    answers = Answer.objects.coming().filter(invitation__meeting=meeting)
    return (answers.exclude(invitation__resident=besides) if besides else answers).people()


def missing(*, meeting: MeetingPage) -> int:
    """How many more people come than there are seats: after the town hall lowered their number, or let someone in."""
    return 0 if meeting.capacity is None else max(0, coming(meeting=meeting) - meeting.capacity)


def full_among(*, meetings: Iterable[MeetingPage], now: dt.datetime) -> set[int]:
    """Those of these meetings (by pk) that have no seat left, in two queries, or none where nobody counts seats."""
    counted = {meeting.pk: meeting.capacity for meeting in meetings if meeting.capacity is not None}
    if not counted:
        return set()
    filled = dict.fromkeys(counted, 0)
    rows = parties(
        coming=Answer.objects.coming().filter(invitation__meeting__in=counted),
        held=Registration.objects.held(now).filter(meeting__in=counted),
        offered=WaitingPlace.objects.holding(now).filter(invitation__meeting__in=counted),
    )
    for pk, number_of_people in rows:
        filled[pk] += number_of_people
    return {pk for pk, capacity in counted.items() if filled[pk] >= capacity}
