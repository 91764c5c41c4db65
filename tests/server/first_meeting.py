"""Run inside the town, with its own settings and its own role: makes the first meeting and invites to it.

python -m tests.server.first_meeting <address>
"""

import sys

import django
from django.utils import timezone

django.setup()

from meetings import announcing  # noqa: E402 - models exist once Django is set up
from meetings.models import MeetingPage  # noqa: E402
from tests.communities.factories import CommunityFactory, ResidentFactory  # noqa: E402
from tests.meetings.factories import MeetingPageFactory  # noqa: E402


def announce(address: str) -> None:
    basile = ResidentFactory(name="Basile Coron", email=address)
    community = CommunityFactory(members=[basile])
    meeting = MeetingPageFactory(title="Que faire du vieux verger ?", communities=[community])
    announcing.announce(meeting=MeetingPage.objects.get(pk=meeting.pk), by=None, now=timezone.now(), at_once=True)


if __name__ == "__main__":
    announce(sys.argv[1])
