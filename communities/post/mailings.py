"""What do we post, to whom? Rows first; the letters leave later, from what the rows say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from communities.models import Channel, Delivery, DeliveryState, Mailing, MailingState, Priority, Resident, alike
from communities.models.delivery import DeliveryQuerySet

from . import doorbell, hours, sparing, texting
from .kinds import letter_kinds

REFUSALS, REFUSED_OF = 20, 10
BY_HAND = (Channel.LETTER, Channel.PHONE)


@dataclass(frozen=True, slots=True)
class Addressee:
    """One resident and the way to reach them."""

    resident_id: int
    channel: Channel = Channel.EMAIL


@transaction.atomic(savepoint=False)
def post(
    *,
    kind: str,
    key: str,
    title: str,
    addressees: Iterable[Addressee],
    now: datetime,
    thread: str = "",
    order: int = 0,
    priority: Priority = Priority.BULK,
    at_any_hour: bool = False,
    created_by: User | None = None,
) -> Mailing:
    """One text to many, in the caller's transaction: a mailing, its deliveries, and a ring on commit.

    Whoever muted this kind of letter, is taking a break or was written to often enough is spared it: see sparing.
    Letters of one `thread` to one resident leave by rising `order`, or are skipped as overtaken. Channels other than
    e-mail wait for staff. Outside the post's hours they wait for the morning, unless `at_any_hour`. A number of queries
    that does not grow with the addressees.
    """
    mailing = Mailing.objects.create(
        kind=kind,
        key=key,
        title=title[:255],
        priority=priority,
        at_any_hour=at_any_hour,
        created_by=created_by,
        created_at=now,
    )
    letter_kind = letter_kinds[kind]
    reached = rather_texted(list(addressees)) if letter_kind.is_texted else list(addressees)
    delivery = Delivery(mailing=mailing, thread=thread, order=order, priority=priority)
    delivery.next_attempt_at = hours.leaving(now, at_any_hour=at_any_hour)
    differing: dict[str, list[Any]] = {
        "resident": [each.resident_id for each in reached],
        "channel": [each.channel.value for each in reached],
        "counts_as_unasked": [letter_kind.is_unasked and each.channel == Channel.EMAIL for each in reached],
    }
    alike.insert(delivery, differing=differing)
    sparing.spare(kind=letter_kind, mailing=mailing, now=now)
    _hurry_earlier_letters(thread=thread, order=order, now=now)
    transaction.on_commit(_ring(priority), robust=True)
    return mailing


def rather_texted(addressees: list[Addressee]) -> list[Addressee]:
    """Those who would be called or get paper, and agreed to text messages, get one: it is there in time."""
    by_hand = [each.resident_id for each in addressees if each.channel in BY_HAND]
    texted = texting.texted(by_hand)
    return [
        Addressee(each.resident_id, Channel.SMS) if each.channel in BY_HAND and each.resident_id in texted else each
        for each in addressees
    ]


def post_one(
    *,
    kind: str,
    key: str,
    title: str,
    resident: Resident,
    channel: Channel = Channel.EMAIL,
    now: datetime,
    thread: str = "",
    order: int = 0,
) -> Mailing:
    """A letter that answers something the resident just did: it overtakes announcements."""
    return post(
        kind=kind,
        key=key,
        title=title,
        addressees=[Addressee(resident.pk, channel)],
        thread=thread,
        order=order,
        priority=Priority.TRANSACTIONAL,
        at_any_hour=True,
        now=now,
    )


def post_test(
    *, kind: str, key: str, title: str, address: str, now: datetime, created_by: User | None = None
) -> Mailing:
    """The letter as an example, to a member of staff."""
    priority = Priority.TRANSACTIONAL
    mailing = Mailing.objects.create(
        kind=kind,
        key=key,
        title=title[:255],
        priority=priority,
        created_by=created_by,
        created_at=now,
        is_test=True,
        at_any_hour=True,
    )
    Delivery.objects.create(mailing=mailing, test_address=address, priority=priority, next_attempt_at=now)
    transaction.on_commit(_ring(priority), robust=True)
    return mailing


def post_to_address(*, kind: str, key: str, title: str, address: str, now: datetime) -> Mailing:
    """One letter to someone who is no resident: whoever answers for a meeting at the town hall, say."""
    priority = Priority.TRANSACTIONAL
    mailing = Mailing.objects.create(
        kind=kind, key=key, title=title[:255], priority=priority, created_at=now, at_any_hour=True
    )
    Delivery.objects.create(mailing=mailing, test_address=address, priority=priority, next_attempt_at=now)
    transaction.on_commit(doorbell.ring, robust=True)
    return mailing


def withdraw(*, deliveries: DeliveryQuerySet, reason: str, now: datetime) -> None:
    """End those of these letters that wait, on any channel, or are kept for the weekly letter; those in a worker's
    hands may still leave.
    """
    waiting = deliveries.order_by().filter(state__in=DeliveryState.untold()).unclaimed(now)
    ended = {"state": DeliveryState.SKIPPED, "reason": reason[:255], "ended_at": now}
    waiting.update(**ended, claim=None, claimed_until=None)


def pause(*, mailing: Mailing, reason: str) -> None:
    """Hold the letters that have not left, and paper and calls with them; those in a worker's hands may still leave."""
    _turn(mailing, state=MailingState.PAUSED, reason=reason)


def resume(*, mailing: Mailing, now: datetime) -> None:
    """Let them leave again, at once whatever their last attempt was."""
    _turn(mailing, state=MailingState.OPEN, reason="")
    mailing.deliveries.pending().unclaimed(now).update(next_attempt_at=now, attempts=0)
    transaction.on_commit(doorbell.ring, robust=True)


def pause_if_too_many_are_refused(*, mailing: Mailing) -> None:
    """Stop a mailing more than a tenth of which is turned down, before it turns the relay against us.

    Paper and calls go on, unless the mailing was paused for another reason: that one stands.
    """
    so_far = Mailing.objects.with_progress().get(pk=mailing.pk)
    tried = so_far.failed + so_far.sent
    if not so_far.is_paused and so_far.failed >= REFUSALS and so_far.failed * REFUSED_OF > tried:
        words = _("The relay refused %(failed)d letters of %(tried)d.") % {"failed": so_far.failed, "tried": tried}
        _turn(mailing, state=MailingState.PAUSED, reason=words, only_what_travels=True)


def _ring(priority: int) -> Callable[[], None]:
    return partial(doorbell.ring, at_once=priority == Priority.TRANSACTIONAL)


def _turn(mailing: Mailing, *, state: MailingState, reason: str, only_what_travels: bool = False) -> None:
    mailing.state, mailing.reason, mailing.only_what_travels = state, reason[:255], only_what_travels
    mailing.save(update_fields=["state", "reason", "only_what_travels"])


def _hurry_earlier_letters(*, thread: str, order: int, now: datetime) -> None:
    """Earlier letters of the thread that wait for another attempt would hold this one back: look at them again now."""
    if thread and order:
        waiting = Delivery.objects.pending().unclaimed(now).filter(thread=thread, order__lt=order)
        waiting.filter(next_attempt_at__gt=now).update(next_attempt_at=now)
