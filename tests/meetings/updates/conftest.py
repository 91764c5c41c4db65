"""A meeting that two people were invited to, a clock and a postman."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from meetings import announcing
from meetings.models import MeetingPage
from tests.communities.factories import CommunityFactory, MembershipFactory
from tests.meetings.factories import MeetingPageFactory
from tests.meetings.mailboxes import Post
from tests.meetings.updates.changing import ADA, BASILE


@pytest.fixture
def clock():
    """Tomorrow at noon: no quiet half hour reaches midnight from there, whatever the hour of those who test."""
    noon = dt.datetime.combine(timezone.localdate() + dt.timedelta(days=1), dt.time(12))
    with time_machine.travel(timezone.make_aware(noon), tick=False) as clock:
        yield clock


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def meeting(clock) -> MeetingPage:
    community = CommunityFactory()
    for email in (ADA, BASILE):
        MembershipFactory(community=community, resident__email=email)
    return MeetingPageFactory(title="Le grand rangement", communities=[community])


@pytest.fixture
def told(meeting, post) -> MeetingPage:
    """Both have their invitation."""
    announcing.announce(meeting=meeting, by=None, now=timezone.now())
    post.carry(now=timezone.now())
    return meeting
