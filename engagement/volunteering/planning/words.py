"""What is said of a work day before it is anything: the day itself, hands that are needed, things to bring."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from communities.models import Resident
from engagement.models import Minors, Need, NeedKind, Shift, WorkDay
from meetings.models import MeetingPage, Venue

OF_THE_MEETING = ("title", "summary", "venue", "contact_name", "contact_phone")
OF_THE_WORK_DAY = ("leader", "leader_shown_as", "practical", "fallback_on")


@dataclass(frozen=True, kw_only=True)
class DayWords:
    """The day and its hours by the town's clock. `place`, where no venue is known, is a name that people know."""

    title: str
    day: dt.date
    begins: dt.time
    ends: dt.time
    summary: str = ""
    venue: Venue | None = None
    place: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    leader: Resident | None = None
    leader_shown_as: str = ""
    practical: str = ""
    fallback_on: dt.date | None = None

    @property
    def starts_at(self) -> dt.datetime:
        return at(self.day, self.begins)

    @property
    def ends_at(self) -> dt.datetime:
        return at(self.day, self.ends)


@dataclass(frozen=True, kw_only=True)
class ShiftWords:
    """As engagement.models.Shift."""

    role: str
    begins: dt.time
    ends: dt.time
    places: int
    minimum: int = 0
    skills: str = ""
    minors: str = Minors.WITH_ADULT


@dataclass(frozen=True, kw_only=True)
class NeedWords:
    """As engagement.models.Need."""

    item: str
    quantity: int
    kind: str = NeedKind.TOOLS
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Lines:
    """What becomes of the shifts and needs: those that have a key change, those without are new; the others stay.

    `struck`: keys of what is needed no more.
    """

    shifts: Sequence[tuple[int | None, ShiftWords]] = ()
    needs: Sequence[tuple[int | None, NeedWords]] = ()
    struck_shifts: frozenset[int] = frozenset()
    struck_needs: frozenset[int] = frozenset()


def at(day: dt.date, clock: dt.time) -> dt.datetime:
    """That hour of that day, by the town's clock."""
    return timezone.make_aware(dt.datetime.combine(day, clock))


def of_day(work_day: WorkDay) -> DayWords | None:
    """As it stands; None for a draft of the town hall's without a date."""
    meeting: MeetingPage = work_day.meeting
    if meeting.starts_at is None or meeting.ends_at is None:
        return None
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return DayWords(
        day=starts.date(),
        begins=starts.time(),
        ends=ends.time(),
        **{name: getattr(meeting, name) for name in OF_THE_MEETING},
        **{name: getattr(work_day, name) for name in OF_THE_WORK_DAY},
    )


def of_shift(shift: Shift) -> ShiftWords:
    return ShiftWords(**{field.name: getattr(shift, field.name) for field in dataclasses.fields(ShiftWords)})


def of_need(need: Need) -> NeedWords:
    return NeedWords(**{field.name: getattr(need, field.name) for field in dataclasses.fields(NeedWords)})


def as_new(work_day: WorkDay) -> Lines:
    """The shifts and needs of one work day, for another one."""
    return Lines(
        shifts=[(None, of_shift(shift)) for shift in work_day.shifts.all()],
        needs=[(None, of_need(need)) for need in work_day.needs.all()],
    )
