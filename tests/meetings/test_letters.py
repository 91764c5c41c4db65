"""What the invitation says, to whom, and when it must not leave any more."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from communities.models import Delivery, DeliveryState, Town
from communities.post.kinds import NotNow
from meetings import announcing, audience, letters
from meetings.models import MeetingPage, MeetingStatus
from tests.communities.factories import CommunityFactory, MembershipFactory
from tests.communities.post.factories import DeliveryFactory
from tests.meetings.factories import MeetingPageFactory, evening

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    Town.objects.update_or_create(pk=1, defaults={"email": "mairie@example.org", "town_hall": "Mairie d’Exempleville"})
    community = CommunityFactory(name="Les jardins du coron")
    MembershipFactory(community=community, resident__name="Ada Terril", resident__email="ada@example.org")
    return MeetingPageFactory(communities=[community])


def prepared(meeting):
    announcing.announce(meeting=meeting, by=None, now=timezone.now())
    letter = Delivery.objects.select_related("mailing", "resident").get()
    return letter, letter.mailing


def reasons(meeting, *, now=None):
    letter, mailing = prepared(meeting)
    return lambda: letters.InvitationLetter().still_true(
        mailing=mailing, deliveries=[letter], now=now or timezone.now()
    )


def test_an_invitation_leaves_while_its_meeting_stands(meeting):
    assert reasons(meeting)() == {}


def test_a_letter_late_by_a_fortnight_does_not_invite_to_what_is_over(meeting):
    assert len(reasons(meeting, now=meeting.ends_at + dt.timedelta(hours=1))()) == 1


def test_nobody_is_invited_any_more_to_what_was_cancelled(meeting):
    still_true = reasons(meeting)
    MeetingPage.objects.filter(pk=meeting.pk).update(status=MeetingStatus.CANCELLED)

    assert len(still_true()) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"status": MeetingStatus.POSTPONED},
        {"online_link": "https://visio.example.org/coron"},
        {"starts_at": evening(in_days=9)},
        {"venue": None},
    ],
)
def test_a_letter_to_another_appointment_is_held_rather_than_lost(changes, meeting):
    still_true = reasons(meeting)
    MeetingPage.objects.filter(pk=meeting.pk).update(**changes)

    with pytest.raises(NotNow):
        still_true()


@pytest.mark.parametrize("changes", [{"title": "Un autre titre"}, {"status": MeetingStatus.PLANNED}])
def test_a_letter_whose_appointment_holds_leaves_as_it_was_sent(changes, meeting):
    still_true = reasons(meeting)
    MeetingPage.objects.filter(pk=meeting.pk).update(**changes)

    assert still_true() == {}


def test_only_who_has_a_later_letter_about_the_meeting_loses_the_earlier_one(meeting):
    still_true = reasons(meeting)
    letter = Delivery.objects.get()
    DeliveryFactory(thread=letter.thread, order=1)
    before = still_true()

    DeliveryFactory(thread=letter.thread, order=1, resident=letter.resident)

    assert before == {}
    assert list(still_true()) == [letter.pk]


def test_the_preview_is_the_letter_of_that_person_with_inert_links(meeting):
    (recipient,) = audience.of(meeting=meeting).recipients

    preview = letters.preview(meeting=meeting, recipient=recipient, created_at=timezone.now())

    assert "Ada Terril" in preview.html
    assert "Les jardins du coron" in preview.text
    assert letters.EXAMPLE in preview.text
    assert not Delivery.objects.exists()


def test_a_test_letter_goes_to_staff_and_answers_for_nobody(meeting):
    announcing.send_test(meeting=meeting, address="com@example.org", by=None, now=timezone.now())

    letter = Delivery.objects.select_related("mailing").get()
    values = letters.InvitationLetter().personal(mailing=letter.mailing, deliveries=[letter])[letter.pk]

    assert letter.resident is None
    assert letter.state == DeliveryState.PENDING
    assert "/r/exemple-" in values["answer_yes_url"]


def test_what_was_told_is_kept_as_facts(meeting):
    _letter, mailing = prepared(meeting)
    MeetingPage.objects.filter(pk=meeting.pk).update(title="Un autre titre")

    told = announcing.told(mailing)

    assert told.facts.title == meeting.title
    assert json.dumps(told.facts.as_json())
