"""Letters and calls that people make themselves."""

from datetime import timedelta

import pytest

from communities.models import Delivery
from communities.post import by_hand
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import NOW, DeliveryFactory
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
