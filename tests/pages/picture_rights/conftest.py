"""The desk, open."""

import pytest
from django.test import Client

from tests.factories import StaffFactory


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(StaffFactory(participation=True))
    return client
