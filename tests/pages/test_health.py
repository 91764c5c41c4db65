"""What a proxy and a watchman are told."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from pages import health, tasks

pytestmark = pytest.mark.django_db

ALL_WELL = {"database": True, "redis": True, "migrations": True, "worker": True}


def test_a_process_that_answers_is_alive(client: Client) -> None:
    page = client.get("/healthz")

    assert (page.status_code, page.content) == (200, b"ok\n")


def test_a_town_whose_worker_beats_is_ready(client: Client) -> None:
    tasks.beat()

    page = client.get("/readyz")

    assert (page.status_code, page.json()) == (200, ALL_WELL)


def test_a_town_whose_worker_never_beat_is_not_ready(client: Client) -> None:
    page = client.get("/readyz")

    assert (page.status_code, page.json()) == (503, ALL_WELL | {"worker": False})


def test_a_worker_that_fell_silent_is_noticed() -> None:
    now = timezone.now()
    health.beat(now=now - health.OLDEST_HEARTBEAT)

    assert health.findings(now=now)["worker"] is False
    assert health.findings(now=now - dt.timedelta(seconds=1))["worker"] is True


def test_a_later_task_may_carry_words_this_worker_does_not_know() -> None:
    tasks.beat(anything="new")

    assert health.findings(now=timezone.now())["worker"] is True


def test_a_check_that_fails_loudly_does_not_pass() -> None:
    def explode(now: dt.datetime) -> bool:
        raise ConnectionError

    assert health.passes(explode, timezone.now()) is False


def test_a_lost_redis_makes_the_town_not_ready(client: Client) -> None:
    nowhere = settings.CACHES["default"] | {"LOCATION": "unix:///nowhere/redis.sock?db=0"}

    with override_settings(CACHES={"default": nowhere}):
        page = client.get("/readyz")

    assert page.status_code == 503
    assert page.json()["redis"] is False
