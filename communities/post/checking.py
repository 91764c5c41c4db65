"""Must this letter still leave? Asked again at the door, because days may lie between posting and sending."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from communities.models import Channel, ConsentEvent, Delivery, Mailing, Suppression

from .kinds import LetterKind


def reasons(*, kind: LetterKind, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> dict[int, str]:
    """For each of one mailing's deliveries (by pk) that must not leave: why, for staff to read.

    Two queries and the kind's own. A test only has to have an address that is not blocked.
    """
    real = [delivery for delivery in deliveries if delivery.resident]
    return {
        **_without_consent(kind, mailing, real),
        **kind.still_true(mailing=mailing, deliveries=real, now=now),
        **_overtaken(real),
        **_blocked(deliveries),
        **_unreachable(deliveries),
    }


def _overtaken(deliveries: Sequence[Delivery]) -> Mapping[int, str]:
    words = _("A later letter on the same matter has already left.")
    return {delivery.pk: words for delivery in deliveries if delivery.overtaken}


def _without_consent(kind: LetterKind, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, str]:
    if kind.purpose is None or not deliveries:
        return {}
    agreeing = set(
        ConsentEvent.objects.holding()
        .filter(
            resident__in=[delivery.resident_id for delivery in deliveries],
            purpose=kind.purpose,
            channel=Channel.EMAIL,
            scope__in=kind.scopes(mailing=mailing),
        )
        .values_list("resident_id", flat=True)
    )
    owed = kind.owed(mailing=mailing, deliveries=deliveries)
    words = _("Consent was withdrawn.")
    held_back = [delivery for delivery in deliveries if delivery.resident_id not in agreeing]
    return {delivery.pk: words for delivery in held_back if delivery.pk not in owed}


def _blocked(deliveries: Sequence[Delivery]) -> Mapping[int, str]:
    addresses = {delivery.pk: delivery.address.lower() for delivery in deliveries}
    blocked = Suppression.objects.blocking(addresses.values())
    words = _("This address is blocked.")
    return {pk: words for pk, address in addresses.items() if address in blocked}


def _unreachable(deliveries: Sequence[Delivery]) -> Mapping[int, str]:
    words = _("This resident has no e-mail address any more.")
    return {delivery.pk: words for delivery in deliveries if not delivery.address}
