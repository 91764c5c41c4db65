"""When does the weekly letter leave? By the town's clock: a moment in, a moment out."""

from datetime import datetime, time, timedelta

from django.utils import timezone

THURSDAY, NINE = 3, time(9)
WEEK = timedelta(days=7)


def last_one(*, now: datetime) -> datetime:
    """The latest Thursday, nine o'clock in the town, that is not to come."""
    here = timezone.localtime(now)
    thursday = here.date() - timedelta(days=(here.weekday() - THURSDAY) % 7)
    moment = timezone.make_aware(datetime.combine(thursday, NINE))
    return moment if moment <= now else timezone.make_aware(datetime.combine(thursday - WEEK, NINE))


def next_one(*, after: datetime) -> datetime:
    """The first Thursday, nine o'clock in the town, that comes after that moment."""
    last = timezone.localtime(last_one(now=after))
    return timezone.make_aware(datetime.combine(last.date() + WEEK, NINE))
