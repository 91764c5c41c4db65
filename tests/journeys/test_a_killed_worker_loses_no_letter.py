"""Kill the worker as often as you like: every resident gets the invitation, and at most one copy for each kill."""

import time
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from communities.models import Delivery, DeliveryState
from communities.post import delivery
from meetings import announcing
from tests.carrier import Worker
from tests.communities import crowds
from tests.letterbox import Letterbox
from tests.meetings.factories import MeetingPageFactory

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

RESIDENTS = 600
KILLED_AFTER = [50, 190, 330, 470]


def test_a_killed_worker_loses_no_letter(worker: Worker, letterbox: Letterbox) -> None:
    meeting = MeetingPageFactory(communities=[crowds.gather(RESIDENTS)])
    announcing.announce(meeting=meeting, by=None, now=timezone.now())

    kills = 0
    for letters in KILLED_AFTER:
        letterbox.wait_for(letters)
        worker.kill()
        kills += bool(Delivery.objects.pending().count())
        let_leases_run_out()
        worker.start()
    finish(letterbox)

    received = letterbox.messages()
    copies = Counter(str(letter["X-Rcpt-To"]) for letter in received)
    message_ids = {(str(letter["X-Rcpt-To"]), str(letter["Message-ID"])) for letter in received}
    assert kills >= 3
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}
    assert len(copies) == len(message_ids) == RESIDENTS
    assert copies.total() - RESIDENTS <= kills


def let_leases_run_out() -> None:
    """Five minutes go by, and the beat's sweep."""
    now = timezone.now()
    Delivery.objects.pending().update(claimed_until=now - timedelta(seconds=1))
    delivery.sweep(now=now)


def finish(letterbox: Letterbox) -> None:
    """Wait for the last letter, and for its mark."""
    letterbox.wait_for(RESIDENTS, seconds=120)
    deadline = time.monotonic() + 30
    while Delivery.objects.pending().exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
