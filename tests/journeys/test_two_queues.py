"""Four worker processes on two queues: an answer to a person overtakes a whole town's mailing."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from communities.models import Delivery, DeliveryState
from communities.post import mailings
from meetings import announcing
from tests.bench import town
from tests.carrier import Worker
from tests.meetings.factories import MeetingPageFactory

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

RESIDENTS = 6500
NOT_LONGER_THAN = 2.0


@pytest.fixture
def relay(transactional_db: None) -> Iterator[town.Sink]:
    with town.sink() as relay:
        yield relay


@pytest.fixture
def workers(relay: town.Sink, tmp_path: Path) -> Iterator[list[Worker]]:
    """Three processes for everything but answers, one for answers only."""
    bulk = Worker(tmp_path / "bulk.log", processes=3, queues="default,post")
    answers = Worker(tmp_path / "answers.log", processes=1, queues="post-now")
    for worker in (bulk, answers):
        worker.start()
    yield [bulk, answers]
    for worker in (bulk, answers):
        worker.kill()


def test_a_confirmation_overtakes_a_mailing_to_the_whole_town(relay: town.Sink, workers: list[Worker]) -> None:
    meeting = MeetingPageFactory(communities=[town.community_of(RESIDENTS)])
    announcing.announce(meeting=meeting, by=None, at_once=True, now=timezone.now())
    town.wait_until(lambda: relay.taken() > 100)

    asked = time.monotonic()
    confirmation = mailings.post_test(
        kind=announcing.LETTER_KIND,
        key=announcing.draft_key(meeting),
        title="-",
        address="someone@example.org",
        now=timezone.now(),
    )
    town.wait_until(lambda: confirmation.deliveries.filter(state=DeliveryState.SENT).exists())

    waited = time.monotonic() - asked
    assert waited < NOT_LONGER_THAN
    assert Delivery.objects.pending().exists()
    town.wait_until(lambda: not Delivery.objects.pending().exists())
    assert set(Delivery.objects.values_list("state", "attempts")) == {(DeliveryState.SENT, 1)}
    assert relay.taken() == RESIDENTS + 1
