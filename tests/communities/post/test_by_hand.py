"""Letters and calls that people make themselves."""

from datetime import timedelta

import pytest

from communities.models import Delivery
from communities.post import by_hand, mailings
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import NOW, DeliveryFactory, MailingFactory
from tests.factories import StaffFactory

A_DAY = timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.parametrize("channel", ["letter", "phone"])
def test_what_was_done_says_when_and_by_whom(channel: str):
    delivery = DeliveryFactory(channel=channel)
    nora = StaffFactory(first_name="Nora", last_name="Chevalet")

    number = by_hand.told(deliveries=Delivery.objects.all(), by=nora, now=NOW)

    delivery.refresh_from_db()
    assert number == 1
    assert (delivery.state, delivery.ended_at) == ("sent", NOW)
    assert "Nora Chevalet" in delivery.reason


def test_what_travels_by_e_mail_is_left_to_the_post():
    delivery = DeliveryFactory(channel="email")

    assert by_hand.told(deliveries=Delivery.objects.all(), by=StaffFactory(), now=NOW) == 0

    delivery.refresh_from_db()
    assert delivery.state == "pending"


def test_saying_it_twice_changes_nothing():
    done = DeliveryFactory(channel="phone", sent=True, reason="Done by Ada Terril.")

    assert by_hand.told(deliveries=Delivery.objects.all(), by=StaffFactory(), now=NOW) == 0

    done.refresh_from_db()
    assert done.reason == "Done by Ada Terril."


def test_only_those_asked_for_are_marked():
    told, other = DeliveryFactory(channel="phone"), DeliveryFactory(channel="phone")

    by_hand.told(deliveries=Delivery.objects.filter(pk=told.pk), by=StaffFactory(), now=NOW)

    other.refresh_from_db()
    assert other.state == "pending"


def test_whoever_takes_a_break_since_is_told_once_it_is_over(circular: Postcard):
    resting = DeliveryFactory(
        mailing__kind="circular", channel="letter", resident__by_post=True, resident__paused_until=NOW + A_DAY
    )
    letters = Delivery.objects.all()

    held = by_hand.standing(deliveries=letters, now=NOW).held

    assert set(held) == {resting.pk}
    assert "before Monday 23" in held[resting.pk]
    assert not by_hand.standing(deliveries=letters, now=NOW + A_DAY).reasons

    circular.asked_for = {resting.resident_id}
    assert not by_hand.standing(deliveries=letters, now=NOW).reasons


def test_paper_and_calls_do_not_wait_for_a_relay_that_refuses(postcard: Postcard):
    mailing = MailingFactory()
    DeliveryFactory.create_batch(mailings.REFUSALS, mailing=mailing, state="failed", reason="No.", ended_at=NOW)
    DeliveryFactory(mailing=mailing, channel="letter", resident__by_post=True)
    DeliveryFactory(mailing=mailing, channel="phone", resident__phone="0321000000")

    mailings.pause_if_too_many_are_refused(mailing=mailing)

    mailing.refresh_from_db()
    assert mailing.is_paused
    assert not by_hand.standing(deliveries=Delivery.objects.all(), now=NOW).reasons


def test_paper_waits_for_a_person_s_decision_whatever_the_relay_says_meanwhile(postcard: Postcard):
    mailing = MailingFactory()
    DeliveryFactory.create_batch(mailings.REFUSALS, mailing=mailing, state="failed", reason="No.", ended_at=NOW)
    letter = DeliveryFactory(mailing=mailing, channel="letter", resident__by_post=True)

    mailings.pause(mailing=mailing, reason="Paused by Nora.")
    mailings.pause_if_too_many_are_refused(mailing=mailing)

    assert by_hand.standing(deliveries=Delivery.objects.all(), now=NOW).held == {letter.pk: "Paused by Nora."}


def test_paper_that_a_refusing_relay_left_alone_waits_once_a_person_says_so(postcard: Postcard):
    mailing = MailingFactory(paused=True, only_what_travels=True)
    letter = DeliveryFactory(mailing=mailing, channel="letter", resident__by_post=True)

    mailings.pause(mailing=mailing, reason="Paused by Nora.")

    assert set(by_hand.standing(deliveries=Delivery.objects.all(), now=NOW).held) == {letter.pk}
    mailings.resume(mailing=mailing, now=NOW)
    assert not by_hand.standing(deliveries=Delivery.objects.all(), now=NOW).held
