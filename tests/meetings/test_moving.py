"""A meeting that is moved while it is being told: what really leaves, to whom, with which date."""

import datetime as dt
from collections.abc import Callable
from email.message import EmailMessage
from uuid import uuid4

import icalendar
import pytest
from django.utils import timezone

from communities import consent
from communities.models import Channel, Delivery, DeliveryState, Mailing, Resident
from communities.post import claiming
from meetings import announcing
from meetings.models import Announcement, Invitation, MeetingPage
from meetings.updates import at_the_door, reconciling
from tests.communities.factories import CommunityFactory, MembershipFactory, ResidentFactory
from tests.meetings.conftest import Carry
from tests.meetings.factories import AnswerFactory, MeetingPageFactory, VenueFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting() -> MeetingPage:
    community = CommunityFactory()
    MembershipFactory(community=community, resident__email="ada@example.org")
    return MeetingPageFactory(title="Le grand rangement", communities=[community])


@pytest.fixture
def carry(carry: Carry) -> Callable[[], dict[str, list[icalendar.Event]]]:
    """The same, as the calendar entries that the letters hold."""
    return lambda: {address: [entry_of(letter) for letter in left] for address, left in carry().items()}


def entry_of(letter: EmailMessage) -> icalendar.Event:
    (entry,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    return icalendar.Calendar.from_ical(entry.get_payload(decode=True)).events[0]


def announce(meeting: MeetingPage) -> Announcement:
    return announcing.announce(meeting=meeting, by=None, now=timezone.now())


def tell_now(meeting: MeetingPage) -> int:
    """What the clock does once the page has been quiet."""
    return reconciling.reconcile(meeting=meeting, now=timezone.now(), at_once=True)


def publish(meeting: MeetingPage, **changes: object) -> MeetingPage:
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.save_revision().publish()
    return MeetingPage.objects.get(pk=meeting.pk)


def move(meeting: MeetingPage) -> MeetingPage:
    later = meeting.starts_at + dt.timedelta(days=7)
    return publish(meeting, starts_at=later, ends_at=later + dt.timedelta(hours=2), venue=VenueFactory())


def join(meeting: MeetingPage, email: str) -> Resident:
    return MembershipFactory(community=meeting.communities.get(), resident__email=email).resident


def test_who_comes_after_a_move_is_told_the_new_date_and_place_under_the_next_sequence(meeting, carry):
    announce(meeting)
    carry()
    meeting = move(meeting)
    basile = join(meeting, "basile@example.org")

    announcement = announce(meeting)

    (before,), (after,) = carry().values()
    assert (before["SEQUENCE"], after["SEQUENCE"], announcement.sequence) == (0, 1, 1)
    assert after.start - before.start == dt.timedelta(days=7)
    assert after["LOCATION"] == meeting.venue.full_address
    assert Invitation.objects.get(resident=basile).sequence == 1
    assert Invitation.objects.exclude(resident=basile).get().sequence == 0


def test_what_calendars_do_not_show_makes_no_other_announcement(meeting):
    announce(meeting)
    join(meeting, "basile@example.org")

    announce(publish(meeting, body="<p>Apportez vos bottes.</p>", summary="Avec des bottes."))

    assert Announcement.objects.count() == 1
    assert set(Invitation.objects.values_list("sequence", flat=True)) == {0}


def test_a_letter_that_waits_when_the_meeting_moves_leaves_once_with_the_new_date(meeting, carry):
    announce(meeting)
    meeting = move(meeting)

    held = carry()
    tell_now(meeting)

    assert held == {}
    (entry,) = carry()["ada@example.org"]
    assert (entry["SEQUENCE"], entry.start) == (1, meeting.starts_at)
    assert Invitation.objects.get().sequence == 1
    assert set(Delivery.objects.values_list("order", "state")) == {(0, DeliveryState.SKIPPED), (1, DeliveryState.SENT)}


def test_a_letter_held_because_of_a_move_says_so_to_staff(meeting, carry):
    announce(meeting)
    move(meeting)

    carry()

    mailing = Mailing.objects.get()
    assert mailing.is_paused
    assert mailing.reason == str(at_the_door.MOVED)
    assert Delivery.objects.get().claim is None


def test_a_meeting_moved_back_lets_its_held_letters_leave_as_they_were_sent(meeting, carry):
    announce(meeting)
    first = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at, "venue": meeting.venue}
    meeting = move(meeting)
    carry()
    publish(meeting, **first)

    reconciling.tick(now=timezone.now())

    (entry,) = carry()["ada@example.org"]
    assert (entry["SEQUENCE"], entry.start) == (0, first["starts_at"])


