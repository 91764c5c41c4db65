"""Which change is told to whom, and does their answer stay?"""

import datetime as dt

import pytest
from django.utils import timezone

from communities import consent
from communities.models import Channel, Delivery, DeliveryState, Mailing
from meetings import announcing, registering
from meetings.by_hand import writing_down
from meetings.models import Answer, AnswerChannel, Choice, Invitation
from meetings.updates import reconciling
from tests.communities.factories import MembershipFactory, ResidentFactory
from tests.meetings.factories import MeetingPageFactory, VenueFactory
from tests.meetings.updates.changing import ADA, BASILE, LATER, SOON, call_off, last, move, publish, say, tick

pytestmark = pytest.mark.django_db


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
