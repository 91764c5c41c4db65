"""When does a reminder leave? A start and a moment in, yes or no out; days and hours are those of the town's clocks."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from communities.post import hours

from .models import ReminderKind


@dataclass(frozen=True)
class Rule:
    """A reminder opens `days` days before, `hours` hours earlier by the clock, and is no use less than `until` before.

    Who was told, or spoke, less than `quiet` ago is left alone: they know.
    """

    days: int
    hours: int
    until: dt.timedelta
    quiet: dt.timedelta


RULES = {
    ReminderKind.EVE: Rule(days=1, hours=4, until=dt.timedelta(hours=2), quiet=dt.timedelta(hours=12)),
    ReminderKind.NUDGE: Rule(days=7, hours=4, until=dt.timedelta(days=3), quiet=dt.timedelta(days=3)),
}
FURTHEST = dt.timedelta(days=max(rule.days for rule in RULES.values()) + 1)


def opens_at(*, kind: ReminderKind, starts_at: dt.datetime) -> dt.datetime:
    """About 28 hours, or 7 days and 4 hours, before; not before the post opens that day."""
    rule, starts = RULES[kind], timezone.localtime(starts_at)
    hour = starts.time() if starts.hour >= rule.hours else dt.time(rule.hours)
    earlier = hour.replace(hour=hour.hour - rule.hours, fold=0)
    day = starts.date() - dt.timedelta(days=rule.days)
    return max(timezone.make_aware(dt.datetime.combine(day, earlier)), hours.opening(day))


def is_time(*, kind: ReminderKind, starts_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether this reminder may leave now: in its window, while the post is open, and by night only if the morning is
    too late.
    """
    closes_at = starts_at - RULES[kind].until
    if not opens_at(kind=kind, starts_at=starts_at) <= now <= closes_at:
        return False
    return hours.are_open(now) or hours.leaving(now, at_any_hour=False) > closes_at


def knows(*, kind: ReminderKind, last_word_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether someone last told, or heard, at that moment needs no reminder yet."""
    return last_word_at is not None and last_word_at > now - RULES[kind].quiet
