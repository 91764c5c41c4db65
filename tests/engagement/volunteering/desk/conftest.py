"""What tests of work days at the desk may ask for."""

import pytest
from django.utils import timezone

from engagement.volunteering.planning import proposing
from tests.communities.factories import CommunityFactory
from tests.engagement.factories_of_work_days import ShiftFactory
from tests.engagement.volunteering.plans import coordinator, made
from tests.factories import StaffFactory
from tests.meetings.factories import meeting_index

NOW = timezone.now()


@pytest.fixture
def nora():
    return StaffFactory(communication=True, reads="en")


@pytest.fixture
def desk(client, nora):
    client.force_login(nora)
    return client


@pytest.fixture
def work_day():
    return ShiftFactory().work_day


@pytest.fixture
def proposed():
    meeting_index()
    asks = coordinator(CommunityFactory(), name="Ada Terril")
    return proposing.propose(work_day=made(asks), by=asks, now=NOW)
