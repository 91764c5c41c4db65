"""Which lines has the list of a work day? Each volunteer at each of their shifts, and who came unannounced."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from engagement.models import Attendance, Pledge, Shift, ThingBrought, Volunteer, WorkDay

from .ticking import presence_of

ZERO = Decimal(0)
Seats = dict[tuple[int | None, int | None], Attendance]
"""What was ticked, by volunteer and shift."""


@dataclass(kw_only=True)
class Line:
    """One volunteer at one shift (none for who only brings something), and what was ticked of them so far."""

    volunteer: Volunteer
    shift: Shift | None
    row: Attendance | None
    waits: bool = False

    @property
    def id(self) -> str:
        return f"v{self.volunteer.pk}s{self.shift.pk if self.shift else 0}"

    @property
    def who(self) -> str:
        return str(self.volunteer.resident)

    @property
    def companions(self) -> int:
        return self.volunteer.guests

    @property
    def was(self) -> str:
        return presence_of(self.row).code if self.row else ""

    @property
    def people(self) -> int:
        return (self.row.people if self.row else 0) or self.volunteer.people

    @property
    def hours(self) -> Decimal:
        """Those that were written, else those of the shift."""
        if self.row and self.row.people:
            return self.row.hours
        return Decimal(str(self.shift.hours)) if self.shift else ZERO


@dataclass(kw_only=True)
class Group:
    """A shift, and who is on its list; None for who comes at no hour in particular."""

    shift: Shift | None
    lines: list[Line]


@dataclass(kw_only=True)
class List:
    """All of it, as the database has it; six queries."""

    shifts: list[Shift]
    groups: list[Group]
    newcomers: list[Attendance]
    pledges: list[Pledge]
    things: list[ThingBrought]

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]

    @property
    def undecided(self) -> int:
        """Lines of which nobody said anything yet."""
        return sum(1 for line in self.lines if line.row is None and not line.waits)


def of(work_day: WorkDay) -> List:
    shifts = list(work_day.shifts.all())
    for shift in shifts:
        shift.work_day = work_day
    rows = list(Attendance.objects.filter(work_day=work_day))
    known = Volunteer.objects.filter(work_day=work_day, confirmed_at__isnull=False)
    volunteers = list(known.select_related("resident").prefetch_related("signups"))
    lines = sorted(lines_of(volunteers, shifts, rows), key=place_of)
    pledges = Pledge.objects.filter(need__struck_at=None, volunteer__in=[each for each in volunteers if each.is_coming])
    return List(
        shifts=shifts,
        groups=[Group(shift=shift, lines=list(group)) for shift, group in groupby(lines, key=lambda line: line.shift)],
        newcomers=[row for row in rows if row.volunteer_id is None],
        pledges=list(pledges.select_related("need", "volunteer__resident").order_by("need", "pk")),
        things=list(ThingBrought.objects.filter(work_day=work_day)),
    )


def lines_of(volunteers: list[Volunteer], shifts: list[Shift], rows: list[Attendance]) -> list[Line]:
    """Who withdrew is not there any more, unless somebody saw them."""
    seen: Seats = {(row.volunteer_id, row.shift_id): row for row in rows if row.volunteer_id}
    found = [line for each in volunteers if each.is_coming for line in announced(each, shifts, seen)]
    listed = {(line.volunteer.pk, line.shift.pk if line.shift else None) for line in found}
    of_pk, shift_of = {each.pk: each for each in volunteers}, {shift.pk: shift for shift in shifts}
    others = [row for seat, row in seen.items() if seat not in listed and row.volunteer_id in of_pk]
    return found + [
        Line(volunteer=of_pk[row.volunteer_id or 0], shift=shift_of.get(row.shift_id or 0), row=row) for row in others
    ]


def announced(volunteer: Volunteer, shifts: list[Shift], seen: Seats) -> list[Line]:
    standing = {shift.pk for shift in shifts}
    signups = {signup.shift_id: signup for signup in volunteer.signups.all() if signup.shift_id in standing}
    if not signups:
        return [Line(volunteer=volunteer, shift=None, row=seen.get((volunteer.pk, None)))]
    return [
        Line(
            volunteer=volunteer,
            shift=shift,
            row=seen.get((volunteer.pk, shift.pk)),
            waits=signups[shift.pk].is_waiting,
        )
        for shift in shifts
        if shift.pk in signups
    ]


def place_of(line: Line) -> tuple[bool, str, int, bool, str]:
    """By shift in the order of the day, those who wait for a place last, then by name."""
    shift = line.shift
    return (shift is None, str(shift.begins) if shift else "", shift.pk if shift else 0, line.waits, line.who.lower())
