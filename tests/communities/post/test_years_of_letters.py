"""Who was sent enough in thirty days is found among years of letters, without reading those years."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from communities.models import Delivery, DeliveryState
from communities.post import sparing
from tests.communities.factories import ResidentFactory
from tests.communities.post.factories import DeliveryFactory

pytestmark = pytest.mark.django_db
YEARS = 400


def years_of_letters(now: datetime) -> Delivery:
    """Some four hundred to one person, who reads all that of nobody else's; the last left yesterday."""
    letter = DeliveryFactory(state=DeliveryState.SENT, counts_as_unasked=True, ended_at=now - timedelta(days=1))
    others = DeliveryFactory.build_batch(
        YEARS, mailing=letter.mailing, resident=letter.resident, state=DeliveryState.SENT, counts_as_unasked=True
    )
    for day, other in enumerate(others):
        other.channel, other.ended_at = f"old{day}", now - timedelta(days=31 + day)
    Delivery.objects.bulk_create(others)
    return letter


def test_old_letters_are_not_read_again(now: datetime) -> None:
    letter = years_of_letters(now)

    with CaptureQueriesContext(connection) as asked:
        assert sparing.those_above(1, residents=[letter.resident_id or 0], now=now) == set()
        assert sparing.those_above(0, residents=[letter.resident_id or 0], now=now) == {letter.resident_id}

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE communities_delivery")
        cursor.execute("SET LOCAL enable_seqscan = off")  # four hundred rows are read as quickly without an index
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {asked[0]['sql']}")
        plan = cursor.fetchone()[0][0]["Plan"]
    assert "letters_nobody_asked_for" in str(plan)
    assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] < 10


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
