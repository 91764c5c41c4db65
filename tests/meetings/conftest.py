"""Who sits at the desk: someone of the communications team, signed in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import StaffFactory


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
