"""How does a posted letter leave? Taken with a lease, checked at the door, sent, marked; whoever dies, others go on."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import F, Q
from django.utils.translation import gettext as _

from communities.models import Delivery, DeliveryState, Mailing, Priority

from . import checking, discretion, doorbell, hours, limits, mailings, pacing, retrying, sparing
from .claiming import BATCH, LEASE, claim
from .kinds import NotNow, letter_kinds
from .marking import FenceLost, Marks
from .preparing import Ready, Workshop, by_mailing_and_language
from .provider import Provider
from .relay import ConnectionLost, Refused, Relay, SenderRefused, Trouble

SHIFT = timedelta(seconds=60)
# A batch that takes longer is cut short, and the next is smaller: an answer to a person waits for it in the meantime.
PATIENCE = timedelta(seconds=1)
RELAY_DOWN = timedelta(minutes=1)
FEWEST = 20
# A shift begins with few letters, so that the first leaves soon and others are called early.
FIRST = 200
FASTER = 3
COMPOSITIONS = 3

log = logging.getLogger(__name__)


@dataclass
class Shift:
    """One worker's stretch of work: when it ends (monotonic), the relay's line, the letters compiled so far.

    `batch` is how many letters it takes at once; `only` the answers to people, or everything. If it `calls`, a full
    first batch calls one more worker, who may call another; whoever finds nothing to do costs a query.
    """

    until: float
    relay: Relay | Provider = field(default_factory=Relay)
    workshop: Workshop = field(default_factory=Workshop)
    batch: int = BATCH
    only: Priority | None = None
    calls: bool = False

    def call_another(self, *, found: int) -> None:
        if self.calls and found == self.batch:
            doorbell.ring()
        self.calls = False


def carry_on(*, clock: Callable[[], datetime], only: Priority | None = None) -> None:
    """Carry batches until no letter is due or the shift is over; of one priority `only`, or the most pressing first."""
    with Provider() if settings.POST_BACKEND else Relay() as relay:
        shift = Shift(until=time.monotonic() + SHIFT.total_seconds(), relay=relay, batch=FIRST, only=only, calls=True)
        try:
            taken = carry(now=clock(), shift=shift)
            while taken and time.monotonic() < shift.until:
                taken = carry(now=clock(), shift=shift)
        except Trouble as trouble:
            log.error("No letter can leave, the next sweep tries again: %s", trouble.words)
            return
    if taken:
        doorbell.ring()


def carry(*, now: datetime, shift: Shift) -> int:
    """Take a batch, send what must still leave, mark each letter as it leaves; the number taken, 0 when none is due.

    Raise Trouble when the relay cannot be reached or lets us send nothing: the letters wait, and so should the caller.
    """
    deadline = min(shift.until, time.monotonic() + LEASE.total_seconds() / 2)
    fence = uuid4()
    taken = claim(fence=fence, now=now, limit=shift.batch, only=shift.only)
    if not taken:
        return 0
    shift.call_another(found=len(taken))
    try:
        ready = _paced(_prepare(taken, fence=fence, workshop=shift.workshop, now=now), fence=fence, now=now)
        hurried = min(deadline, time.monotonic() + PATIENCE.total_seconds())
        tried = _send(ready, fence=fence, relay=shift.relay, deadline=hurried, now=now)
    except Trouble as trouble:
        _release(fence, next_attempt_at=now + RELAY_DOWN, reason=trouble.words)
        raise
    _release(fence)
    shift.batch = max(FEWEST, tried) if tried < len(ready) else min(BATCH, FASTER * shift.batch)
    return len(taken)


def _paced(letters: list[Ready], *, fence: UUID, now: datetime) -> list[Ready]:
    """Those that leave now; the others go back, uncounted, until their provider takes more."""
    paced = pacing.pace(letters, take=limits.of_this_process.take)
    for minutes, pks in paced.waiting.items():
        _release(fence, of=pks, next_attempt_at=now + timedelta(minutes=minutes))
    return paced.leaving


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


def _send(ready: Sequence[Ready], *, fence: UUID, relay: Relay | Provider, deadline: float, now: datetime) -> int:
    """How many were tried before the deadline, the end of the line or of the lease."""
    if not ready:
        return 0
    relay.connect()
    refused: set[Mailing] = set()
    tried, letters = 0, iter(ready)
    letter = _next(letters, deadline=deadline)
    try:
        with Marks(claim=fence) as marks:
            while letter:
                then = _next(letters, deadline=deadline)
                outcome = _attempt(relay, letter, marks, then=then)
                tried += 1
                _mark(marks, letter, outcome, now=now)
                if isinstance(outcome, Refused):
                    refused.add(letter.delivery.mailing)
                letter = None if isinstance(outcome, ConnectionLost) else then
    except FenceLost:
        log.warning("A lease was over before its letter was marked; the rest of the batch is another worker's.")
    for mailing in refused:
        mailings.pause_if_too_many_are_refused(mailing=mailing)
    return tried


def _next(letters: Iterator[Ready], *, deadline: float) -> Ready | None:
    return None if time.monotonic() > deadline else next(letters, None)


def _attempt(relay: Relay | Provider, letter: Ready, marks: Marks, *, then: Ready | None) -> Trouble | str:
    """What went wrong, or the provider's name of the letter that left; `then` is the next.

    No content leaves before the last mark has answered: whatever dies, one letter at most is in doubt.
    """
    try:
        return relay.deliver(letter=letter, before_content=marks.settle, then=then)
    except SenderRefused:
        raise
    except Trouble as trouble:
        return trouble


def _mark(marks: Marks, letter: Ready, outcome: Trouble | str, *, now: datetime) -> None:
    pk = letter.delivery.pk
    if isinstance(outcome, str):
        marks.make(pk, state=DeliveryState.SENT, message_id=letter.message_id, ended_at=now, provider_id=outcome)
        return
    said = discretion.without(letter.recipient, letter.delivery.address, words=outcome.words)
    match retrying.after(attempts=letter.delivery.attempts + 1, outcome=outcome):
        case retrying.Fail():
            marks.make(pk, state=DeliveryState.FAILED, reason=said, ended_at=now)
        case retrying.Retry(delay):
            again = hours.leaving(now + delay, at_any_hour=letter.delivery.mailing.at_any_hour)
            marks.make(pk, state=DeliveryState.PENDING, reason=said, next_attempt_at=again)


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


def _release(fence: UUID, *, of: Sequence[int] | None = None, **changes: object) -> None:
    """Give back what is left of a batch, or some of it: nothing was tried, so nothing is counted."""
    left = Delivery.objects.pending().filter(claim=fence)
    if of is not None:
        left = left.filter(pk__in=of)
    left.update(claim=None, claimed_until=None, **changes)
