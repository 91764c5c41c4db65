"""Two workers on one pile of letters: each letter leaves once."""

import threading
from datetime import datetime

import pytest
from django.db import connection

from communities.models import Delivery, DeliveryState
from communities.post import delivery
from communities.post.delivery import Shift
from communities.post.relay import Relay
from tests.communities.post import relays
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import MailingFactory, crowd

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_share_the_letters_and_send_none_twice(
    postcard: Postcard, cranky: relays.Relay, now: datetime
) -> None:
    crowd(800, mailing=MailingFactory())
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        with Relay() as relay:
            shift = Shift(until=float("inf"), relay=relay)
            while delivery.carry(now=now, shift=shift):
                pass
        connection.close()

    workers = [threading.Thread(target=work) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert cranky.lines == 2
    assert len(cranky.recipients) == len(set(cranky.recipients)) == 800
    assert set(Delivery.objects.values_list("state", "attempts")) == {(DeliveryState.SENT, 1)}
