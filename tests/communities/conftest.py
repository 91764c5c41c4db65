"""What tests of residents and communities may ask for."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils.translation import override

from communities.models import Resident
from communities.panels import community_panels
from tests.communities.factories import ResidentFactory
from tests.communities.joined import DAY, NOW
from tests.factories import StaffFactory


@pytest.fixture
def in_english() -> Iterator[None]:
    """Rules speak English, so that a test can read what they say whatever the catalogue."""
    with override("en"):
        yield


@pytest.fixture
def without_other_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other rooms add to a page is their own tests' affair."""
    monkeypatch.setattr(community_panels, "_things", {})


@pytest.fixture
def desk(client: Client) -> Client:
    """Signed in as someone of the participation team."""
    client.force_login(StaffFactory(participation=True))
    return client


@pytest.fixture
def kept() -> Resident:
    """The older row, which is kept when another record of the same person is joined to it."""
    return ResidentFactory(name="Ada Terril", email="ada@example.org", created_at=NOW - 30 * DAY)


@pytest.fixture
def gone() -> Resident:
    """The other record."""
    return ResidentFactory(name="A. Terril", email="terril@example.org", phone="0199000102", created_at=NOW - 90 * DAY)
