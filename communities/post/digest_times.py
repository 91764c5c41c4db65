"""When does the weekly letter leave, and when sooner, for what does not wait? By the town's clock: a moment in, a
moment out.
"""

from datetime import datetime, time, timedelta

from django.utils import timezone

THURSDAY, NINE = 3, time(9)
WEEK, DAY = timedelta(days=7), timedelta(days=1)
# Twice a day, what takes place too soon for Thursday is told.
ROUNDS = (NINE, time(17))
# Told less than that before it begins, a reader hardly hears of it in time.
NOTICE = timedelta(hours=3)


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


def last_round(*, now: datetime) -> datetime:
    """The latest of the two hours of each day that is not to come."""
    return max(moment for moment in _rounds_around(now) if moment <= now)


def next_round(*, after: datetime) -> datetime:
    return min(moment for moment in _rounds_around(after) if moment > after)


def _rounds_around(moment: datetime) -> list[datetime]:
    today = timezone.localdate(moment)
    return [
        timezone.make_aware(datetime.combine(day, hour)) for day in (today - DAY, today, today + DAY) for hour in ROUNDS
    ]


def is_near(at: datetime | None, *, now: datetime) -> bool:
    """Whether the next Thursday's letter would tell too late what takes place then; never, for what has no date."""
    return at is not None and at < next_one(after=now) + NOTICE


def is_pressing(at: datetime, *, now: datetime) -> bool:
    """Whether even the next of the two hours of each day would be too late."""
    return at < next_round(after=now) + NOTICE
