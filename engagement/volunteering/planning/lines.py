"""Which shifts and needs does a work day have from now on, and whom does it concern that one is gone or changed?"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from communities import typography
from engagement.models import Need, Pledge, Shift, Signup, Volunteer, WorkDay
from engagement.refusals import Refusal
from engagement.volunteering import telling

from .words import DayWords, Lines, ShiftWords


class OutsideTheDay(Refusal):
    """A shift is within the hours of the day, which calendars and posters show."""

    def __init__(self, shift: ShiftWords, said: DayWords) -> None:
        words = _("“%(role)s” is outside the hours of the day, %(hours)s: change one or the other.")
        hours = typography.hours(said.starts_at, said.ends_at, language=get_language())
        super().__init__(words % {"role": shift.role, "hours": hours})


class StillTaken(Refusal):
    """Somebody counts on it."""

    def __init__(self, taken: Mapping[str, int]) -> None:
        parts = [
            ngettext("“%(what)s”: %(people)d person", "“%(what)s”: %(people)d people", people)
            % {"what": what, "people": people}
            for what, people in taken.items()
        ]
        words = _("People signed up for what you take off (%(taken)s). Take it off anyway, and a letter tells them.")
        super().__init__(words % {"taken": ", ".join(parts)})


@dataclass
class Struck:
    """What one volunteer had, and is needed no more."""

    shifts: list[int] = field(default_factory=list)
    needs: list[int] = field(default_factory=list)


def refuse_outside(said: DayWords, shifts: Iterable[ShiftWords]) -> None:
    """Raises OutsideTheDay for the first shift that begins before the day, or ends after it."""
    for shift in shifts:
        if shift.begins < said.begins or shift.ends > said.ends:
            raise OutsideTheDay(shift, said)


def refuse_taken(work_day: WorkDay, needed: Lines, *, now: dt.datetime) -> None:
    """Raises StillTaken if somebody has what would be struck off."""
    counting = Volunteer.objects.counting(now).filter(work_day=work_day)
    taken: dict[str, int] = {}
    for shift in work_day.shifts.filter(pk__in=needed.struck_shifts):
        taken[shift.role] = shift.signups.filter(volunteer__in=counting).people()
    for need in work_day.needs.filter(pk__in=needed.struck_needs):
        taken[need.item] = need.pledges.filter(volunteer__in=counting).count()
    found = {what: people for what, people in taken.items() if people}
    if found:
        raise StillTaken(found)


def write(work_day: WorkDay, needed: Lines, *, now: dt.datetime) -> set[int]:
    """Strike off, change and add, telling those concerned; the shifts (by pk) whose hours are others."""
    strike(work_day, needed, now=now)
    known = {shift.pk: shift for shift in work_day.shifts.all()}
    moved = {pk for pk, words in needed.shifts if pk in known and has_moved(known[pk], words)}
    for pk, shift in needed.shifts:
        if pk is None:
            Shift.objects.create(work_day=work_day, **dataclasses.asdict(shift))
        else:
            work_day.shifts.filter(pk=pk).update(**dataclasses.asdict(shift))
    for pk, need in needed.needs:
        if pk is None:
            Need.objects.create(work_day=work_day, **dataclasses.asdict(need))
        else:
            work_day.needs.filter(pk=pk).update(**dataclasses.asdict(need))
    return moved & known.keys()


def has_moved(shift: Shift, words: ShiftWords) -> bool:
    return (shift.begins, shift.ends) != (words.begins, words.ends)


def strike(work_day: WorkDay, needed: Lines, *, now: dt.datetime) -> None:
    """What nobody ever had goes; what somebody had is struck off, and they are told."""
    signups = Signup.objects.filter(shift__work_day=work_day, shift__in=needed.struck_shifts)
    pledges = Pledge.objects.filter(need__work_day=work_day, need__in=needed.struck_needs)
    concerned: dict[int, Struck] = {}
    for volunteer, shift in signups.values_list("volunteer", "shift"):
        concerned.setdefault(volunteer, Struck()).shifts.append(shift)
    for volunteer, need in pledges.values_list("volunteer", "need"):
        concerned.setdefault(volunteer, Struck()).needs.append(need)
    signups.delete()
    pledges.delete()
    let_go(work_day, needed, concerned, now=now)
    for each in Volunteer.objects.coming().filter(pk__in=concerned).select_related("resident"):
        each.work_day = work_day
        had = concerned[each.pk]
        telling.struck(volunteer=each, shifts=had.shifts, needs=had.needs, now=now)


def let_go(work_day: WorkDay, needed: Lines, concerned: Mapping[int, Struck], *, now: dt.datetime) -> None:
    told = {pk for pks in work_day.volunteers.values_list("told_shifts", flat=True) for pk in pks}
    told |= {pk for had in concerned.values() for pk in had.shifts}
    brought = {pk for had in concerned.values() for pk in had.needs}
    shifts = work_day.shifts.filter(pk__in=needed.struck_shifts)
    needs = work_day.needs.filter(pk__in=needed.struck_needs)
    shifts.exclude(pk__in=told).delete()
    needs.exclude(pk__in=brought).delete()
    shifts.update(struck_at=now)
    needs.update(struck_at=now)


def tell_new_hours(work_day: WorkDay, moved: set[int], *, now: dt.datetime) -> None:
    """Whoever comes to a shift whose hours are others has a new letter, and a new entry in their calendar."""
    coming = Volunteer.objects.coming().filter(work_day=work_day, signups__shift__in=moved).distinct()
    for volunteer in coming.select_related("resident"):
        volunteer.work_day = work_day
        Volunteer.objects.filter(pk=volunteer.pk).update(changed_at=now)
        telling.new_hours(volunteer=volunteer, now=now)
