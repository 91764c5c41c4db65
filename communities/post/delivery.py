"""How does a posted letter leave? Taken with a lease, checked at the door, sent, marked; whoever dies, others go on."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext as _

from communities.models import Delivery, DeliveryState, Mailing, Priority, alike
from communities.models.post import DeliveryQuerySet

from . import checking, doorbell, hours, limits, mailings, pacing, retrying
from .kinds import NotNow, letter_kinds
from .marking import FenceLost, Marks
from .preparing import Ready, Workshop, by_mailing_and_language
from .provider import Provider
from .relay import ConnectionLost, Refused, Relay, SenderRefused, Trouble

BATCH = 500
# No letter is begun in the second half of a lease, which is longer than SMTP's patience with one letter.
LEASE = timedelta(seconds=settings.POST_LEASE)
SHIFT = timedelta(seconds=60)
# A batch that takes longer is cut short, and the next is smaller: an answer to a person waits for it in the meantime.
PATIENCE = timedelta(seconds=1)
RELAY_DOWN = timedelta(minutes=1)
FEWEST = 20
# A shift begins with few letters, so that the first leaves soon and others are called early.
FIRST = 50
COMPOSITIONS = 3
# What no letter says; every field read costs as much as a line of the letter.
UNREAD = (
    *("reason", "claim", "claimed_until", "ended_at", "message_id"),
    *(f"resident__{name}" for name in ("folded", "created_at", "confirmed_at", "came_with")),
)

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


def sweep(*, now: datetime) -> None:
    """Ring if a letter is due: it was postponed, its worker died, or its ring was lost."""
    if due(now).exists():
        doorbell.ring()
    if due(now).filter(priority=Priority.TRANSACTIONAL).exists():
        doorbell.ring(at_once=True)


def due(now: datetime) -> DeliveryQuerySet:
    """The letters that may leave now: at night, only those that leave at any hour."""
    letters = Delivery.objects.due(now)
    return letters if hours.are_open(now) else letters.filter(mailing__at_any_hour=True)


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
    shift.batch = max(FEWEST, tried) if tried < len(ready) else min(BATCH, 2 * shift.batch)
    return len(taken)


def claim(
    *, fence: UUID, now: datetime, limit: int = BATCH, lease: timedelta = LEASE, only: Priority | None = None
) -> list[Delivery]:
    """The most pressing letters, ours behind one fence until the lease is over; other workers pass them by."""
    letters = due(now) if only is None else due(now).filter(priority=only)
    wanted = letters.with_overtaken().select_related("resident").defer(*UNREAD).prefetch_related("mailing")
    with transaction.atomic(), connection.cursor() as cursor:
        # In the order of the index, so that a batch costs the same among a thousand letters and among a million,
        # even before the planner has heard of a new mailing.
        cursor.execute("SET LOCAL enable_sort = off")
        taken = list(wanted.select_for_update(skip_locked=True, of=("self",))[:limit])
        ours = Delivery.objects.filter(pk__in=alike.among(delivery.pk for delivery in taken))
        ours.update(claim=fence, claimed_until=now + lease)
    return taken


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
    for (mailing, language), group in by_mailing_and_language(taken).items():
        try:
            reasons = checking.reasons(kind=letter_kinds[mailing.kind], mailing=mailing, deliveries=group, now=now)
            leaving = [delivery for delivery in group if delivery.pk not in reasons]
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
    _skip(skipped, fence=fence, now=now)
    return ready


def _send(ready: Sequence[Ready], *, fence: UUID, relay: Relay | Provider, deadline: float, now: datetime) -> int:
    """How many were tried before the deadline, the end of the line or of the lease."""
    if not ready:
        return 0
    relay.connect()
    refused: set[Mailing] = set()
    tried = 0
    try:
        with Marks(claim=fence) as marks:
            for letter in ready:
                if time.monotonic() > deadline:
                    break
                outcome = _attempt(relay, letter, marks)
                tried += 1
                _mark(marks, letter, outcome, now=now)
                if isinstance(outcome, Refused):
                    refused.add(letter.delivery.mailing)
                if isinstance(outcome, ConnectionLost):
                    break
    except FenceLost:
        log.warning("A lease was over before its letter was marked; the rest of the batch is another worker's.")
    for mailing in refused:
        mailings.pause_if_too_many_are_refused(mailing=mailing)
    return tried


def _attempt(relay: Relay | Provider, letter: Ready, marks: Marks) -> Trouble | str:
    """What went wrong, or the provider's name of the letter that left.

    No content leaves before the last mark has answered: whatever dies, one letter at most is in doubt.
    """
    try:
        return relay.deliver(letter=letter, before_content=marks.settle)
    except SenderRefused:
        raise
    except Trouble as trouble:
        return trouble


def _mark(marks: Marks, letter: Ready, outcome: Trouble | str, *, now: datetime) -> None:
    pk = letter.delivery.pk
    if isinstance(outcome, str):
        marks.make(pk, state=DeliveryState.SENT, message_id=letter.message_id, ended_at=now, provider_id=outcome)
        return
    match retrying.after(attempts=letter.delivery.attempts + 1, outcome=outcome):
        case retrying.Fail(reason):
            marks.make(pk, state=DeliveryState.FAILED, reason=reason, ended_at=now)
        case retrying.Retry(delay):
            again = hours.leaving(now + delay, at_any_hour=letter.delivery.mailing.at_any_hour)
            marks.make(pk, state=DeliveryState.PENDING, reason=outcome.words, next_attempt_at=again)


def _skip(reasons: dict[int, str], *, fence: UUID, now: datetime) -> None:
    """One query, whatever the number of reasons."""
    if not reasons:
        return
    cases = [
        When(pk__in=[pk for pk, reason in reasons.items() if reason == words], then=Value(words[:255]))
        for words in set(reasons.values())
    ]
    Delivery.objects.pending().filter(pk__in=reasons, claim=fence).update(
        state=DeliveryState.SKIPPED, reason=Case(*cases), ended_at=now, claim=None, claimed_until=None
    )


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
