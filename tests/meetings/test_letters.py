"""What the invitation says, to whom, and when it must not leave any more."""

import datetime as dt
import json
from collections import defaultdict

import pytest
import vobject
from django.utils import timezone

from communities.models import Delivery, DeliveryState, Town
from communities.post import composing
from communities.post.kinds import NotNow
from meetings import announcing, audience, rsvp
from meetings.letters import invitation_letters
from meetings.models import Invitation, MeetingPage, MeetingStatus
from tests.communities.factories import CommunityFactory, MembershipFactory
from tests.communities.post.factories import DeliveryFactory
from tests.meetings import calendar_lint
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
    return lambda: invitation_letters.InvitationLetter().still_true(
        mailing=mailing, deliveries=[letter], now=now or timezone.now()
    )


def test_an_invitation_leaves_while_its_meeting_stands(meeting):
    assert reasons(meeting)() == {}


def test_a_letter_late_by_a_fortnight_does_not_invite_to_what_is_over(meeting):
    assert len(reasons(meeting, now=meeting.ends_at + dt.timedelta(hours=1))()) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"status": MeetingStatus.POSTPONED},
        {"status": MeetingStatus.CANCELLED},
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

    preview = invitation_letters.preview(meeting=meeting, recipient=recipient, created_at=timezone.now())

    assert "Ada Terril" in preview.html
    assert "Les jardins du coron" in preview.text
    assert invitation_letters.EXAMPLE in preview.text
    assert not Delivery.objects.exists()


def test_a_test_letter_goes_to_staff_and_answers_for_nobody(meeting):
    announcing.send_test(meeting=meeting, address="com@example.org", by=None, now=timezone.now())

    letter = Delivery.objects.select_related("mailing").get()
    kind = invitation_letters.InvitationLetter()
    values = kind.personal(mailing=letter.mailing, deliveries=[letter])[letter.pk]
    text = composing.fill(kind.compose(mailing=letter.mailing, language="fr").text, defaultdict(str, values))

    assert letter.resident is None
    assert letter.state == DeliveryState.PENDING
    assert all(f"/r/exemple-{letter.pk}/?a={choice}" in text for choice in ("yes", "no", "maybe"))


def test_what_was_told_is_kept_as_facts(meeting):
    _letter, mailing = prepared(meeting)
    MeetingPage.objects.filter(pk=meeting.pk).update(title="Un autre titre")

    told = announcing.told(mailing)

    assert told.facts.title == meeting.title
    assert json.dumps(told.facts.as_json())


@pytest.mark.parametrize(("inbound", "method"), [("", "PUBLISH"), ("agora.commune.example", "REQUEST")])
def test_the_calendar_entry_says_where_to_answer_without_an_answer_chosen(inbound, method, meeting, settings):
    settings.INBOUND_DOMAIN = inbound
    letter, mailing = prepared(meeting)
    kind = invitation_letters.InvitationLetter()
    values = kind.personal(mailing=mailing, deliveries=[letter])[letter.pk]

    part = kind.compose(mailing=mailing, language="fr").calendar
    raw = composing.fill(part.content.decode(), values).encode()

    text = composing.fill(kind.compose(mailing=mailing, language="fr").text, defaultdict(str, values))
    page = next(line for line in text.splitlines() if line.endswith("?a=yes")).strip().partition("?")[0]
    assert part.method == method
    assert calendar_lint.problems(raw, method=method) == []
    assert vobject.readOne(raw.decode()).vevent.description.value.endswith(f"Répondre\u00a0: {page}")
    assert rsvp.find(token=page.rpartition("/r/")[2].strip("/")) == Invitation.objects.get()


def test_who_is_told_in_english_is_asked_in_english_by_their_calendar(meeting):
    _letter, mailing = prepared(meeting)

    part = invitation_letters.InvitationLetter().compose(mailing=mailing, language="en").calendar

    assert b"Answer:" in part.content


@pytest.mark.parametrize("size", [5, 50])
def test_a_batch_costs_the_same_queries_whatever_its_size(size, meeting, settings, django_assert_num_queries):
    settings.INBOUND_DOMAIN = "agora.commune.example"
    MembershipFactory.create_batch(size - 1, community=meeting.communities.get())
    announcing.announce(meeting=meeting, by=None, now=timezone.now())
    batch = list(Delivery.objects.select_related("mailing", "resident"))

    with django_assert_num_queries(4):
        values = invitation_letters.InvitationLetter().personal(mailing=batch[0].mailing, deliveries=batch)

    assert len(values) == size
