"""Who holds a letter, and for how long? What a worker took and did not send goes back."""

from contextlib import closing
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from communities.models import Delivery, DeliveryState
from communities.post import delivery
from communities.post.delivery import Shift
from communities.post.marking import MarkFailed, Marks
from tests.communities.post import relays
from tests.communities.post.carrying import fully_released, state_of
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import DeliveryFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_letter_in_a_worker_s_hands_is_passed_by_until_its_lease_is_over(now: datetime) -> None:
    letter = DeliveryFactory()
    delivery.claim(fence=uuid4(), now=now)

    during = delivery.claim(fence=uuid4(), now=now + delivery.LEASE)
    after = delivery.claim(fence=uuid4(), now=now + delivery.LEASE + timedelta(seconds=1))

    assert during == []
    assert after == [letter]


def test_a_worker_takes_no_more_than_a_batch(now: datetime) -> None:
    DeliveryFactory.create_batch(3)

    taken = delivery.claim(fence=uuid4(), now=now, limit=2)

    assert len(taken) == 2


def test_a_shift_that_is_over_gives_back_what_it_has_not_sent(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    letters = DeliveryFactory.create_batch(2)
    shift.until = float("-inf")

    delivery.carry(now=now, shift=shift)

    assert cranky.letters == []
    assert all(fully_released(letter) for letter in letters)
    assert Delivery.objects.due(now).count() == 2


def test_an_announced_letter_is_not_begun_once_a_slow_relay_has_used_up_the_time(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A letter begun in the second half of a lease could outlast it, and leave twice."""
    letters = DeliveryFactory.create_batch(3)
    monkeypatch.setattr(delivery, "LEASE", timedelta(seconds=2))
    cranky.waits_after_dot = {1: 1.2}

    delivery.carry(now=now, shift=shift)

    assert len(cranky.letters) == 1
    assert all(fully_released(letter) for letter in letters)
    assert sorted(letter.attempts for letter in letters) == [0, 0, 1]

    delivery.carry(now=now, shift=shift)

    assert len(set(cranky.recipients)) == len(cranky.letters) == 3


def test_a_worker_that_lost_its_lease_stops_and_overwrites_nothing(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = DeliveryFactory.create_batch(4)
    other_worker = uuid4()
    claim = delivery.claim

    def slowly(**terms: object) -> list[Delivery]:
        taken = claim(**terms)  # type: ignore[arg-type]
        Delivery.objects.update(claim=other_worker)
        return taken

    monkeypatch.setattr(delivery, "claim", slowly)

    delivery.carry(now=now, shift=shift)

    assert len(cranky.letters) == 1
    assert {state_of(letter) for letter in letters} == {(DeliveryState.PENDING, "")}
    assert {letter.claim for letter in letters} == {other_worker}


def test_a_database_that_dies_in_mid_batch_puts_one_letter_in_doubt(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = DeliveryFactory.create_batch(4)
    mark = Marks.make

    def die_after_the_second(marks: Marks, pk: int, **facts: object) -> None:
        if pk == letters[1].pk:
            end_our_session()
        mark(marks, pk, **facts)  # type: ignore[arg-type]

    monkeypatch.setattr(Marks, "make", die_after_the_second)

    with pytest.raises(MarkFailed):
        delivery.carry(now=now, shift=shift)

    assert len(cranky.letters) == 2
    assert [state_of(letter)[0] for letter in letters] == ["sent", "pending", "pending", "pending"]


def end_our_session() -> None:
    """As a restart of PostgreSQL would."""
    other = connection.copy()
    with closing(other), other.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
