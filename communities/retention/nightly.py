"""What goes tonight? Rule by rule, batch by batch: each batch goes whole, with its records and its number, or not."""

from collections.abc import Sequence
from datetime import datetime
from statistics import fmean
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from communities.models import ArchivedRecord, RetentionDecision, RetentionRun

from . import deciding, periods
from .rules import Reach, RetentionRule, of_room

ORDINARY = 50
TIMES_THE_USUAL = 10
TIMES_WHAT_WAS_SEEN = 2
NIGHTS_LOOKED_BACK = 30


def run(*, room: str, now: datetime) -> None:
    """Every rule of a room that runs. A second time in one night finds nothing more; one that was killed goes on."""
    standing, decisions = periods.known(today=timezone.localdate(now)), deciding.last_words()
    running = [(name, rule) for name, rule in of_room(room) if deciding.runs(rule, decisions.get(name))]
    begin_the_night(names=[name for name, _rule in running], now=now)
    for name, rule in running:
        reach = Reach(before=standing[name].length.before(now), now=now)
        run_one(name=name, rule=rule, reach=reach, decision=decisions.get(name))


def begin_the_night(*, names: Sequence[str], now: datetime) -> None:
    """A night in which nothing goes is one, too: from them one knows what is usual."""
    tonight = [RetentionRun(rule=name, ran_on=timezone.localdate(now), last_at=now) for name in names]
    RetentionRun.objects.bulk_create(tonight, ignore_conflicts=True)


def run_one(*, name: str, rule: RetentionRule, reach: Reach, decision: RetentionDecision | None) -> None:
    """Let go of what is due, unless it is so much that a person should look first."""
    number = rule.due(reach).count()
    if number > ORDINARY and is_too_many(
        number, usual=usual(name=name, now=reach.now), seen=seen(name=name, decision=decision)
    ):
        deciding.stop(name=name, number=number, now=reach.now)
        return
    last = None
    while number and (keys := let_a_batch_go(name=name, rule=rule, reach=reach, after=last)):
        last = keys[-1]
    if rule.afterwards:
        with transaction.atomic():
            rule.afterwards(reach)


def is_too_many(number: int, *, usual: float | None, seen: int | None) -> bool:
    """More than fifty, and more than ten times the usual, or twice what a person saw when they said yes just before.

    What ran from the start, and never before, has no usual: it goes.
    """
    if number <= ORDINARY or (usual is None and seen is None):
        return False
    return number > max((usual or 0) * TIMES_THE_USUAL, (seen or 0) * TIMES_WHAT_WAS_SEEN)


def usual(*, name: str, now: datetime) -> float | None:
    """How many went in a night, of the thirty before this one; None before the first."""
    before = RetentionRun.objects.filter(rule=name, ran_on__lt=timezone.localdate(now)).order_by("-ran_on")
    numbers = list(before.values_list("number", flat=True)[:NIGHTS_LOOKED_BACK])
    return fmean(numbers) if numbers else None


def seen(*, name: str, decision: RetentionDecision | None) -> int | None:
    """What a person saw who said yes since the last night; None once something went with their word."""
    if decision is None or went_since(name=name, moment=decision.decided_at):
        return None
    return decision.number_seen


def went_since(*, name: str, moment: datetime) -> bool:
    return RetentionRun.objects.filter(rule=name, last_at__gt=moment, number__gt=0).exists()


@transaction.atomic
def let_a_batch_go(*, name: str, rule: RetentionRule, reach: Reach, after: Any) -> Sequence[Any]:
    """The next keys that are due, locked, gone and written down; none once all went."""
    due = rule.due(reach).order_by("pk")
    if after is not None:
        due = due.filter(pk__gt=after)
    keys = list(due.select_for_update(of=("self",)).values_list("pk", flat=True)[: rule.batch])
    if keys:
        records = list(rule.archived(keys)) if rule.archived else []
        write_down(name=name, number=rule.let_go(keys, reach), records=records, now=reach.now)
    return keys


def write_down(*, name: str, number: int, records: Sequence[Any], now: datetime) -> None:
    """What went with this batch, beside what went before in this night."""
    tonight = RetentionRun.objects.get(rule=name, ran_on=timezone.localdate(now))
    RetentionRun.objects.filter(pk=tonight.pk).update(number=F("number") + number, last_at=now)
    ArchivedRecord.objects.bulk_create([ArchivedRecord(run=tonight, facts=facts) for facts in records])
