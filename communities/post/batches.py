"""Which letters go to the printer together, and when are they in the post? A batch is what one press printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Q

from communities.models import Delivery, DeliveryState
from communities.models.post import DeliveryQuerySet

from . import by_hand


class NothingToPrint(Exception):
    """Every letter is printed, or must not leave."""


@dataclass(frozen=True)
class Batch:
    """When it was printed, how many letters it held, and how many of them are not in the post yet."""

    printed_at: datetime
    letters: int
    waiting: int

    @property
    def stamp(self) -> int:
        """The moment as a number, for an address."""
        return round(self.printed_at.timestamp() * 1_000_000)

    @property
    def is_posted(self) -> bool:
        return not self.waiting


def of(*, deliveries: DeliveryQuerySet) -> list[Batch]:
    """The batches among these letters, the latest first; one query."""
    printed = deliveries.order_by().filter(printed_at__isnull=False).values("printed_at")
    counted = printed.annotate(
        letters=Count("pk", filter=~Q(state=DeliveryState.SKIPPED)),
        waiting=Count("pk", filter=Q(state=DeliveryState.PENDING)),
    )
    rows = counted.order_by("-printed_at")
    return [Batch(row["printed_at"], row["letters"], row["waiting"]) for row in rows if row["printed_at"]]


def printed_at(stamp: int) -> datetime:
    """The moment behind the number in an address."""
    seconds, micro = divmod(stamp, 1_000_000)
    return datetime.fromtimestamp(seconds, tz=UTC).replace(microsecond=micro)


@transaction.atomic
def prepare(*, deliveries: DeliveryQuerySet, now: datetime) -> int:
    """Put every letter that waits and is not printed into one batch; how many that is. Raises NothingToPrint.

    Those that must not leave any more are marked so, with their reason; those that must wait are left for later.
    """
    keys = locked(deliveries.to_post().filter(printed_at=None))
    waiting = Delivery.objects.filter(pk__in=keys)
    standing = by_hand.standing(deliveries=waiting, now=now)
    by_hand.turn_back(deliveries=waiting, reasons=standing.over, now=now)
    number = waiting.pending().exclude(pk__in=standing.held).update(printed_at=now)
    if not number:
        raise NothingToPrint
    return number


@transaction.atomic
def posted(*, deliveries: DeliveryQuerySet, printed_at: datetime, by: User, now: datetime) -> int:
    """The envelopes of a batch are in the post; how many letters that was.

    Those whose reader said no since it was printed are marked as not sent: staff were told to take them out.
    """
    batch = Delivery.objects.filter(pk__in=locked(deliveries.to_post().filter(printed_at=printed_at)))
    over = by_hand.standing(deliveries=batch, now=now).over
    by_hand.turn_back(deliveries=batch, reasons=over, now=now)
    return by_hand.told(deliveries=batch, by=by, now=now)


def locked(deliveries: DeliveryQuerySet) -> Iterable[int]:
    """Their keys, which nobody else prints or marks until the transaction ends."""
    return list(deliveries.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
