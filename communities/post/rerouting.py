"""Whose e-mail did not arrive, and by which other way are they told the same? By post, or by telephone.

Reconciled by the clock: a missed tick heals itself, a repeated one does nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from communities import audience
from communities.models import Channel, Delivery, DeliveryState, Mailing, MailingState
from communities.models.delivery import DeliveryQuerySet

from . import by_hand, checking, texting
from .kinds import LetterKind, NotNow, letter_kinds

LOOKED_BACK = timedelta(days=60)
# A relay that refuses everyone says nothing of anyone's address: staff have the time to see it, and to try again.
PATIENCE = timedelta(hours=1)
MOST_REFUSED = 0.1
A_FEW = 5


def reroute(*, now: datetime) -> int:
    """Post or call, in the same mailing, whoever e-mail did not reach; how many that was."""
    return sum(reroute_mailing(mailing=mailing, now=now) for mailing in mailings_with_losses(now=now))


def lost(*, now: datetime) -> DeliveryQuerySet:
    """E-mails that came back, that a relay refused for good, or whose address was blocked or taken away before they
    left; to residents whom nothing else was sent instead.
    """
    elsewhere = Delivery.objects.filter(mailing=OuterRef("mailing"), resident=OuterRef("resident"))
    came_back = Q(bounced_at__isnull=False) | Q(state=DeliveryState.FAILED, ended_at__lt=now - PATIENCE)
    went_nowhere = Q(state=DeliveryState.SKIPPED, reason__in=checking.without_an_address())
    reachable = ~Q(resident__street="") | ~Q(resident__phone="")
    recent = Delivery.objects.filter(channel=Channel.EMAIL, mailing__created_at__gte=now - LOOKED_BACK)
    return recent.filter(came_back | went_nowhere, reachable, ~Exists(elsewhere.exclude(channel=Channel.EMAIL)))


def mailings_with_losses(*, now: datetime) -> list[Mailing]:
    """Those that are under way, and whose losses are their readers' addresses rather than ours."""
    losing = Mailing.objects.filter(pk__in=lost(now=now).values("mailing"), state=MailingState.OPEN, is_test=False)
    counted = losing.annotate(
        refused=Count("deliveries", filter=Q(deliveries__state=DeliveryState.FAILED)),
        by_mail=Count("deliveries", filter=Q(deliveries__channel=Channel.EMAIL)),
    )
    few = Q(refused__lte=A_FEW) | Q(refused__lte=F("by_mail") * MOST_REFUSED)
    return [mailing for mailing in counted.filter(few).order_by("pk") if letter_kinds[mailing.kind].goes_by_hand]


def reroute_mailing(*, mailing: Mailing, now: datetime) -> int:
    """A fixed number of queries, and the kind's own."""
    kind = letter_kinds[mailing.kind]
    losses = still_to_tell(kind, mailing, list(lost(now=now).filter(mailing=mailing).select_related("resident")), now)
    others = other_ways(kind, mailing=mailing, losses=losses, now=now)
    rows = [instead(loss, mailing=mailing, channel=others[loss.pk], now=now) for loss in losses if loss.pk in others]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    return len(others)


def still_to_tell(kind: LetterKind, mailing: Mailing, losses: list[Delivery], now: datetime) -> list[Delivery]:
    """Nobody is called about what is over; what must wait waits here too."""
    try:
        over = kind.still_true(mailing=mailing, deliveries=losses, now=now)
    except NotNow:
        return []
    return [loss for loss in losses if loss.pk not in over]


def other_ways(kind: LetterKind, *, mailing: Mailing, losses: Sequence[Delivery], now: datetime) -> dict[int, Channel]:
    """For each loss (by pk) the other way: a text for what presses, else paper or telephone, what they prefer first.

    Never one they refused, nor any while they take a break, unless it is owed to them.
    """
    scopes = kind.scopes(mailing=mailing)
    refused = audience.refusals(scopes, audience.agreements(scopes))
    owed = kind.owed(mailing=mailing, deliveries=losses)
    texted = texting.texted([loss.resident_id for loss in losses if loss.resident_id]) if kind.is_texted else set()
    found: dict[int, Channel] = {}
    resting = by_hand.resting(kind, mailing=mailing, deliveries=losses, now=now)
    for loss in [loss for loss in losses if loss.pk not in resting]:
        ways = audience.hand_channels(loss.resident) if loss.resident else []
        allowed = [channel for channel in ways if loss.pk in owed or (loss.resident_id, channel) not in refused]
        if loss.resident_id in texted:
            found[loss.pk] = Channel.SMS
        elif allowed:
            found[loss.pk] = allowed[0]
    return found


def instead(loss: Delivery, *, mailing: Mailing, channel: Channel, now: datetime) -> Delivery:
    """The same, by hand, with why for whoever posts it or dials."""
    return Delivery(
        mailing=mailing,
        resident=loss.resident,
        channel=channel,
        thread=loss.thread,
        order=loss.order,
        priority=loss.priority,
        reason=_("Their e-mail address does not work."),
        next_attempt_at=now,
    )
