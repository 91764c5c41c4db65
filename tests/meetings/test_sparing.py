"""An invitation too many: who is spared it, what staff read before sending, and what the weekly letter says."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from communities import audience as told_of
from communities.models import Delivery, DeliveryState, Resident, Topic
from communities.post import digesting
from meetings import announcing, audience, rsvp
from meetings.letters import invitation_letters
from meetings.models import Invitation, MeetingPage, MeetingStatus
from tests.communities.factories import MembershipFactory, MutedTopicFactory
from tests.communities.post.factories import DeliveryFactory
from tests.meetings.conftest import at, words
from tests.meetings.factories import MeetingPageFactory

WEEK = dt.timedelta(days=7)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Resident:
    """A member who was sent four letters this month."""
    resident = MembershipFactory(community__name="Le verger").resident
    DeliveryFactory.create_batch(4, resident=resident, state="sent", ended_at=timezone.now(), counts_as_unasked=True)
    return resident


@pytest.fixture
def held(reader: Resident) -> Delivery:
    """Their invitation, a week ago, to a meeting three weeks from then."""
    meeting = MeetingPageFactory(communities=list(reader.communities.all()))
    announcing.announce(meeting=meeting, by=None, now=timezone.now())
    letter = Delivery.objects.get(resident=reader, mailing__kind=announcing.LETTER_KIND)
    Delivery.objects.filter(pk=letter.pk).update(ended_at=timezone.now() - WEEK)
    return letter


def weekly_letter() -> Delivery | None:
    digesting.keep(now=timezone.now())
    return Delivery.objects.filter(mailing__kind=digesting.KIND).first()


def test_the_fifth_invitation_of_the_month_is_held(held: Delivery) -> None:
    assert held.state == DeliveryState.HELD


def test_the_weekly_letter_says_what_when_where_and_where_to_answer(held: Delivery) -> None:
    invitation = Invitation.objects.select_related("meeting__venue").get()
    meeting = invitation.meeting

    with override("fr"):
        line = invitation_letters.InvitationLetter().digest_lines(mailing=held.mailing, deliveries=[held])[held.pk]

    assert (line.title, line.at) == (meeting.title, meeting.starts_at)
    assert "18\u202fh\u202f30" in line.when
    assert meeting.venue.name in line.where
    assert line.url.endswith(f"/{rsvp.token_of(invitation)}/")
    assert weekly_letter().resident == held.resident


@pytest.mark.parametrize("status", [MeetingStatus.CANCELLED, MeetingStatus.POSTPONED])
def test_a_meeting_that_does_not_stand_is_not_in_it(held: Delivery, status: str) -> None:
    MeetingPage.objects.update(status=status)

    assert weekly_letter() is None
    held.refresh_from_db()
    assert held.is_held


def test_a_meeting_that_is_over_is_dropped_with_its_reason(held: Delivery) -> None:
    past = timezone.now() - WEEK
    announcement = announcing.latest(meeting=MeetingPage.objects.get())
    announcement.facts |= {"starts_at": past.isoformat(), "ends_at": (past + dt.timedelta(hours=1)).isoformat()}
    announcement.save()

    assert weekly_letter() is None
    held.refresh_from_db()
    assert held.state == DeliveryState.SKIPPED
    assert held.reason


def test_whoever_muted_invitations_is_left_out_and_counted(reader: Resident) -> None:
    MutedTopicFactory(resident=reader, topic=Topic.INVITATIONS)
    meeting = MeetingPageFactory(communities=list(reader.communities.all()))

    concerned = audience.of(meeting=meeting)

    assert concerned.recipients == []
    assert dict(concerned.left_out) == {str(told_of.MUTED): 1}


def test_staff_read_who_is_spared_before_they_send(desk: Client, reader: Resident) -> None:
    community = reader.communities.get()
    resting = MembershipFactory(community=community, resident__paused_until=timezone.now() + WEEK)
    MembershipFactory(community=community)
    meeting = MeetingPageFactory(communities=[community])

    shown = words(desk.get(at("send", meeting)))

    assert resting.resident.paused_until
    assert (
        "1 person has already been sent 4 letters in thirty days: they read this one in the weekly letter, on Thursday."
        in shown
    )
    assert "1 person is taking a break" in shown


def test_a_page_where_nobody_is_spared_says_nothing_of_it(desk: Client) -> None:
    community = MembershipFactory().community
    meeting = MeetingPageFactory(communities=[community])

    assert desk.get(at("send", meeting)).context["spared"] == []
