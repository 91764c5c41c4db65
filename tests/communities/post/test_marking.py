"""A mark counts at once, for good, and only behind its own fence."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from communities.models import Delivery, DeliveryState
from communities.post.marking import FenceLost, InsideATransaction, MarkFailed, Marks
from tests.communities.post.factories import DeliveryFactory

pytestmark = pytest.mark.django_db(transaction=True)
OURS = UUID("00000000-0000-4000-8000-000000000001")


def test_each_letter_gets_its_own_mark(now: datetime) -> None:
    sent, failed, postponed = DeliveryFactory.create_batch(3, claim=OURS, claimed_until=now)

    with Marks(claim=OURS) as marks:
        marks.make(sent.pk, state=DeliveryState.SENT, message_id="<1@commune.example>", ended_at=now)
        marks.make(failed.pk, state=DeliveryState.FAILED, reason="no such user é", ended_at=now)
        marks.make(postponed.pk, state=DeliveryState.PENDING, reason="greylisted", next_attempt_at=now)

    assert list(Delivery.objects.values_list("state", "reason", "message_id", "ended_at", "attempts", "claim")) == [
        ("sent", "", "<1@commune.example>", now, 1, None),
        ("failed", "no such user é", "", now, 1, None),
        ("pending", "greylisted", "", None, 1, None),
    ]


def test_a_letter_behind_another_fence_is_left_alone(now: datetime) -> None:
    letter = DeliveryFactory(claim=uuid4())

    with pytest.raises(FenceLost), Marks(claim=OURS) as marks:
        marks.make(letter.pk, state=DeliveryState.SENT, ended_at=now)

    letter.refresh_from_db()
    assert letter.state == DeliveryState.PENDING


def test_a_lost_fence_is_noticed_at_the_next_mark(now: datetime) -> None:
    lost, ours = DeliveryFactory(claim=uuid4()), DeliveryFactory(claim=OURS)

    with Marks(claim=OURS) as marks:
        marks.make(lost.pk, state=DeliveryState.SENT, ended_at=now)
        with pytest.raises(FenceLost):
            marks.make(ours.pk, state=DeliveryState.SENT, ended_at=now)

    ours.refresh_from_db()
    assert ours.state == DeliveryState.PENDING


def test_marks_are_not_made_inside_a_transaction() -> None:
    with transaction.atomic(), pytest.raises(InsideATransaction), Marks(claim=OURS):
        pass


def test_a_mark_that_postgresql_refuses_is_an_error(now: datetime) -> None:
    letter = DeliveryFactory(claim=OURS)

    with pytest.raises(MarkFailed, match="a_letter_that_did_not_leave_says_why"), Marks(claim=OURS) as marks:
        marks.make(letter.pk, state=DeliveryState.FAILED, ended_at=now)


def test_a_database_that_died_is_an_error_and_the_next_query_works(now: datetime) -> None:
    letter = DeliveryFactory(claim=OURS)

    with Marks(claim=OURS) as marks:
        kill_our_backend()
        marks.make(letter.pk, state=DeliveryState.SENT, ended_at=now)
        with pytest.raises(MarkFailed):
            marks.settle()

    letter.refresh_from_db()
    assert letter.state == DeliveryState.PENDING


def kill_our_backend() -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    finally:
        other.close()


def test_the_connection_is_as_usable_as_before(now: datetime) -> None:
    letter = DeliveryFactory(claim=OURS)

    with Marks(claim=OURS) as marks:
        marks.make(letter.pk, state=DeliveryState.SENT, ended_at=now)

    with transaction.atomic():
        assert Delivery.objects.filter(state=DeliveryState.SENT).count() == 1