def test_a_letter_in_a_worker_s_hands_is_followed_by_the_new_one_and_never_overtaken(meeting, carry):
    announce(meeting)
    claiming.claim(fence=uuid4(), now=timezone.now())
    meeting = move(meeting)

    while_it_is_in_hand = tell_now(meeting)
    Delivery.objects.update(claimed_until=timezone.now() - dt.timedelta(seconds=1))
    afterwards = tell_now(meeting)

    assert (while_it_is_in_hand, afterwards) == (0, 1)
    (entry,) = carry()["ada@example.org"]
    assert entry["SEQUENCE"] == 1


def test_a_new_title_does_not_stop_letters_nor_write_twice(meeting, carry):
    announce(meeting)
    join(meeting, "basile@example.org")

    announce(publish(meeting, title="Le très grand rangement"))

    left = carry()
    assert [entry["SUMMARY"] for entry in left["ada@example.org"]] == ["Le grand rangement"]
    assert [entry["SUMMARY"] for entry in left["basile@example.org"]] == ["Le très grand rangement"]


def test_people_to_call_who_were_not_called_yet_are_on_the_new_list_once(meeting):
    MembershipFactory(community=meeting.communities.get(), resident=ResidentFactory(without_email=True))
    announce(meeting)

    tell_now(move(meeting))

    calls = Delivery.objects.filter(channel=Channel.PHONE).order_by("order")
    assert [call.state for call in calls] == [DeliveryState.SKIPPED, DeliveryState.PENDING]


def test_a_letter_that_waits_for_someone_who_no_longer_wants_it_is_not_sent_again(meeting, carry):
    announce(meeting)
    ada = Delivery.objects.get().resident
    consent.withdraw_everything(resident=ada, channel=Channel.EMAIL, origin="page", now=timezone.now())

    tell_now(move(meeting))

    assert carry() == {}
    assert Delivery.objects.get(resident=ada).state == DeliveryState.SKIPPED


def test_an_audience_changed_between_send_and_departure_is_given_as_the_reason(meeting, carry):
    announce(meeting)
    publish(meeting, communities=[CommunityFactory()])

    carry()

    assert Delivery.objects.get().reason == "La réunion ne les concerne plus."


def test_who_is_left_out_and_said_nothing_is_told_by_mail_and_their_calendar_lets_go(meeting, carry, settings):
    settings.INBOUND_DOMAIN = "agora.commune.example"
    join(meeting, "basile@example.org")
    announce(meeting)
    carry()
    before = meeting.communities.get()
    AnswerFactory(invitation=Invitation.objects.get(resident__email="basile@example.org"))

    tell_now(publish(meeting, communities=[CommunityFactory()]))
    left = carry()
    publish(meeting, communities=[before])
    announce(MeetingPage.objects.get(pk=meeting.pk))

    assert [entry["STATUS"] for entry in left["ada@example.org"]] == ["CONFIRMED", "CANCELLED"]
    assert len(left["basile@example.org"]) == 1
    assert [int(entry["SEQUENCE"]) for entry in carry()["ada@example.org"]] == [0, 1, 2]
    assert Invitation.objects.get(resident__email="ada@example.org").withdrawn_at is None


def test_who_is_put_back_before_they_were_told_keeps_their_invitation(meeting, carry):
    announce(meeting)
    carry()
    before = meeting.communities.get()

    tell_now(publish(meeting, communities=[CommunityFactory()]))
    tell_now(publish(MeetingPage.objects.get(pk=meeting.pk), communities=[before]))

    assert len(carry()["ada@example.org"]) == 1
    assert (Invitation.objects.get().sequence, Invitation.objects.get().withdrawn_at) == (0, None)
