"""The health check of worker and clock: did they do together what was due?"""

import datetime as dt

import pytest
from celery.signals import worker_ready
from django.core.management import CommandError, call_command
from django.utils import timezone

from pages import health
from pages.tasks import beat

pytestmark = pytest.mark.django_db


def test_a_worker_that_just_did_what_the_clock_asked_is_well() -> None:
    health.beat(now=timezone.now())

    call_command("check_heartbeat")


def test_a_worker_silent_for_too_long_is_not() -> None:
    health.beat(now=timezone.now() - health.OLDEST_HEARTBEAT - dt.timedelta(seconds=1))

    with pytest.raises(CommandError):
        call_command("check_heartbeat")


def test_a_worker_never_heard_of_is_not() -> None:
    with pytest.raises(CommandError):
        call_command("check_heartbeat")


class StartedWorker:
    """One that is ready, and what it asks of its application."""

    def __init__(self) -> None:
        self.app = self
        self.asked: list[str] = []

    def send_task(self, name: str) -> None:
        self.asked.append(name)


def test_a_worker_is_heard_of_as_soon_as_it_starts() -> None:
    worker = StartedWorker()

    worker_ready.send(sender=worker)

    assert worker.asked == [beat.name]
