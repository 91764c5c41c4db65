"""When one day of a series changes, what of it holds for the days that follow? What they had in common with it.

A date on which somebody had put something else keeps it; what people signed up for stays.
"""

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import transaction

from engagement.models import Need, Shift, WorkDay
from engagement.refusals import Refusal

from . import changing, repeating, words
from .rights import Planner
from .words import DayWords, Lines, NeedWords, ShiftWords

OF_ITS_OWN = {"day", "fallback_on"}
Words = TypeVar("Words", ShiftWords, NeedWords)


@dataclass(frozen=True)
class Plan:
    """A work day as it was, or as it is now."""

    day: DayWords
    shifts: dict[int, ShiftWords]
    needs: dict[int, NeedWords]


@dataclass
class Followed:
    """Which days follow; why the others keep theirs: sentences by work day."""

    changed: list[WorkDay] = field(default_factory=list)
    refused: list[tuple[WorkDay, str]] = field(default_factory=list)


def plan_of(work_day: WorkDay) -> Plan:
    """As it stands. Raises repeating.NoDate."""
    return Plan(
        day=repeating.said_of(work_day),
        shifts={shift.pk: words.of_shift(shift) for shift in Shift.objects.filter(work_day=work_day)},
        needs={need.pk: words.of_need(need) for need in Need.objects.filter(work_day=work_day)},
    )


def follow(*, work_day: WorkDay, before: Plan, by: Planner, now: dt.datetime) -> Followed:
    """Change the days after it as it was changed since `before`; each by itself, so that one holds up no other."""
    after, followed = plan_of(work_day), Followed()
    for other in repeating.later_ones(work_day).select_related("leader", "meeting__venue"):
        try:
            with transaction.atomic():
                if adapt(other, before=before, after=after, by=by, now=now):
                    followed.changed.append(other)
        except Refusal as refusal:
            followed.refused.append((other, refusal.sentence))
    return followed


def adapt(other: WorkDay, *, before: Plan, after: Plan, by: Planner, now: dt.datetime) -> bool:
    """Whether anything of it changes."""
    theirs = plan_of(other)
    said = merged(theirs.day, before.day, after.day)
    needed = Lines(
        shifts=carried(theirs.shifts, before.shifts, after.shifts),
        needs=carried(theirs.needs, before.needs, after.needs),
        struck_shifts=struck(theirs.shifts, before.shifts, after.shifts),
        struck_needs=struck(theirs.needs, before.needs, after.needs),
    )
    if said == theirs.day and needed == Lines(shifts=[], needs=[]):
        return False
    changing.change(work_day=other, said=said, needed=needed, by=by, now=now)
    return True


def merged(theirs: DayWords, before: DayWords, after: DayWords) -> DayWords:
    """What changed, wherever theirs was the same before."""
    changed = {
        each.name: getattr(after, each.name)
        for each in dataclasses.fields(DayWords)
        if each.name not in OF_ITS_OWN
        and getattr(before, each.name) != getattr(after, each.name)
        and getattr(theirs, each.name) == getattr(before, each.name)
    }
    return dataclasses.replace(theirs, **changed)


def carried(
    theirs: dict[int, Words], before: dict[int, Words], after: dict[int, Words]
) -> list[tuple[int | None, Words]]:
    """Their lines that were the same and are others now, then the new ones that they have not."""
    found: list[tuple[int | None, Words]] = []
    for pk, was in before.items():
        same = twin(theirs, was)
        if same is not None and pk in after and after[pk] != was:
            found.append((same, after[pk]))
    found += [(None, new) for pk, new in after.items() if pk not in before and twin(theirs, new) is None]
    return found


def struck(theirs: dict[int, Words], before: dict[int, Words], after: dict[int, Words]) -> frozenset[int]:
    """Their lines that were the same as one that is gone."""
    gone = [was for pk, was in before.items() if pk not in after]
    return frozenset(same for was in gone if (same := twin(theirs, was)) is not None)


def twin(theirs: dict[int, Words], line: Words) -> int | None:
    """Their line that says the same."""
    return next((pk for pk, line_ in theirs.items() if line_ == line), None)
