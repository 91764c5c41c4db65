"""Must this letter still leave? Asked again at the door, because days may lie between posting and sending."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from communities.models import Channel, ConsentEvent, Delivery, Mailing, Suppression, alike
from communities.models.ready import Question, text

from . import sparing, texting
from .kinds import LetterKind

BLOCKED = gettext_noop("This address is blocked.")
UNREACHABLE = gettext_noop("This resident has no e-mail address any more.")


def reasons(*, kind: LetterKind, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> dict[int, str]:
    """For each of one mailing's deliveries by one channel (by pk) that must not leave: why, for staff to read.

    Whoever the letter concerns no more has often said no too: what its kind knows is the truer reason. Three queries
    and the kind's own. A test only has to have an address that is not blocked.
    """
    if deliveries and deliveries[0].is_by_sms:
        return texting.reasons(kind=kind, mailing=mailing, deliveries=deliveries, now=now)
    real = [delivery for delivery in deliveries if delivery.resident]
    return {
        **_unwanted(kind, mailing, real),
        **kind.still_true(mailing=mailing, deliveries=real, now=now),
        **_overtaken(real),
        **_blocked(deliveries),
        **_unreachable(deliveries),
    }


def reasons_to_wait(
    *, kind: LetterKind, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime
) -> dict[int, str]:
    """For each of these deliveries (by pk) that is kept for the weekly letter: why.

    A pause began meanwhile; or a letter that had failed is tried again, for somebody who was sent enough since.
    """
    if kind.purpose is None:
        return {}
    paused = {
        delivery.resident.pk: delivery.resident.paused_until
        for delivery in deliveries
        if delivery.resident and delivery.resident.paused_until and delivery.resident.is_paused(now)
    }
    counting = {each.resident_id for each in deliveries if each.resident_id and each.counts_as_unasked}
    spared = sparing.Spared(paused=paused, sated=sparing.who_was_sent_enough(residents=counting, now=now))
    _skipped, held = sparing.outcomes(spared, kind=kind, mailing=mailing, deliveries=deliveries)
    return held


def _overtaken(deliveries: Sequence[Delivery]) -> Mapping[int, str]:
    words = _("A later letter on the same matter has already left.")
    return {delivery.pk: words for delivery in deliveries if delivery.overtaken}


def _unwanted(kind: LetterKind, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, str]:
    """Those whose readers said no, to what it is about or to its kind; never what is owed to them."""
    found = {**_muted(kind, deliveries), **_without_consent(kind, mailing, deliveries)}
    held_back = [delivery for delivery in deliveries if delivery.pk in found]
    owed = kind.owed(mailing=mailing, deliveries=held_back) if held_back else ()
    return {pk: words for pk, words in found.items() if pk not in owed}


def _muted(kind: LetterKind, deliveries: Sequence[Delivery]) -> Mapping[int, str]:
    muted = sparing.who_muted(kind=kind, residents={each.resident_id for each in deliveries if each.resident_id})
    words = _("They want no more letters of this kind.")
    return {delivery.pk: words for delivery in deliveries if delivery.resident_id in muted}


def _without_consent(kind: LetterKind, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, str]:
    if kind.purpose is None or not deliveries:
        return {}
    residents = alike.listed(delivery.resident_id or 0 for delivery in deliveries)
    scopes = set(kind.scopes(mailing=mailing))
    said = SAID.ask(residents=residents, purpose=kind.purpose)
    agreeing = {who for who, scope, granted in said if granted and scope in scopes}
    words = _("Consent was withdrawn.")
    return {delivery.pk: words for delivery in deliveries if delivery.resident_id not in agreeing}


SAID = Question(
    lambda: (
        ConsentEvent.objects.filter(
            alike.one_of("resident", text("residents")), purpose=text("purpose"), channel=Channel.EMAIL
        )
        .last_of_each()
        .values_list("resident_id", "scope", "granted")
    ),
    of_many=True,
)


def _blocked(deliveries: Sequence[Delivery]) -> Mapping[int, str]:
    addresses = {delivery.pk: delivery.address.lower() for delivery in deliveries}
    blocked = Suppression.objects.blocking(addresses.values())
    return {pk: _(BLOCKED) for pk, address in addresses.items() if address in blocked}


def _unreachable(deliveries: Sequence[Delivery]) -> Mapping[int, str]:
    return {delivery.pk: _(UNREACHABLE) for delivery in deliveries if not delivery.address}


def without_an_address() -> list[str]:
    """Reasons for which e-mail is no way to its reader, who may be told by another."""
    return [_(BLOCKED), _(UNREACHABLE)]
