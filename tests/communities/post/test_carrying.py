"""What becomes of a posted letter on an ordinary day: taken, sent, marked."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from communities.models import DeliveryState, Town
from communities.post import delivery
from communities.post.delivery import Shift
from tests.communities.post import relays
from tests.communities.post.carrying import carry_all, fully_released, state_of
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import DeliveryFactory, MailingFactory, crowd

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_letter_leaves_and_is_marked(postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime) -> None:
    letter = DeliveryFactory(resident__name="Ada Terril", resident__email="ada@example.org")

    taken = delivery.carry(now=now, shift=shift)

    assert taken == 1
    assert state_of(letter) == (DeliveryState.SENT, "")
    assert (letter.attempts, letter.ended_at, fully_released(letter)) == (1, now, True)
    assert letter.message_id == f"<postcard-{letter.mailing_id}-{letter.pk}@commune.example>"
    assert cranky.recipients == ["ada@example.org"]
    assert b'To: "Ada Terril" <ada@example.org>\r\n' in cranky.letters[0][2]


def test_nothing_is_carried_twice(postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime) -> None:
    DeliveryFactory.create_batch(3)

    carry_all(shift, now)

    assert delivery.carry(now=now, shift=shift) == 0
    assert len(cranky.recipients) == len(set(cranky.recipients)) == 3


def test_everyone_is_written_to_in_their_language_and_each_letter_is_composed_once(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    mailing = MailingFactory()
    for language in ["fr", "en", "fr", "en"]:
        DeliveryFactory(mailing=mailing, resident__language=language)

    carry_all(shift, now)

    assert sorted(postcard.composed) == [(mailing.pk, "en"), (mailing.pk, "fr")]
    assert [b"Hello" in data for _sender, _recipient, data in cranky.letters] == [False, False, True, True]


def test_a_test_goes_to_its_address(postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime) -> None:
    letter = DeliveryFactory(test=True)

    delivery.carry(now=now, shift=shift)

    assert state_of(letter) == (DeliveryState.SENT, "")
    assert cranky.recipients == ["staff@example.org"]


def test_bounces_come_back_to_the_town_hall_unless_we_read_them(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime, settings: Settings
) -> None:
    DeliveryFactory()
    delivery.carry(now=now, shift=shift)
    settings.INBOUND_DOMAIN = "agora.commune.example"
    DeliveryFactory()

    delivery.carry(now=now, shift=Shift(until=float("inf"), relay=shift.relay))

    by_people, by_program = (sender for sender, _recipient, _data in cranky.letters)
    assert by_people == settings.DEFAULT_FROM_EMAIL
    assert by_program.startswith("rebond+")
    assert by_program.endswith("@agora.commune.example")


def test_a_batch_costs_the_same_queries_whatever_its_size(
    circular: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    costs = []
    Town.load()
    for size in [2, delivery.BATCH]:
        crowd(size, mailing=MailingFactory(kind="circular"))
        with CaptureQueriesContext(connection) as queries:
            delivery.carry(now=now, shift=Shift(until=float("inf"), relay=shift.relay))
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 12
    assert len(cranky.letters) == 2 + delivery.BATCH
