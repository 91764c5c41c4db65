"""The bell: who is rung for, and how little a dead broker matters."""

import socket
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from celery import current_app

from communities.post import claiming, doorbell
from tests.communities.post.factories import DeliveryFactory


@pytest.fixture(autouse=True)
def _the_line_is_opened_anew() -> Iterator[None]:
    doorbell.hang_up()
    yield
    doorbell.hang_up()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The connections to the broker that ringing opens."""
    lines: list[Any] = []
    open_one = current_app.connection_for_write
    monkeypatch.setattr(
        current_app, "connection_for_write", lambda **options: lines.append(open_one(**options)) or lines[-1]
    )
    return lines


@pytest.fixture
def broker_at(monkeypatch: pytest.MonkeyPatch) -> Any:
    def move(url: str) -> None:
        connection = current_app.connection_for_write
        monkeypatch.setattr(current_app, "connection_for_write", lambda **options: connection(url, **options))

    return move


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A machine that takes the call and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_ring_is_a_message_in_the_queue_of_the_post() -> None:
    doorbell.ring()

    with current_app.connection_for_read() as broker:
        message = broker.default_channel.basic_get("post", no_ack=True)
    assert message.headers["task"] == doorbell.CARRY


def heard() -> int:
    """How many rings wait in the queue of the post, which is emptied."""
    with current_app.connection_for_read() as broker:
        return int(broker.default_channel.queue_purge("post"))


def test_one_line_carries_many_rings(opened: list[Any]) -> None:
    heard()
    opened.clear()

    for _each in range(3):
        doorbell.ring()

    assert (len(opened), heard()) == (1, 3)


def test_a_line_that_the_broker_let_fall_is_opened_anew(opened: list[Any]) -> None:
    doorbell.ring()
    heard()
    with current_app.connection_for_read() as broker:
        broker.default_channel.client.client_kill_filter(_type="normal", skipme=True)

    doorbell.ring()

    assert heard() == 1


def test_a_kept_line_on_which_nobody_answers_is_not_dialled_again(
    opened: list[Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    doorbell.ring()

    def no_answer(*args: Any, **options: Any) -> None:
        raise TimeoutError from doorbell.NoAnswer()

    monkeypatch.setattr(current_app, "send_task", no_answer)
    doorbell.ring()

    assert len(opened) == 1
    assert "doorbell is dead" in caplog.text


def test_a_process_does_not_speak_on_the_line_of_the_one_it_was_forked_from(
    opened: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    doorbell.ring()
    monkeypatch.setattr(doorbell.os, "getpid", lambda: -1)

    doorbell.ring()

    assert len(opened) == 2


@pytest.mark.parametrize("url", ["redis://127.0.0.1:9/0", "redis+socket:///nowhere/redis.sock"])
def test_a_dead_broker_neither_raises_nor_delays(broker_at: Any, url: str, caplog: pytest.LogCaptureFixture) -> None:
    broker_at(url)

    started = time.monotonic()
    doorbell.ring()

    assert time.monotonic() - started < 2
    assert "doorbell is dead" in caplog.text


def test_a_broker_that_never_answers_is_not_waited_for(broker_at: Any, silent_port: int) -> None:
    broker_at(f"redis://127.0.0.1:{silent_port}/0")

    started = time.monotonic()
    doorbell.ring()

    assert time.monotonic() - started < 3


@pytest.mark.django_db
def test_the_sweep_rings_for_letters_that_wait_and_for_no_others(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = []
    monkeypatch.setattr(doorbell, "ring", lambda *, at_once=False: heard.append("at once" if at_once else "ring"))
    DeliveryFactory(next_attempt_at=now)

    claiming.sweep(now=now - timedelta(seconds=1))
    too_early = list(heard)
    claiming.sweep(now=now)

    assert (too_early, heard) == ([], ["ring"])
