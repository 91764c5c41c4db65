"""Telling residents of a meeting: once each, only by a person's gesture."""

import pytest
from django.utils import timezone

from communities.models import Delivery, Mailing
from meetings import announcing
from meetings.models import Announcement, Invitation
from tests.communities.factories import CommunityFactory
from tests.meetings.factories import MeetingPageFactory
from tests.meetings.test_audience import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return CommunityFactory()


@pytest.fixture
def meeting(community):
    return MeetingPageFactory(communities=[community])


def announce(meeting):
    return announcing.announce(meeting=meeting, by=None, now=timezone.now())


def test_everyone_concerned_is_invited_and_gets_one_delivery(meeting, community):
    residents = {member(community), member(community, agreeing=False, email="", street="1 rue du Coron")}

    announcement = announce(meeting)

    assert announcement.sequence == 0
    assert {invitation.resident for invitation in Invitation.objects.filter(meeting=meeting)} == residents
    assert {delivery.resident for delivery in Delivery.objects.all()} == residents


def test_announcing_twice_tells_nobody_twice(meeting, community):
    member(community)
    announce(meeting)

    with pytest.raises(announcing.NobodyToTell):
        announce(meeting)

    assert Delivery.objects.count() == 1


def test_someone_who_joins_later_is_invited_by_the_next_gesture(meeting, community):
    member(community)
    announce(meeting)
    newcomer = member(community)

    announce(meeting)

    assert Announcement.objects.count() == 1
    assert Mailing.objects.count() == 2
    assert Delivery.objects.filter(resident=newcomer).count() == 1


def test_saving_and_publishing_a_meeting_sends_nothing(meeting, community):
    member(community)

    meeting.title = "Autre titre"
    meeting.save_revision().publish()

    assert Delivery.objects.count() == 0


@pytest.mark.parametrize(
    ("trait", "refusal"),
    [
        ("draft", announcing.NotPublished),
        ("past", announcing.DoesNotStand),
        ("cancelled", announcing.DoesNotStand),
        ("postponed", announcing.DoesNotStand),
    ],
)
def test_what_cannot_be_attended_cannot_be_announced(trait, refusal, community):
    meeting = MeetingPageFactory(communities=[community], **{trait: True})
    member(community)

    with pytest.raises(refusal):
        announce(meeting)


def test_the_announcement_keeps_the_published_facts_not_the_draft(meeting, community):
    member(community)
    published = meeting.title
    meeting.title = "Un brouillon"
    meeting.save_revision()

    assert announce(meeting).facts["title"] == published


@pytest.mark.parametrize("size", [2, 60])
def test_announcing_costs_the_same_queries_whatever_the_audience(
    size, meeting, community, django_assert_max_num_queries
):
    for _each in range(size):
        member(community)

    with django_assert_max_num_queries(34):
        announce(meeting)
