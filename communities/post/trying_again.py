"""Shall what failed be tried once more? A person asks; the post begins again as if the letter were new."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from communities.models import Channel, Delivery, DeliveryState, Mailing, Suppression, alike
from communities.models.delivery import DeliveryQuerySet

from . import doorbell, sparing


def may_be_tried(deliveries: DeliveryQuerySet) -> DeliveryQuerySet:
    """Those of these letters that failed on their way and whose address is neither blocked nor gone.

    Nor those that are told on paper or by telephone instead: nobody is told twice.
    """
    blocked = (
        Suppression.objects.standing().alias(lower=Lower("address")).filter(lower=Lower(OuterRef("resident__email")))
    )
    failed = deliveries.order_by().filter(state=DeliveryState.FAILED, channel=Channel.EMAIL, bounced_at__isnull=True)
    same = Delivery.objects.filter(mailing=OuterRef("mailing"), resident=OuterRef("resident"))
    instead = same.filter(state__in=[DeliveryState.PENDING, DeliveryState.SENT]).exclude(channel=Channel.EMAIL)
    return failed.exclude(resident__email="").filter(~Exists(blocked), ~Exists(instead))


@transaction.atomic
def try_again(*, mailing: Mailing, deliveries: DeliveryQuerySet, now: datetime) -> int:
    """Put those of this mailing's letters that may be tried back among those that wait, with all their attempts before
    them; how many.

    Consent, blocks and whether the letter still tells the truth are asked again at the door, as for every letter. One
    too many in thirty days waits for the weekly letter.
    """
    sparing.count_alone()
    letters = Delivery.objects.filter(alike.one_of("pk", may_be_tried(deliveries).values_list("pk", flat=True)))
    number = letters.filter(state=DeliveryState.FAILED).update(
        state=DeliveryState.PENDING, reason="", attempts=0, next_attempt_at=now, ended_at=None
    )
    sparing.spare_again(mailing=mailing, letters=letters, now=now)
    transaction.on_commit(doorbell.ring, robust=True)
    return number
