"""How many seats are left, and who is holding one?"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from communities.models import Resident
from meetings.models import Answer, MeetingPage, Registration, WaitingPlace

# What is asked of a meeting at each answer; its other fifty columns are read by whoever asks for one.
OF_AN_ANSWER = ("title", "live", "status", "starts_at", "ends_at", "capacity")


def lock(meeting: MeetingPage, *, only: Iterable[str] = ()) -> MeetingPage:
    """The meeting's rows, its page's too, locked until the transaction ends: whoever counts seats counts alone."""
    rows = MeetingPage.objects.select_for_update(of=("self", "page_ptr"))
    return (rows.only(*only) if only else rows).get(pk=meeting.pk)


def taken(*, meeting: MeetingPage, now: dt.datetime, besides: Resident | None = None) -> int:
    """People coming, seats held for an unconfirmed registration, seats offered to those who waited; guests included.

    Only current answers count. `besides` leaves out what one resident already holds: it does not count against them.
    """
    answers = Answer.objects.coming().filter(invitation__meeting=meeting)
    held = Registration.objects.held(now).filter(meeting=meeting)
    offered = WaitingPlace.objects.holding(now).filter(invitation__meeting=meeting)
    if besides is not None:
        answers = answers.exclude(invitation__resident=besides)
        held = held.exclude(resident=besides)
        offered = offered.exclude(invitation__resident=besides)
    people = [rows.order_by().annotate(number=F("guests") + 1).values_list("number") for rows in (answers, held)]
    return sum(
        number
        for (number,) in people[0].union(
            people[1], offered.with_needs().order_by().annotate(number=F("needs")).values_list("number"), all=True
        )
    )


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
    people = dict.fromkeys(counted, 0)
    total = Coalesce(Sum(F("guests") + 1), 0)
    coming = Answer.objects.coming().filter(invitation__meeting__in=counted).order_by()
    held = Registration.objects.held(now).filter(meeting__in=counted).order_by()
    offered = WaitingPlace.objects.holding(now).filter(invitation__meeting__in=counted).order_by()
    rows = [
        coming.values_list("invitation__meeting").annotate(number=total),
        held.values_list("meeting").annotate(number=total),
        offered.with_needs().values_list("invitation__meeting").annotate(number=Sum("needs")),
    ]
    for pk, number in rows[0].union(*rows[1:], all=True):
        people[pk] += number
    return {pk for pk, capacity in counted.items() if people[pk] >= capacity}
