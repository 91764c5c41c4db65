"""Who sits at the desk, someone of the communications team, signed in; whom a meeting concerns; and the post."""

from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from communities.models import Community, CommunityKind
from communities.post import delivery
from communities.post.relay import Relay
from meetings.models import MeetingPage
from tests.communities.factories import CommunityFactory, MembershipFactory, ResidentFactory
from tests.communities.post import relays
from tests.factories import StaffFactory
from tests.meetings import feeds
from tests.meetings.factories import MeetingPageFactory

Carry = Callable[[], dict[str, list[EmailMessage]]]


def at(name: str, meeting: MeetingPage, *more: object) -> str:
    """The address of one of the desk's pages about a meeting."""
    return reverse(f"meetings_desk:{name}", args=[meeting.pk, *more])


def words(response: Any) -> str:
    """What a page says, on one line."""
    return " ".join(response.content.decode().split())


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


@pytest.fixture
def carry(settings: Settings) -> Iterator[Carry]:
    """Let everything leave that is due; every letter that ever left, by the address it went to."""
    with relays.listening() as relay:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", relay.port, 5

        def carry() -> dict[str, list[EmailMessage]]:
            with Relay() as line:
                shift = delivery.Shift(until=float("inf"), relay=line)
                while delivery.carry(now=timezone.now(), shift=shift):
                    pass
            left: dict[str, list[EmailMessage]] = {}
            for _sender, recipient, data in relay.letters:
                left.setdefault(recipient, []).append(message_from_bytes(data, policy=policy.default))
            return left

        yield carry


@pytest.fixture
def garden() -> Community:
    """Two members by e-mail, one by post, one by telephone, and one who allowed nothing."""
    community = CommunityFactory(name="Le jardin du coron")
    MembershipFactory(community=community, resident__name="Ada Terril")
    MembershipFactory(community=community, resident__name="Basile Coron", resident__language="en")
    MembershipFactory(community=community, resident=ResidentFactory(name="Nora Chevalet", by_post=True))
    MembershipFactory(community=community, resident=ResidentFactory(name="Inès Briquette", without_email=True))
    MembershipFactory(community=community, resident__name="Achille Silence", consenting=False)
    return community


@pytest.fixture
def meeting(garden: Community) -> MeetingPage:
    return MeetingPageFactory(title="Le grand rangement", communities=[garden])


@pytest.fixture
def invited(desk: Client, meeting: MeetingPage) -> MeetingPage:
    """The same, once the button has been pressed."""
    desk.post(at("send", meeting), {"expecting": 4})
    return meeting


@pytest.fixture
def june() -> Iterator[None]:
    """The morning on which calendars are read."""
    with time_machine.travel(feeds.NOW, tick=False):
        yield


@pytest.fixture
def gardens() -> Community:
    return Community.objects.create(name="Les jardins du terril", slug="les-jardins", kind=CommunityKind.PROJECT)
