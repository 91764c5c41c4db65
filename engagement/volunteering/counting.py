"""How many places and things are left on a work day, and what is missing?"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import JSONObject

from engagement.models import Need, Pledge, Shift, Signup, SignupState, Volunteer, WorkDay
from engagement.models.volunteer import VolunteerQuerySet
from engagement.models.work_day import WorkDayQuerySet
from meetings.models import MeetingPage

NOBODY = 0
OF_A_SHIFT = ("id", "role", "begins", "ends", "places", "minimum", "skills", "minors")
OF_A_NEED = ("id", "kind", "item", "quantity", "unit")


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
    """One query. `besides`: as if this volunteer had said nothing."""
    return of_all([work_day], now=now, besides=besides)[work_day.pk]


def of_all(work_days: Iterable[WorkDay], *, now: dt.datetime, besides: Volunteer | None = None) -> dict[int, Count]:
    """Each of these work days (by pk), in one query, however many they are."""
    known = {work_day.pk: work_day for work_day in work_days}
    counted = with_counts(WorkDay.objects.filter(pk__in=known), now=now, besides=besides)
    return {row.pk: count_of(row, work_day=known[row.pk]) for row in counted}


def of_meeting(meeting: MeetingPage, *, now: dt.datetime) -> Count | None:
    """The work day of this meeting with all that is counted, in one query; None when it has none."""
    row = with_counts(WorkDay.objects.filter(meeting=meeting.pk), now=now).first()
    if row is None:
        return None
    row.meeting = meeting
    return count_of(row, work_day=row)


def with_counts(work_days: WorkDayQuerySet, *, now: dt.datetime, besides: Volunteer | None = None) -> WorkDayQuerySet:
    """With `all_shifts` and `all_needs`, each with what is there of it, and the seats in cars."""
    counting = Volunteer.objects.counting(now).exclude(pk=besides.pk if besides else NOBODY)
    seats = counting.filter(work_day=OuterRef("pk")).order_by().values("work_day")
    return work_days.annotate(
        all_shifts=ArraySubquery(shifts_with_people(counting)),
        all_needs=ArraySubquery(needs_with_pledges(counting)),
        all_offered=Subquery(seats.annotate(total=Sum("seats_offered")).values("total")),
        all_wanted=Subquery(seats.annotate(total=Sum("seats_wanted")).values("total")),
    )


def shifts_with_people(counting: VolunteerQuerySet) -> QuerySet[Any, Any]:
    mine = Signup.objects.filter(shift=OuterRef("pk"), volunteer__in=counting).order_by().values("shift")
    people = {
        state: Subquery(mine.filter(state=state).annotate(total=Sum(F("volunteer__guests") + 1)).values("total"))
        for state in SignupState.values
    }
    shifts = Shift.objects.filter(work_day=OuterRef("pk")).order_by("begins", "pk").annotate(**people)
    return shifts.values(told=JSONObject(**{name: name for name in (*OF_A_SHIFT, *SignupState.values)}))


def needs_with_pledges(counting: VolunteerQuerySet) -> QuerySet[Any, Any]:
    mine = Pledge.objects.filter(need=OuterRef("pk"), volunteer__in=counting).order_by().values("need")
    pledged = Subquery(mine.annotate(total=Sum("quantity")).values("total"))
    needs = Need.objects.filter(work_day=OuterRef("pk")).order_by("pk").annotate(pledged=pledged)
    return needs.values(told=JSONObject(**{name: name for name in (*OF_A_NEED, "pledged")}))


def count_of(row: Any, *, work_day: WorkDay) -> Count:
    """What `with_counts` read of a work day."""
    shifts = [ShiftCount(shift_of(told, work_day), *people_in(told)) for told in row.all_shifts]
    needs = [NeedCount(need_of(told, work_day), told["pledged"] or 0) for told in row.all_needs]
    return Count(work_day, shifts, needs, row.all_offered or 0, row.all_wanted or 0)


def people_in(told: dict[str, Any]) -> tuple[int, int]:
    return told[SignupState.COMING] or 0, told[SignupState.WAITING] or 0


def shift_of(told: dict[str, Any], work_day: WorkDay) -> Shift:
    clock = {name: dt.time.fromisoformat(told[name]) for name in ("begins", "ends")}
    shift = Shift(**{name: told[name] for name in OF_A_SHIFT} | clock, work_day=work_day)
    shift._state.adding = False
    return shift


def need_of(told: dict[str, Any], work_day: WorkDay) -> Need:
    need = Need(**{name: told[name] for name in OF_A_NEED}, work_day=work_day)
    need._state.adding = False
    return need
