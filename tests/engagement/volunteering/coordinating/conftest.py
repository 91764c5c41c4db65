"""Ada, who coordinates, and her browser."""

from collections.abc import Callable

import pytest
from django.test import Client

from communities.models import Resident
from tests.engagement.volunteering.plans import coordinator
from tests.meetings.factories import meeting_index


@pytest.fixture
def ada(db: None) -> Resident:
    meeting_index()
    return coordinator(name="Ada Terril")


@pytest.fixture
def browser(as_resident: Callable[[Resident], Client], ada: Resident) -> Client:
    return as_resident(ada)
