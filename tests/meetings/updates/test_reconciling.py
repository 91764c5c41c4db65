"""What is published and what each was told: when is the difference posted, and is it posted once?"""

import datetime as dt

import pytest
from django.utils import timezone

from communities.models import Delivery, DeliveryState, Mailing, Priority
from meetings.models import Answer, Choice, Invitation
from meetings.updates import reconciling
from tests.meetings.factories import VenueFactory, evening
from tests.meetings.updates.changing import ADA, BASILE, LATER, SOON, call_off, last, move, publish, say, tick

pytestmark = pytest.mark.django_db


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
