"""Does somebody read what residents answer by mail? No invitation leaves before."""

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import Delivery, Town
from meetings import announcing, registering
from tests.communities.factories import CommunityFactory, MembershipFactory
from tests.factories import StaffFactory
from tests.meetings.factories import MeetingPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    meeting = MeetingPageFactory(communities=[MembershipFactory(community=CommunityFactory()).community])
    Town.objects.update(email="")
    return meeting


def announce(meeting):
    announcing.announce(meeting=meeting, by=None, now=timezone.now())


def try_it(meeting):
    announcing.send_test(meeting=meeting, address="com@example.org", by=None, now=timezone.now())


@pytest.mark.parametrize("send", [announce, try_it])
def test_nothing_is_announced_nor_tried_without_a_mailbox(send, meeting):
    with pytest.raises(announcing.NoMailbox):
        send(meeting)

    assert not Delivery.objects.exists()


@pytest.mark.parametrize("send", [announce, try_it])
def test_a_mailbox_that_people_read_is_enough(send, meeting):
    Town.objects.update(email="mairie@example.org")

    send(meeting)

    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("send", [announce, try_it])
def test_a_mailbox_that_the_program_reads_is_enough(send, meeting, settings):
    settings.INBOUND_DOMAIN = "inbound.example.org"

    send(meeting)

    assert Delivery.objects.count() == 1


def test_someone_who_asks_for_a_seat_is_answered_all_the_same(meeting):
    registering.ask(meeting=meeting, name="Nora", email="nora@example.org", guests=0, follow=None, now=timezone.now())

    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(("trait", "is_theirs"), [("communication", False), ("administration", True)])
def test_the_desk_says_what_is_missing_and_where_to_those_who_may(trait, is_theirs, meeting, client):
    client.force_login(StaffFactory(**{trait: True}))

    page = client.get(reverse("meetings_desk:to_invite", args=[meeting.pk])).content.decode()

    assert "mailbox first" in page
    assert (reverse("wagtailsettings:edit", args=["communities", "town"]) in page) is is_theirs
    assert reverse("meetings_desk:send", args=[meeting.pk]) not in page
