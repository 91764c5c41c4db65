"""What does a person decide about a message that was held? To let it count, or to leave it."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from communities.models import InboundMessage, InboundState

from . import sorting
from .handlers import Outcome


class TooLate(Exception):
    """Somebody else has decided about this message meanwhile, or its time was over."""


def find(pk: int) -> InboundMessage:
    """The row, locked, while there is something to decide. Raise TooLate."""
    message = InboundMessage.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if message is None or not message.is_held or not message.raw:
        raise TooLate
    return message


@transaction.atomic
def let_count(*, message: InboundMessage, by: User, now: datetime) -> Outcome:
    """Do what the message asks for as if nothing had spoken against it. Raise TooLate."""
    message = find(message.pk)
    outcome, incoming = sorting.outcome_of(message, is_vouched=True)
    words = f"{outcome.words} {decided(by)}"
    sorting.mark(message, Outcome(outcome.state, words, outcome.resident), incoming, now=now)
    return outcome


@transaction.atomic
def leave(*, message: InboundMessage, by: User, now: datetime) -> None:
    """It does not count. Raise TooLate."""
    message = find(message.pk)
    message.state, message.ended_at = InboundState.NOTHING, now
    message.outcome = f"{_('It was left without effect.')} {decided(by)}"[:255]
    message.save(update_fields=["state", "ended_at", "outcome"])


def decided(by: User) -> str:
    return _("Decided by %(name)s.") % {"name": by.get_full_name() or by.get_username()}
