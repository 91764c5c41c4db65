"""How long do we keep what came in, what do we tell its writer of it, and what is left once they are erased?"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from communities.models import InboundMessage, InboundState, Resident
from communities.models.inbound import InboundQuerySet
from communities.personal_data import described
from communities.retention import activity
from communities.retention.rules import Reach

from . import forwarding

NO_WORDS: dict[str, Any] = {
    "raw": b"",
    "sender": "",
    "subject": "",
    "recipients": [],
    "token": "",
    "resident": None,
}


def read_through(*, states: Collection[InboundState], before: datetime) -> InboundQuerySet:
    """Those of these states whose words are still there. A row without them stays: by it a message that comes again is
    known.
    """
    return InboundMessage.objects.filter(state__in=states, ended_at__lt=before).exclude(raw=b"")


def known_from_before(*, before: datetime) -> InboundQuerySet:
    """Rows by which a message that comes again is known."""
    return InboundMessage.objects.filter(ended_at__lt=before)


def forget_words(keys: Sequence[int], reach: Reach) -> int:
    """What was written, and who wrote it. Who was to decide about a held message had their time."""
    messages = InboundMessage.objects.filter(pk__in=keys)
    activity.remember(messages, person="resident", at="received_at")
    forwarding.let_go(messages=keys, now=reach.now)
    held = messages.filter(state=InboundState.HELD)
    held.update(**NO_WORDS, state=InboundState.NOTHING, outcome=_("Nobody decided in time."))
    messages.exclude(raw=b"").update(**NO_WORDS, outcome=_("Its time was over."))
    return len(keys)


def of(resident: Resident) -> InboundQuerySet:
    """What they wrote, from wherever, and what came from their address."""
    theirs = Q(resident=resident)
    return InboundMessage.objects.filter(theirs | Q(sender__iexact=resident.email) if resident.email else theirs)


def told(resident: Resident) -> list[dict[str, Any]]:
    """Each message with its words."""
    return [
        {_("words"): words_of(message)}
        | described(message, "sender", "subject", "source", "received_at", "state", "outcome")
        for message in of(resident).order_by("pk")
    ]


def words_of(message: InboundMessage) -> str:
    incoming = forwarding.said_in(message)
    return incoming.text.strip() if incoming else ""


def erase(*, resident: Resident, now: datetime) -> None:
    """Nothing of theirs is left, read or not; what a worker reads at this moment is waited for."""
    waiting = InboundMessage.objects.waiting().iterator(chunk_size=10)
    unread = [message.pk for message in waiting if is_of(message, resident)]
    theirs = [*unread, *of(resident).values_list("pk", flat=True)]
    erased = {"state": InboundState.NOTHING, "outcome": _("This person was erased."), "ended_at": now}
    InboundMessage.objects.filter(pk__in=theirs).update(**NO_WORDS, **erased)
    forwarding.let_go(messages=theirs, now=now)


def is_of(message: InboundMessage, resident: Resident) -> bool:
    """Whether a message that nobody has read yet came from their address, or to the one that their letters carry."""
    incoming = forwarding.said_in(message)
    if incoming is None:
        return False
    is_from_them = bool(resident.email) and incoming.from_address == resident.email.lower()
    return is_from_them or any(f"+{resident.token}@" in to for to in [*message.recipients, *incoming.recipients])
