"""What is published and what each was told: the difference is posted once, and nothing else is."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from communities import consent
from communities.models import Channel, Delivery, DeliveryState, Mailing, Priority
from meetings import announcing, registering, rsvp
from meetings.by_hand import writing_down
from meetings.models import Answer, AnswerChannel, Choice, Invitation, MeetingPage
from meetings.updates import reconciling
from tests.communities.factories import CommunityFactory, MembershipFactory, ResidentFactory
from tests.meetings.factories import MeetingPageFactory, VenueFactory, evening
from tests.meetings.mailboxes import Post, calendar_of

pytestmark = pytest.mark.django_db

ADA, BASILE = "ada@example.org", "basile@example.org"
SOON = dt.timedelta(minutes=5)
LATER = dt.timedelta(minutes=31)


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as clock:
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


def publish(meeting: MeetingPage, **changes: object) -> MeetingPage:
    meeting = MeetingPage.objects.get(pk=meeting.pk)
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.save_revision().publish()
    return MeetingPage.objects.get(pk=meeting.pk)


def move(meeting: MeetingPage, days: int = 7) -> MeetingPage:
    later = meeting.starts_at + dt.timedelta(days=days)
    return publish(meeting, starts_at=later, ends_at=later + dt.timedelta(hours=2))


def call_off(meeting: MeetingPage, status: str = "cancelled") -> MeetingPage:
    return publish(meeting, status=status, status_reason="La salle est inondée.")


def tick(clock, post: Post, *, after: dt.timedelta = LATER) -> None:
    clock.shift(after)
    reconciling.tick(now=timezone.now())
    post.carry(now=timezone.now())


def say(email: str, choice: Choice, guests: int = 0) -> None:
    invitation = Invitation.objects.get(resident__email=email)
    rsvp.answer(invitation=invitation, choice=choice, guests=guests, channel=AnswerChannel.MAIL, now=timezone.now())


def last(post: Post, email: str):
    calendar = calendar_of(post.boxes[email][-1])
    return calendar, calendar.events[0]


def test_a_moved_meeting_is_told_once_the_page_has_been_quiet_for_half_an_hour(told, post, clock):
    moved = move(told)

    tick(clock, post, after=SOON)
    soon = len(post.boxes[ADA])
    tick(clock, post)
    tick(clock, post)

    assert soon == 1
    assert len(post.boxes[ADA]) == len(post.boxes[BASILE]) == 2
    _calendar, entry = last(post, ADA)
    assert (entry["SEQUENCE"], entry.start) == (1, moved.starts_at)
    assert set(Invitation.objects.values_list("sequence", flat=True)) == {1}


def test_each_change_starts_the_half_hour_again_and_all_make_one_letter(told, post, clock):
    told = move(told)
    tick(clock, post, after=dt.timedelta(minutes=20))
    told = publish(told, venue=VenueFactory(name="Salle de la Fosse 5"))

    tick(clock, post, after=dt.timedelta(minutes=20))
    waiting = len(post.boxes[ADA])
    tick(clock, post, after=dt.timedelta(minutes=20))

    assert (waiting, len(post.boxes[ADA])) == (1, 2)
    assert "Salle de la Fosse 5" in last(post, ADA)[1]["LOCATION"]


def test_what_begins_within_a_day_is_told_at_once_and_at_any_hour(told, post, clock):
    publish(told, starts_at=timezone.now() + dt.timedelta(hours=20), ends_at=timezone.now() + dt.timedelta(hours=22))

    tick(clock, post, after=dt.timedelta(minutes=1))

    assert len(post.boxes[ADA]) == 2
    assert Mailing.objects.get(kind="update").at_any_hour


def test_whoever_presses_send_now_does_not_wait(told, post, clock):
    moved = move(told)

    number = reconciling.reconcile(meeting=moved, now=timezone.now(), at_once=True)
    post.carry(now=timezone.now())

    assert number == 2
    assert len(post.boxes[ADA]) == 2


def test_a_cancellation_leaves_at_once_before_everything_else_with_its_reason(told, post, clock, settings):
    settings.INBOUND_DOMAIN = "agora.commune.example"
    call_off(told)

    tick(clock, post, after=dt.timedelta(minutes=1))

    calendar, entry = last(post, ADA)
    mailing = Mailing.objects.get(kind="cancellation")
    assert (calendar["METHOD"], entry["STATUS"], entry["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert (mailing.priority, mailing.at_any_hour) == (Priority.TRANSACTIONAL, True)
    assert "inond" in post.boxes[ADA][-1].decode()


def test_without_a_mailbox_that_is_read_a_cancelled_entry_is_published(told, post, clock):
    call_off(told)

    tick(clock, post)

    calendar, entry = last(post, ADA)
    assert (calendar["METHOD"], entry["STATUS"]) == ("PUBLISH", "CANCELLED")


def test_a_postponed_meeting_leaves_calendars_and_comes_back_with_its_date(told, post, clock, settings):
    settings.INBOUND_DOMAIN = "agora.commune.example"
    told = call_off(told, status="postponed")
    tick(clock, post)
    off, _entry = last(post, ADA)

    publish(told, status="confirmed", status_reason="", starts_at=evening(in_days=30), ends_at=evening(in_days=31))
    tick(clock, post)

    on, entry = last(post, ADA)
    assert (off["METHOD"], on["METHOD"]) == ("CANCEL", "REQUEST")
    assert (entry["SEQUENCE"], entry.start) == (2, evening(in_days=30))


def test_a_cancelled_meeting_that_takes_place_after_all_is_told_as_such(told, post, clock):
    told = call_off(told)
    tick(clock, post)

    publish(told, status="confirmed", status_reason="")
    tick(clock, post)

    assert Mailing.objects.filter(kind="update").count() == 1
    assert last(post, ADA)[1]["STATUS"] == "CONFIRMED"


def test_moved_and_moved_back_before_the_letter_left_tells_nothing(told, post, clock):
    start = told.starts_at
    told = move(told)

    publish(told, starts_at=start, ends_at=start + dt.timedelta(minutes=90))
    tick(clock, post)

    assert len(post.boxes[ADA]) == 1


def test_an_update_that_waits_is_withdrawn_when_the_meeting_moves_back_and_answers_count_again(told, clock, post):
    say(ADA, Choice.YES, guests=2)
    start = told.starts_at
    clock.shift(SOON)
    told = move(told)
    clock.shift(LATER)
    reconciling.tick(now=timezone.now())
    asked_again = Answer.objects.current().count()

    publish(told, starts_at=start, ends_at=start + dt.timedelta(minutes=90))
    tick(clock, post)

    assert asked_again == 0
    assert len(post.boxes[ADA]) == 1
    assert Answer.objects.coming().people() == 3
    assert set(Invitation.objects.values_list("sequence", flat=True)) == {0}
    assert set(Delivery.objects.filter(order=1).values_list("state", flat=True)) == {DeliveryState.SKIPPED}


def test_an_update_that_may_have_arrived_is_put_right_by_one_more_letter(told, clock, post):
    start = told.starts_at
    told = move(told)
    clock.shift(LATER)
    reconciling.tick(now=timezone.now())
    post.carry(now=timezone.now(), trouble="dies after")
    told_once = len([email for email in post.boxes if len(post.boxes[email]) == 2])
    clock.shift(LATER)

    publish(told, starts_at=start, ends_at=start + dt.timedelta(minutes=90))
    tick(clock, post)

    assert told_once == 1
    for email in (ADA, BASILE):
        assert last(post, email)[1].start == start


def test_a_typing_mistake_put_right_in_title_or_story_is_told_to_nobody(told, post, clock):
    publish(told, title="Le grand rangemment", summary="Autre texte.", body="<p>Encore un autre.</p>")

    tick(clock, post)

    assert len(post.boxes[ADA]) == 1


def test_another_title_is_told_and_the_answer_stays(told, post, clock, settings):
    settings.INBOUND_DOMAIN = "agora.commune.example"
    say(ADA, Choice.YES)
    clock.shift(SOON)
    publish(told, title="La fête du grand rangement")

    tick(clock, post)

    _calendar, entry = last(post, ADA)
    assert entry["SUMMARY"] == "La fête du grand rangement"
    assert entry["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert Answer.objects.coming().count() == 1


def test_another_room_at_the_same_address_keeps_the_answers(told, post, clock):
    say(ADA, Choice.YES)
    clock.shift(SOON)
    venue = told.venue
    publish(
        told, venue=VenueFactory(name="Petite salle", street=venue.street, postcode=venue.postcode, city=venue.city)
    )

    tick(clock, post)

    assert len(post.boxes[ADA]) == 2
    assert Answer.objects.coming().count() == 1


def test_another_date_asks_again_and_keeps_the_old_answer_as_such(told, post, clock, settings):
    settings.INBOUND_DOMAIN = "agora.commune.example"
    say(ADA, Choice.YES)
    say(BASILE, Choice.NO)
    clock.shift(SOON)
    move(told)

    tick(clock, post)

    assert last(post, ADA)[1]["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert len(post.boxes[BASILE]) == 2
    assert not Answer.objects.current().exists()
    assert set(Answer.objects.for_an_earlier_date().values_list("choice", "outdated_by")) == {("yes", 1), ("no", 1)}


def test_who_answered_on_the_page_that_shows_the_new_date_is_not_asked_again(told, post, clock):
    move(told)
    clock.shift(SOON)
    say(ADA, Choice.YES)

    tick(clock, post)

    assert Answer.objects.coming().count() == 1


def test_who_said_yes_hears_of_it_whatever_they_unsubscribed_from_and_the_others_do_not(told, post, clock):
    say(ADA, Choice.YES)
    for invitation in Invitation.objects.all():
        consent.withdraw_everything(
            resident=invitation.resident, channel=Channel.EMAIL, origin="page", now=timezone.now()
        )
    call_off(told)

    tick(clock, post)

    assert (len(post.boxes[ADA]), len(post.boxes[BASILE])) == (2, 1)
    assert Delivery.objects.filter(mailing__kind="cancellation").count() == 1


def test_who_never_got_the_invitation_gets_one_with_the_new_date(meeting, post, clock):
    announcing.announce(meeting=meeting, by=None, now=timezone.now())
    moved = move(meeting)
    post.carry(now=timezone.now())
    held = dict(post.boxes)

    tick(clock, post)

    assert held == {}
    _calendar, entry = last(post, ADA)
    assert (entry["SEQUENCE"], entry.start) == (1, moved.starts_at)
    assert [len(box) for box in post.boxes.values()] == [1, 1]
    assert "Invitation" in Mailing.objects.get(deliveries__order=1, deliveries__resident__email=ADA).title


def test_letters_held_by_a_slip_of_the_hand_leave_by_themselves_once_it_is_put_right(meeting, post, clock):
    announcing.announce(meeting=meeting, by=None, now=timezone.now())
    start = meeting.starts_at
    meeting = move(meeting)
    post.carry(now=timezone.now())
    publish(meeting, starts_at=start, ends_at=start + dt.timedelta(minutes=90))

    tick(clock, post)

    assert [len(box) for box in post.boxes.values()] == [1, 1]
    assert last(post, ADA)[1]["SEQUENCE"] == 0


def test_a_meeting_cancelled_before_its_invitations_left_is_told_to_nobody(meeting, post, clock):
    announcing.announce(meeting=meeting, by=None, now=timezone.now())
    call_off(meeting)

    tick(clock, post)

    assert post.boxes == {}
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SKIPPED}


def test_who_registered_and_who_was_written_down_are_told_too(meeting, post, clock):
    registration = registering.ask(
        meeting=meeting, name="Ada", email="venue@example.org", guests=0, follow=None, now=timezone.now()
    )
    registering.confirm(registration=registration, now=timezone.now())
    writing_down.write_down(
        meeting=meeting, name="Inès", email="", phone="0321000000", guests=0, channel=AnswerChannel.PHONE,
        now=timezone.now(),
    )  # fmt: skip
    before = announcing.was_sent(meeting_id=meeting.pk)
    move(meeting)

    tick(clock, post)

    assert not before
    assert last(post, "venue@example.org")[1]["SEQUENCE"] == 1
    call = Delivery.objects.get(channel=Channel.PHONE)
    assert (call.state, call.mailing.kind) == (DeliveryState.PENDING, "update")


def test_someone_told_by_hand_is_on_the_list_again_once_they_were_told(told, post, clock):
    neighbour = MembershipFactory(
        community=told.communities.get(), resident=ResidentFactory(without_email=True)
    ).resident
    announcing.announce(meeting=told, by=None, now=timezone.now())
    Delivery.objects.filter(resident=neighbour).update(state=DeliveryState.SENT, ended_at=timezone.now())
    move(told)

    tick(clock, post)

    assert list(Delivery.objects.filter(resident=neighbour).order_by("order").values_list("order", "state")) == [
        (0, DeliveryState.SENT), (1, DeliveryState.PENDING),
    ]  # fmt: skip


@pytest.mark.parametrize("size", [3, 40])
def test_telling_a_change_costs_the_same_queries_whatever_the_audience(
    size, meeting, clock, post, django_assert_max_num_queries
):
    for _each in range(size):
        MembershipFactory(community=meeting.communities.get())
    announcing.announce(meeting=meeting, by=None, now=timezone.now())
    post.carry(now=timezone.now())
    move(meeting)
    clock.shift(LATER)

    with django_assert_max_num_queries(75):
        reconciling.tick(now=timezone.now())

    assert Delivery.objects.filter(mailing__kind="update").count() == size + 2


def test_a_quiet_minute_costs_three_queries_a_meeting(told, clock, post, django_assert_max_num_queries):
    MeetingPageFactory.create_batch(3)

    with django_assert_max_num_queries(12):
        reconciling.tick(now=timezone.now())
