"""What tests of checks may ask for."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.translation import override

from tests.engagement.caring.standing import NOW
from tests.factories import StaffFactory


@pytest.fixture
def in_english() -> Iterator[None]:
    """Rules speak English, so that a test can read what they say whatever the catalogue."""
    with override("en"):
        yield


@pytest.fixture
def desk(client: Client) -> Client:
    """Signed in as someone of the participation team."""
    client.force_login(StaffFactory(participation=True))
    return client


@pytest.fixture
def march() -> Iterator[Any]:
    """The day on which these checks stand."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock
