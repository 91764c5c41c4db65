"""Whose is a message, by the address it came to? Each room registers what it reads: reunions+…, rebond+…"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from communities.models import InboundState, Resident
from communities.registry import Registry

from .reading import Incoming


@dataclass(frozen=True)
class Outcome:
    """What became of a message, for staff to read."""

    state: InboundState
    words: str
    resident: Resident | None = None


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A message that found its handler. `pk` is its row; `is_vouched`: a person looked at it and lets it count.

    `is_forged`: our own mail server says that its writer is not who they say (DMARC, RFC 7489).
    """

    pk: int
    read: Incoming
    token: str
    received_at: datetime
    is_vouched: bool = False
    is_forged: bool = False


class MailHandler(Protocol):
    """What a room does with the mail to one of its addresses, in the caller's transaction."""

    def handle(self, mail: Mail) -> Outcome:
        """Do what it asks for, once; doing it again does no more."""
        ...


mail_handlers: Registry[MailHandler] = Registry("mail handlers")
"""By what stands before the + of the address."""


def handled(words: str, resident: Resident | None = None) -> Outcome:
    return Outcome(InboundState.HANDLED, words, resident)


def held(words: str, resident: Resident | None = None) -> Outcome:
    """A person decides: doing it, or not."""
    return Outcome(InboundState.HELD, words, resident)


def nothing(words: str, resident: Resident | None = None) -> Outcome:
    return Outcome(InboundState.NOTHING, words, resident)


def set_apart(words: str, resident: Resident | None = None) -> Outcome:
    """Nobody can do anything with it; kept a while, in case."""
    return Outcome(InboundState.QUARANTINED, words, resident)
