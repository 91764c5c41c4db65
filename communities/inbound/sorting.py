"""What becomes of a message that was taken in? Read within bounds, handed to whoever its address names, marked."""

import logging
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from communities.models import InboundMessage, InboundState

from . import forwarding, handlers, vouching
from .decoding import clean
from .handlers import Mail, Outcome, mail_handlers
from .mime import Hostile
from .reading import Incoming, read

AT_MOST = 500
ATTEMPTS = 3
# Where a word begins: a stranger's quarter of a million letters are read once, not once from each of them.
OUR_ADDRESS = re.compile(r"(?<![a-z])([a-z]+)\+([a-z0-9._-]{1,80})@([a-z0-9.-]+)", re.IGNORECASE)

log = logging.getLogger(__name__)


def sort_waiting(*, now: datetime) -> int:
    """Every message that waits; those in another worker's hands are left to it."""
    return sort(pks=InboundMessage.objects.waiting().order_by("pk").values_list("pk", flat=True)[:AT_MOST], now=now)


def sort(*, pks: Iterable[int], now: datetime) -> int:
    """Sort those of these messages that are nobody else's; how many that was."""
    return sum(sort_alone(pk, now=now) for pk in pks)


@transaction.atomic
def sort_alone(pk: int, *, now: datetime) -> int:
    """One message in a transaction of its own: an answer locks its meeting, and with two of those at once this worker
    and whoever presses Send could wait for each other for ever.
    """
    ours = InboundMessage.objects.waiting().select_for_update(skip_locked=True, of=("self",)).filter(pk=pk)
    message = ours.first()
    if message is None:
        return 0
    sort_one(message, now=now)
    return 1


def sort_one(message: InboundMessage, *, now: datetime) -> None:
    """What fails leaves no trace, is tried again with the next sweep, and in the end set apart with its reason."""
    try:
        with transaction.atomic():
            mark(message, *outcome_of(message, is_vouched=False), now=now)
    except OperationalError:  # the database's trouble, not the message's
        raise
    except Exception as trouble:  # whatever it is, the other messages are read too
        log.exception("Message %s could not be sorted", message.pk)
        put_back(message, trouble=trouble, now=now)


def put_back(message: InboundMessage, *, trouble: Exception, now: datetime) -> None:
    attempts = message.attempts + 1
    changes: dict[str, Any] = {"attempts": attempts}
    if attempts >= ATTEMPTS:
        words = _("It could not be read: %(error)s") % {"error": repr(trouble)}
        changes |= {"state": InboundState.QUARANTINED, "outcome": clean(words)[:255], "ended_at": now}
    InboundMessage.objects.filter(pk=message.pk).update(**changes)


def outcome_of(message: InboundMessage, *, is_vouched: bool) -> tuple[Outcome, Incoming | None]:
    """Hand it to its handler; what cannot be read is set apart."""
    try:
        incoming = read(bytes(message.raw))
    except Hostile as trouble:
        return handlers.set_apart(_("The message cannot be read: %(reason)s.") % {"reason": trouble}), None
    name, token = address_of(message, incoming)
    message.handler, message.token = name, token
    mail = Mail(
        pk=message.pk,
        read=incoming,
        token=token,
        received_at=message.received_at,
        is_vouched=is_vouched,
        is_forged=vouching.is_forged(incoming, authserv_id=settings.INBOUND_AUTHSERV_ID),
    )
    return mail_handlers[name].handle(mail) if name else to_nobody(mail), incoming


def to_nobody(mail: Mail) -> Outcome:
    """A person's words to an address of ours that names nothing go to the town hall."""
    if mail.read.is_automatic or mail.is_forged or not mail.read.text.strip():
        return handlers.set_apart(_("It is addressed to nothing that we know."))
    return forwarding.to_the_town_hall(mail)


def address_of(message: InboundMessage, incoming: Incoming) -> tuple[str, str]:
    """(handler, token): the envelope's word first, then the headers', then the calendar's ORGANIZER."""
    for address in candidates(message, incoming):
        found = OUR_ADDRESS.fullmatch(address)
        if found and found[1].lower() in mail_handlers and is_ours(found[3]):
            return found[1].lower(), found[2].lower()
    return "", ""


def candidates(message: InboundMessage, incoming: Incoming) -> Iterator[str]:
    yield from message.recipients
    yield from incoming.recipients
    yield from organizers(incoming.calendars)


def organizers(calendars: Iterable[str]) -> Iterator[str]:
    for calendar in calendars:
        yield from (found.group(0) for found in OUR_ADDRESS.finditer(re.sub(r"\n[ \t]", "", calendar)))


def is_ours(domain: str) -> bool:
    return not settings.INBOUND_DOMAIN or domain.lower() == settings.INBOUND_DOMAIN.lower()


def mark(message: InboundMessage, outcome: Outcome, incoming: Incoming | None, *, now: datetime) -> None:
    message.state, message.outcome, message.ended_at = outcome.state, outcome.words[:255], now
    message.resident = outcome.resident
    if incoming:
        message.sender, message.subject = incoming.from_address, incoming.subject
    message.save(update_fields=["state", "outcome", "ended_at", "resident", "sender", "subject", "handler", "token"])
