"""How long do we keep what came in, what do we tell its writer of it, and what is left once they are erased?"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from communities.models import InboundMessage, InboundState, Resident
from communities.models.inbound import InboundQuerySet
from communities.personal_data import described

from . import forwarding

# The words, and who wrote them. A row without them stays a year: by it a message that comes again is known.
KEPT = {
    InboundState.HANDLED: timedelta(days=30),
    InboundState.FORWARDED: timedelta(days=30),
    InboundState.NOTHING: timedelta(days=7),
    InboundState.QUARANTINED: timedelta(days=14),
    InboundState.HELD: timedelta(days=60),
}
KNOWN_FOR = timedelta(days=365)
NO_WORDS: dict[str, Any] = {
    "raw": b"",
    "sender": "",
    "subject": "",
    "recipients": [],
    "token": "",
    "resident": None,
}


def forget(*, now: datetime) -> None:
    """Each night. Who was to decide about a held message has had two months."""
    for state, kept in KEPT.items():
        past = InboundMessage.objects.filter(state=state, ended_at__lt=now - kept).exclude(raw=b"")
        forwarding.let_go(messages=past.values_list("pk", flat=True), now=now)
        if state == InboundState.HELD:
            past.update(**NO_WORDS, state=InboundState.NOTHING, outcome=_("Nobody decided in time."))
        else:
            past.update(**NO_WORDS, outcome=_("Its time was over."))
    InboundMessage.objects.filter(ended_at__lt=now - KNOWN_FOR).delete()


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
