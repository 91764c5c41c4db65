"""How many places and things are left on a work day, and what is missing?"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import F, Q, Sum

from engagement.models import Need, Pledge, Shift, Signup, SignupState, Volunteer, WorkDay
from engagement.models.volunteer import SignupQuerySet

NOBODY = 0


@dataclass(frozen=True)
class ShiftCount:
    """One shift: `coming` people of its places, and how many people `wait`."""

    shift: Shift
    coming: int
    waiting: int

    @property
    def left(self) -> int:
        return max(0, self.shift.places - self.coming)

    @property
    def is_full(self) -> bool:
        return self.left == 0

    @property
    def missing(self) -> int:
        """People below the least number."""
        return max(0, self.shift.minimum - self.coming)

    @property
    def permille(self) -> int:
        """How full it is, for a bar: 0 to 1000."""
        return min(1000, round(1000 * self.coming / self.shift.places))


@dataclass(frozen=True)
class NeedCount:
    """One need: how many are `pledged`."""

    need: Need
    pledged: int

    @property
    def left(self) -> int:
        return max(0, self.need.quantity - self.pledged)

    @property
    def is_met(self) -> bool:
        return self.left == 0

    @property
    def permille(self) -> int:
        return min(1000, round(1000 * self.pledged / self.need.quantity))


@dataclass(frozen=True)
class Count:
    """A work day, as it stands."""

    work_day: WorkDay
    shifts: list[ShiftCount] = field(default_factory=list)
    needs: list[NeedCount] = field(default_factory=list)
    seats_offered: int = 0
    seats_wanted: int = 0

    @cached_property
    def of_shift(self) -> dict[int, ShiftCount]:
        return {count.shift.pk: count for count in self.shifts}

    @cached_property
    def of_need(self) -> dict[int, NeedCount]:
        return {count.need.pk: count for count in self.needs}

    @property
    def missing_people(self) -> int:
        """Below the least numbers of its shifts, together."""
        return sum(count.missing for count in self.shifts)

    @property
    def missing_things(self) -> list[NeedCount]:
        return [count for count in self.needs if not count.is_met]

    @property
    def missing_seats(self) -> int:
        """Asked for in cars, beyond those offered."""
        return max(0, self.seats_wanted - self.seats_offered)

    @property
    def is_full(self) -> bool:
        return bool(self.shifts) and all(count.is_full for count in self.shifts)

    @property
    def has_gaps(self) -> bool:
        return bool(self.missing_people or self.missing_things or self.missing_seats)


def of(work_day: WorkDay, *, now: dt.datetime, besides: Volunteer | None = None) -> Count:
    """Five queries. `besides`: as if this volunteer had said nothing."""
    return of_all([work_day], now=now, besides=besides)[work_day.pk]


def of_all(work_days: Iterable[WorkDay], *, now: dt.datetime, besides: Volunteer | None = None) -> dict[int, Count]:
    """Each of these work days (by pk), in five queries, however many they are."""
    known = {work_day.pk: work_day for work_day in work_days}
    counting = Volunteer.objects.counting(now).filter(work_day__in=known).exclude(pk=besides.pk if besides else NOBODY)
    people = people_of(Signup.objects.filter(volunteer__in=counting))
    things = dict(
        Pledge.objects.filter(volunteer__in=counting).order_by().values_list("need").annotate(total=Sum("quantity"))
    )
    seats = {
        pk: (offered, wanted)
        for pk, offered, wanted in counting.order_by()
        .values_list("work_day")
        .annotate(offered=Sum("seats_offered"), wanted=Sum("seats_wanted"))
    }
    counts = {pk: Count(known[pk], [], [], *seats.get(pk, (0, 0))) for pk in known}
    for shift in Shift.objects.filter(work_day__in=known):
        shift.work_day = known[shift.work_day_id]  # already read, with its meeting
        coming, waiting = people.get(shift.pk, (0, 0))
        counts[shift.work_day_id].shifts.append(ShiftCount(shift, coming, waiting))
    for need in Need.objects.filter(work_day__in=known):
        counts[need.work_day_id].needs.append(NeedCount(need, things.get(need.pk, 0)))
    return counts


def people_of(signups: SignupQuerySet) -> dict[int, tuple[int, int]]:
    """For each shift (by pk): people who come, people who wait."""
    party = F("volunteer__guests") + 1
    totals = signups.order_by().values_list("shift")
    rows = totals.annotate(
        coming=Sum(party, filter=Q(state=SignupState.COMING), default=0),
        waiting=Sum(party, filter=Q(state=SignupState.WAITING), default=0),
    )
    return {shift: (coming, waiting) for shift, coming, waiting in rows}
