"""Which letters may a worker take now? The most pressing, behind one fence, until its lease is over."""

from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import prefetch_related_objects

from communities.models import Channel, Delivery, Priority
from communities.models.delivery import DeliveryQuerySet
from communities.models.ready import Rows, moment, text

from . import doorbell, hours, texting

BATCH = 500
# No letter is begun in the second half of a lease, which is longer than SMTP's patience with one letter.
LEASE = timedelta(seconds=settings.POST_LEASE)
CLAIM = "UPDATE communities_delivery SET claim = %s, claimed_until = %s WHERE id = ANY(%s)"
# What no letter says; every field read costs as much as a line of the letter.
UNREAD = (
    *("thread", "order", "state", "reason", "digest", "next_attempt_at", "claim", "claimed_until", "message_id"),
    *("printed_at", "provider_id", "ended_at", "bounced_at", "delayed_at", "bounce_reason"),
    *(f"resident__{name}" for name in ("folded", "created_at", "confirmed_at", "came_with")),
)


def sweep(*, now: datetime) -> None:
    """Ring if a letter is due: it was postponed, its worker died, or its ring was lost."""
    letters = [due(now, channel=channel, at_night=not hours.are_open(now)) for channel in carried()]
    if any(of_a_channel.exists() for of_a_channel in letters):
        doorbell.ring()
    if any(of_a_channel.filter(priority=Priority.TRANSACTIONAL).exists() for of_a_channel in letters):
        doorbell.ring(at_once=True)


def due(now: Any, *, channel: Any, at_night: bool) -> DeliveryQuerySet:
    """The letters that may leave now: at night, only those that leave at any hour."""
    letters = Delivery.objects.due(now, channel=channel)
    return letters.filter(mailing__at_any_hour=True) if at_night else letters


def carried() -> list[Channel]:
    """What the post carries by itself; text messages are few, and pressing."""
    return [Channel.SMS, Channel.EMAIL] if texting.is_on() else [Channel.EMAIL]


def claim(
    *, fence: UUID, now: datetime, limit: int = BATCH, lease: timedelta = LEASE, only: Priority | None = None
) -> list[Delivery]:
    """The most pressing letters of one channel, ours behind one fence until the lease is over; others pass them by."""
    for channel in carried():
        letters = _letters(limit=limit, at_night=not hours.are_open(now), only=only)
        if taken := _take(letters, channel=channel, fence=fence, now=now, until=now + lease):
            return taken
    return []


def _take(letters: Rows[Delivery], *, channel: Channel, fence: UUID, now: datetime, until: datetime) -> list[Delivery]:
    with transaction.atomic(), connection.cursor() as cursor:
        # In the order of the index, so that a batch costs the same among a thousand letters and among a million,
        # even before the planner has heard of a new mailing.
        cursor.execute("SET LOCAL enable_sort = off")
        taken = letters.read(now=now, channel=channel)
        cursor.execute(CLAIM, [fence, until, [delivery.pk for delivery in taken]])
    prefetch_related_objects(taken, "mailing")
    return taken


@lru_cache(maxsize=64)
def _letters(*, limit: int, at_night: bool, only: Priority | None) -> Rows[Delivery]:
    """The statement is made once: a worker claims several times a second."""
    return Rows(partial(_wanted, limit=limit, at_night=at_night, only=only), of_many=True)


def _wanted(*, limit: int, at_night: bool, only: Priority | None) -> DeliveryQuerySet:
    letters = due(moment("now"), channel=text("channel"), at_night=at_night)
    letters = letters if only is None else letters.filter(priority=only)
    wanted = letters.with_overtaken().select_related("resident").defer(*UNREAD)
    return wanted.select_for_update(skip_locked=True, of=("self",))[:limit]
