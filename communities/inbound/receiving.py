"""How is a message taken in? Stored as it came, in one row however often it comes; read afterwards."""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communities.models import InboundMessage, InboundState, ready
from communities.post import doorbell

from .decoding import clean
from .reading import LARGEST

SORT = "communities.inbound.tasks.sort"
HEADERS_READ = 64 * 1024
# What is the same whichever way a message travelled; what servers add on the way is not.
OF_ITS_WRITER = re.compile(
    rb"^(?:message-id|from|date|subject)[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE
)
BLANK_LINE = re.compile(rb"\n\r?\n")


def receive(*, raw: bytes, recipients: Sequence[str] = (), source: str, now: datetime) -> InboundMessage:
    """Keep a message, in the caller's transaction; one known already stays as it is. The caller rings.

    A message beyond all measure is kept by its headers only, and set apart at once.
    """
    to = [clean(address).strip().strip("<>").lower()[:320] for address in recipients if "@" in address][:50]
    facts = {"raw": raw, "recipients": to, "source": source, "received_at": now}
    if len(raw) > LARGEST:
        words = _("The message is too large to be read.")
        facts |= {"raw": raw[:HEADERS_READ], "state": InboundState.QUARANTINED, "outcome": words, "ended_at": now}
    message = InboundMessage(fingerprint=fingerprint(raw, to), **facts)
    return message if ready.insert_once(message) else InboundMessage.objects.get(fingerprint=message.fingerprint)


def ring() -> None:
    """Once for however many messages, when the transaction is over: somebody shall read them."""
    transaction.on_commit(lambda: doorbell.call(SORT), robust=True)


def fingerprint(raw: bytes, recipients: Sequence[str]) -> str:
    """The same for a message that comes twice, by two ways; another one when anything its writer wrote is another."""
    end = BLANK_LINE.search(raw, 0, HEADERS_READ)
    headers, body = (raw[: end.start() + 1], raw[end.end() :]) if end else (raw[:HEADERS_READ], raw)
    written = sorted(found.group(0).strip().lower() for found in OF_ITS_WRITER.finditer(headers.replace(b"\r", b"")))
    digest = hashlib.sha256(b"\n".join([*written, " ".join(sorted(recipients)).encode("utf-8", "replace")]))
    digest.update(b"\0" + b"\n".join(body.splitlines()).strip() if len(body) < HEADERS_READ else b"\0" + body)
    return digest.hexdigest()
