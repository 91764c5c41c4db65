"""How does a posted letter leave? Taken with a lease, checked at the door, sent, marked; whoever dies, others go on."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from communities.models import Delivery, DeliveryState, Mailing

from . import checking, doorbell, mailings, retrying, sparing
from .kinds import NotNow, letter_kinds
from .marking import FenceLost, Marks
from .preparing import Ready, Workshop, by_mailing_and_language
from .relay import ConnectionLost, Refused, Relay, SenderRefused, Trouble

BATCH = 500
# No letter is begun in the second half of a lease, which is longer than SMTP's patience with one letter.
LEASE = timedelta(seconds=300)
SHIFT = timedelta(seconds=60)
RELAY_DOWN = timedelta(minutes=1)
COMPOSITIONS = 3
# What no letter says; every field read costs as much as a line of the letter.
UNREAD = (
    *("reason", "claim", "claimed_until", "ended_at", "message_id"),
    *(f"resident__{name}" for name in ("folded", "created_at", "confirmed_at", "came_with")),
)

log = logging.getLogger(__name__)


@dataclass
class Shift:
    """One worker's stretch of work: when it ends (monotonic), the relay's line, the letters compiled so far."""

    until: float
    relay: Relay = field(default_factory=Relay)
    workshop: Workshop = field(default_factory=Workshop)


def carry_on(*, clock: Callable[[], datetime]) -> None:
    """Carry batches until no letter is due or the shift is over.

    A full first batch calls one more worker, who may call another; whoever finds nothing to do costs a query.
    """
    with Relay() as relay:
        shift = Shift(until=time.monotonic() + SHIFT.total_seconds(), relay=relay)
        try:
            taken = carry(now=clock(), shift=shift)
            if taken == BATCH:
                doorbell.ring()
            while taken and time.monotonic() < shift.until:
                taken = carry(now=clock(), shift=shift)
        except Trouble as trouble:
            log.error("No letter can leave, the next sweep tries again: %s", trouble.words)
            return
    if taken:
        doorbell.ring()


def sweep(*, now: datetime) -> None:
    """Ring if a letter is due: it was postponed, its worker died, or its ring was lost."""
    if Delivery.objects.due(now).exists():
        doorbell.ring()


def carry(*, now: datetime, shift: Shift) -> int:
    """Take a batch, send what must still leave, mark each letter as it leaves; the number taken, 0 when none is due.

    Raise Trouble when the relay cannot be reached or lets us send nothing: the letters wait, and so should the caller.
    """
    deadline = min(shift.until, time.monotonic() + LEASE.total_seconds() / 2)
    fence = uuid4()
    taken = claim(fence=fence, now=now)
    if not taken:
        return 0
    try:
        ready = _prepare(taken, fence=fence, workshop=shift.workshop, now=now)
        _send(ready, fence=fence, relay=shift.relay, deadline=deadline, now=now)
    except Trouble as trouble:
        _release(fence, next_attempt_at=now + RELAY_DOWN, reason=trouble.words)
        raise
    _release(fence)
    return len(taken)


def claim(*, fence: UUID, now: datetime, limit: int = BATCH, lease: timedelta = LEASE) -> list[Delivery]:
    """The most pressing letters, ours behind one fence until the lease is over; other workers pass them by."""
    due = (
        Delivery.objects.due(now).with_overtaken().select_related("resident").defer(*UNREAD).prefetch_related("mailing")
    )
    with transaction.atomic(), connection.cursor() as cursor:
        # In the order of the index, so that a batch costs the same among a thousand letters and among a million,
        # even before the planner has heard of a new mailing.
        cursor.execute("SET LOCAL enable_sort = off")
        taken = list(due.select_for_update(skip_locked=True, of=("self",))[:limit])
        ours = Delivery.objects.filter(pk__in=[delivery.pk for delivery in taken])
        ours.update(claim=fence, claimed_until=now + lease)
    return taken


def _prepare(taken: Sequence[Delivery], *, fence: UUID, workshop: Workshop, now: datetime) -> list[Ready]:
    """Letters in their envelopes; those that must not leave are marked so, with their reason."""
    ready: list[Ready] = []
    skipped: dict[int, str] = {}
    spared: dict[int, str] = {}
    for (mailing, language), group in by_mailing_and_language(taken).items():
        try:
            kind = letter_kinds[mailing.kind]
            reasons = checking.reasons(kind=kind, mailing=mailing, deliveries=group, now=now)
            allowed = [delivery for delivery in group if delivery.pk not in reasons]
            to_wait = checking.reasons_to_wait(kind=kind, mailing=mailing, deliveries=allowed, now=now)
            leaving = [delivery for delivery in allowed if delivery.pk not in to_wait]
            letters, unaddressable = workshop.prepare(mailing=mailing, language=language, deliveries=leaving, now=now)
        except NotNow as held:
            mailings.pause(mailing=mailing, reason=str(held))
            continue
        except Exception as error:
            log.exception("The letters of mailing %s cannot be composed", mailing.pk)
            _put_back(mailing, fence=fence, attempts=group[0].attempts + 1, error=error, now=now)
            continue
        ready += letters
        skipped |= reasons | {delivery.pk: _("This address cannot be written to.") for delivery in unaddressable}
        spared |= to_wait
    _put_aside(skipped, state=DeliveryState.SKIPPED, fence=fence, now=now)
    _put_aside(spared, state=DeliveryState.HELD, fence=fence, now=now)
    return ready


def _send(ready: Sequence[Ready], *, fence: UUID, relay: Relay, deadline: float, now: datetime) -> None:
    if not ready:
        return
    relay.connect()
    refused: set[Mailing] = set()
    try:
        with Marks(claim=fence) as marks:
            for letter in ready:
                if time.monotonic() > deadline:
                    break
                outcome = _attempt(relay, letter, marks)
                _mark(marks, letter, outcome, now=now)
                if isinstance(outcome, Refused):
                    refused.add(letter.delivery.mailing)
                if isinstance(outcome, ConnectionLost):
                    break
    except FenceLost:
        log.warning("A lease was over before its letter was marked; the rest of the batch is another worker's.")
    for mailing in refused:
        mailings.pause_if_most_are_refused(mailing=mailing)


def _attempt(relay: Relay, letter: Ready, marks: Marks) -> Trouble | None:
    """No content leaves before the last mark has answered: whatever dies, one letter at most is in doubt."""
    try:
        relay.deliver(letter=letter, before_content=marks.settle)
    except SenderRefused:
        raise
    except Trouble as trouble:
        return trouble
    return None


def _mark(marks: Marks, letter: Ready, outcome: Trouble | None, *, now: datetime) -> None:
    pk = letter.delivery.pk
    if outcome is None:
        marks.make(pk, state=DeliveryState.SENT, message_id=letter.message_id, ended_at=now)
        return
    match retrying.after(attempts=letter.delivery.attempts + 1, outcome=outcome):
        case retrying.Fail(reason):
            marks.make(pk, state=DeliveryState.FAILED, reason=reason, ended_at=now)
        case retrying.Retry(delay):
            marks.make(pk, state=DeliveryState.PENDING, reason=outcome.words, next_attempt_at=now + delay)


def _put_aside(reasons: dict[int, str], *, state: DeliveryState, fence: UUID, now: datetime) -> None:
    """Those that do not leave, while they are still ours."""
    sparing.put_aside(Delivery.objects.filter(claim=fence), reasons, state=state, now=now)


def _put_back(mailing: Mailing, *, fence: UUID, attempts: int, error: Exception, now: datetime) -> None:
    """Letters that their kind cannot compose: tried again later, all together; then the mailing waits for a person."""
    letters = Delivery.objects.pending().filter(Q(claim=fence) | Q(pk__in=Delivery.objects.unclaimed(now)))
    letters.filter(mailing=mailing).update(
        attempts=F("attempts") + 1,
        next_attempt_at=now + retrying.DELAYS[min(attempts, COMPOSITIONS) - 1],
        claim=None,
        claimed_until=None,
    )
    if attempts >= COMPOSITIONS:
        words = _("The letter could not be composed: %(error)s") % {"error": repr(error)}
        mailings.pause(mailing=mailing, reason=words)


def _release(fence: UUID, **changes: object) -> None:
    """Give back what is left of a batch: nothing was tried, so nothing is counted."""
    left = Delivery.objects.pending().filter(claim=fence)
    left.update(claim=None, claimed_until=None, **changes)
