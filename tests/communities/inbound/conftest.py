"""A mailbox that is read, and mail that arrives in it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone
from pytest_django import Settings

from communities.inbound import receiving, sorting
from communities.models import InboundMessage, Town
from tests import mails

Arrive = Callable[..., InboundMessage]


@pytest.fixture(autouse=True)
def _a_mailbox_is_read(settings: Settings) -> None:
    settings.INBOUND_DOMAIN = mails.DOMAIN


@pytest.fixture
def town_hall(db: None) -> str:
    """The mailbox that people at the town hall read."""
    Town.load()
    Town.objects.update(email="mairie@example.org")
    return "mairie@example.org"


@pytest.fixture
def arrive(db: None, in_english: None) -> Arrive:
    """A message arrives and is read."""

    def arrive(raw: bytes, *, recipients: tuple[str, ...] = (), at: datetime | None = None) -> InboundMessage:
        now = at or timezone.now()
        message = receiving.receive(raw=raw, recipients=recipients, source="pipe", now=now)
        sorting.sort_waiting(now=now)
        message.refresh_from_db()
        return message

    return arrive
