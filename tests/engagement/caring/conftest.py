"""What tests of checks may ask for."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils.translation import override

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
