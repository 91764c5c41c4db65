"""Which letters go to the printer together, and when are they in the post? A batch is what one press printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Q

from communities.models import Delivery, DeliveryState
from communities.models.delivery import DeliveryQuerySet

from . import by_hand, households

# What is made into a PDF while somebody waits for it, in two or three seconds; a bigger mailing has several batches.
MOST_IN_A_BATCH = 250


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
    """Put every letter that waits and is not printed into batches; how many letters that is. Raises NothingToPrint.

    Those that must not leave any more are marked so, with their reason; those that must wait are left for later.
    """
    keys = locked(deliveries.to_post().filter(printed_at=None))
    waiting = Delivery.objects.filter(pk__in=keys)
    standing = by_hand.standing(deliveries=waiting, now=now)
    by_hand.turn_back(deliveries=waiting, reasons=standing.over, now=now)
    ready = waiting.pending().exclude(pk__in=standing.held).select_related("resident")
    walks = households.in_walks(ready, most=MOST_IN_A_BATCH)
    if not walks:
        raise NothingToPrint
    for at, walk in enumerate(walks):
        moment = now + timedelta(microseconds=at)
        Delivery.objects.filter(pk__in=[each.pk for each in walk]).update(printed_at=moment)
    return sum(len(walk) for walk in walks)


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
