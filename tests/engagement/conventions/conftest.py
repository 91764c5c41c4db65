"""A morning at the desk of conventions."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from tests.engagement.conventions.conventions import NOW, officer


@pytest.fixture
def morning() -> Iterator[None]:
    """An hour after the conventions of the tests were begun."""
    with time_machine.travel(NOW + dt.timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def desk(client: Client, morning: None) -> Client:
    """Signed in as an officer."""
    client.force_login(officer())
    return client
