"""At which other shifts did this person say that they would be at the same hours?"""

from collections.abc import Iterator
from itertools import combinations

from engagement.models import Signup, Volunteer


def of(volunteer: Volunteer) -> list[tuple[Signup, Signup]]:
    """Pairs of shifts that overlap, one of this work day at least; in two queries."""
    mine = list(volunteer.signups.select_related("shift__work_day__meeting"))
    same_day = Signup.objects.filter(
        volunteer__in=Volunteer.objects.coming().filter(resident=volunteer.resident_id),
        shift__work_day__meeting__live=True,
    ).exclude(volunteer=volunteer)
    others = same_day.select_related("shift__work_day__meeting") if mine else ()
    return [*overlapping(combinations(mine, 2)), *overlapping((one, other) for one in mine for other in others)]


def overlapping(pairs: "Iterator[tuple[Signup, Signup]]") -> list[tuple[Signup, Signup]]:
    return [(one, other) for one, other in pairs if overlap(one, other)]


def overlap(one: Signup, other: Signup) -> bool:
    """Whether somebody would have to be at both at once."""
    if one.shift.work_day.day is None or one.shift.work_day.day != other.shift.work_day.day:
        return False
    return one.shift.begins < other.shift.ends and other.shift.begins < one.shift.ends
