"""Which letters may a worker take now? The most pressing, behind one fence, until its lease is over."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from communities.models import Channel, Delivery, Priority, alike
from communities.models.delivery import DeliveryQuerySet

from . import doorbell, hours, texting

BATCH = 500
# No letter is begun in the second half of a lease, which is longer than SMTP's patience with one letter.
LEASE = timedelta(seconds=settings.POST_LEASE)
# What no letter says; every field read costs as much as a line of the letter.
UNREAD = (
    *("thread", "order", "state", "reason", "digest", "next_attempt_at", "claim", "claimed_until", "message_id"),
    *("printed_at", "provider_id", "ended_at", "bounced_at", "delayed_at", "bounce_reason"),
    *(f"resident__{name}" for name in ("folded", "created_at", "confirmed_at", "came_with")),
)


def sweep(*, now: datetime) -> None:
    """Ring if a letter is due: it was postponed, its worker died, or its ring was lost."""
    letters = [due(now, channel=channel) for channel in carried()]
    if any(of_a_channel.exists() for of_a_channel in letters):
        doorbell.ring()
    if any(of_a_channel.filter(priority=Priority.TRANSACTIONAL).exists() for of_a_channel in letters):
        doorbell.ring(at_once=True)


def due(now: datetime, *, channel: Channel = Channel.EMAIL) -> DeliveryQuerySet:
    """The letters that may leave now: at night, only those that leave at any hour."""
    letters = Delivery.objects.due(now, channel=channel)
    return letters if hours.are_open(now) else letters.filter(mailing__at_any_hour=True)


def carried() -> list[Channel]:
    """What the post carries by itself; text messages are few, and pressing."""
    return [Channel.SMS, Channel.EMAIL] if texting.is_on() else [Channel.EMAIL]


def claim(
    *, fence: UUID, now: datetime, limit: int = BATCH, lease: timedelta = LEASE, only: Priority | None = None
) -> list[Delivery]:
    """The most pressing letters of one channel, ours behind one fence until the lease is over; others pass them by."""
    for channel in carried():
        letters = due(now, channel=channel)
        letters = letters if only is None else letters.filter(priority=only)
        if taken := _take(letters, fence=fence, until=now + lease, limit=limit):
            return taken
    return []


def _take(letters: DeliveryQuerySet, *, fence: UUID, until: datetime, limit: int) -> list[Delivery]:
    wanted = letters.with_overtaken().select_related("resident").defer(*UNREAD).prefetch_related("mailing")
    with transaction.atomic(), connection.cursor() as cursor:
        # In the order of the index, so that a batch costs the same among a thousand letters and among a million,
        # even before the planner has heard of a new mailing.
        cursor.execute("SET LOCAL enable_sort = off")
        taken = list(wanted.select_for_update(skip_locked=True, of=("self",))[:limit])
        ours = Delivery.objects.filter(pk__in=alike.among(delivery.pk for delivery in taken))
        ours.update(claim=fence, claimed_until=until)
    return taken
