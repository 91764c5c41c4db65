"""Who was sent enough in thirty days is found among years of letters, without reading those years."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from communities.models import Delivery, DeliveryState
from communities.post import sparing
from tests.communities.factories import ResidentFactory
from tests.communities.post.factories import DeliveryFactory, MailingFactory

pytestmark = pytest.mark.django_db
PEOPLE, LETTERS = 30, 60


def years_of_letters(now: datetime) -> list[Delivery]:
    """The last letters of a street, which left yesterday; each reader was sent sixty before, over a month ago."""
    mailing = MailingFactory()
    readers = ResidentFactory.create_batch(PEOPLE)
    sent = {"mailing": mailing, "state": DeliveryState.SENT, "counts_as_unasked": True}
    days = [timedelta(days=1), *(timedelta(days=31 + day) for day in range(LETTERS))]
    letters = [
        DeliveryFactory.build(**sent, resident=reader, channel=f"old{number}", ended_at=now - day)
        for number, day in enumerate(days)
        for reader in readers
    ]
    return Delivery.objects.bulk_create(letters)[:PEOPLE]


def test_old_letters_are_not_read_again(now: datetime) -> None:
    readers = {letter.resident_id or 0 for letter in years_of_letters(now)}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE communities_delivery")

    with CaptureQueriesContext(connection) as asked:
        assert sparing.those_above(1, residents=readers, now=now) == set()
        assert sparing.those_above(0, residents=readers, now=now) == readers

    plan = how(asked[0]["sql"])
    assert "letters_nobody_asked_for" in str(plan)
    assert blocks(plan) < 5 * PEOPLE


def how(asked: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # so few are read as quickly without an index
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {asked}")
        plan: dict[str, Any] = cursor.fetchone()[0][0]["Plan"]
    return plan


def blocks(plan: dict[str, Any]) -> int:
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


def test_a_page_of_one_mailings_letters_is_read_alone(now: datetime) -> None:
    years_of_letters(now)
    latest = DeliveryFactory.create_batch(3, mailing=MailingFactory(), thread="meeting:1")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE communities_delivery")

    for those in ({"mailing": latest[0].mailing}, {"thread": "meeting:1"}):
        with CaptureQueriesContext(connection) as asked:
            assert list(Delivery.objects.filter(**those).by_reader()[:50]) == latest
        assert blocks(how(asked[0]["sql"])) < 12


def test_a_letter_that_waits_has_not_ended(now: datetime) -> None:
    """Or it would not count among those about to leave."""
    letter = DeliveryFactory()
    with pytest.raises(IntegrityError, match="an_ended_delivery_says_when"):
        Delivery.objects.filter(pk=letter.pk).update(ended_at=now)


def test_whoever_is_about_to_get_one_has_one(now: datetime) -> None:
    waiting = DeliveryFactory(counts_as_unasked=True)
    resident = ResidentFactory()

    asked = [waiting.resident_id or 0, resident.pk]
    assert sparing.those_above(0, residents=asked, now=now) == {waiting.resident_id}
    assert sparing.who_was_sent_enough(residents=asked, now=now) == set()
