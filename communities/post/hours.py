"""May a letter leave at this hour, and else when? Nobody's telephone rings at night for an announcement."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings


def are_open(moment: datetime) -> bool:
    """Whether announcements may leave now: from POST_OPENS_AT o'clock to POST_CLOSES_AT, by the town's clock."""
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    return bool(settings.POST_OPENS_AT <= local.hour < settings.POST_CLOSES_AT)


def leaving(moment: datetime, *, at_any_hour: bool) -> datetime:
    """The first moment from this one on at which the letter may leave."""
    if at_any_hour or are_open(moment):
        return moment
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    is_late = local.hour >= settings.POST_CLOSES_AT
    return opening(local.date() + timedelta(days=1 if is_late else 0))


def opening(day: date) -> datetime:
    """When letters may leave on that day, by the town's clock."""
    return datetime.combine(day, time(settings.POST_OPENS_AT), tzinfo=ZoneInfo(settings.TIME_ZONE))


def are_waived(*, for_what_begins: datetime, now: datetime) -> bool:
    """Whether that is today or tomorrow by the town's clock: then its letters leave at any hour."""
    town = ZoneInfo(settings.TIME_ZONE)
    return for_what_begins.astimezone(town).date() - now.astimezone(town).date() <= timedelta(days=1)
