"""Who sits at the desk, someone of the communications team, signed in; and who carries the letters."""

from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from communities.post import delivery
from communities.post.relay import Relay
from tests.communities.post import relays
from tests.factories import StaffFactory

Carry = Callable[[], dict[str, list[EmailMessage]]]


@pytest.fixture
def staff(db: None) -> Any:
    return StaffFactory(communication=True, first_name="Nora", last_name="Chevalet")


@pytest.fixture
def desk(client: Client, staff: Any) -> Client:
    """A browser without JavaScript, signed in."""
    client.force_login(staff)
    return client


@pytest.fixture
def queries_of(desk: Client) -> Callable[[str], int]:
    """How many queries it takes to show an address of the desk."""

    def count(address: str) -> int:
        desk.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(address).status_code == 200
        return len(asked)

    return count


@pytest.fixture
def carry(settings: Settings) -> Iterator[Carry]:
    """Let everything leave that is due; every letter that ever left, by the address it went to."""
    with relays.listening() as relay:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", relay.port, 5

        def carry() -> dict[str, list[EmailMessage]]:
            with Relay() as line:
                shift = delivery.Shift(until=float("inf"), relay=line)
                while delivery.carry(now=timezone.now(), shift=shift):
                    pass
            left: dict[str, list[EmailMessage]] = {}
            for _sender, recipient, data in relay.letters:
                left.setdefault(recipient, []).append(message_from_bytes(data, policy=policy.default))
            return left

        yield carry
