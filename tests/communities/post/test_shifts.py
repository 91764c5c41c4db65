"""A worker's shift: batch after batch, help called when there is much to do, no noise when the relay is away."""

from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from communities.models import Delivery
from communities.post import delivery, doorbell, mailings, tasks
from communities.post.delivery import FIRST, Shift
from communities.post.relay import Relay
from tests.communities.factories import ResidentFactory
from tests.communities.post import relays
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import DeliveryFactory, MailingFactory, crowd

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("postcard")]


@pytest.fixture(autouse=True)
def rings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(doorbell, "ring", lambda *, at_once=False: heard.append("at once" if at_once else "ring"))
    return heard


def test_a_shift_carries_until_nothing_is_due(cranky: relays.Relay, now: datetime, rings: list[str]) -> None:
    crowd(3, mailing=MailingFactory())

    delivery.carry_on(clock=lambda: now)

    assert len(cranky.letters) == 3
    assert cranky.commands[-1] == "QUIT"
    assert rings == []


def test_a_full_batch_calls_one_more_worker(cranky: relays.Relay, now: datetime, rings: list[str]) -> None:
    crowd(FIRST + 20, mailing=MailingFactory())

    delivery.carry_on(clock=lambda: now)

    assert len(cranky.letters) == FIRST + 20
    assert cranky.lines == 1
    assert rings == ["ring"]


def test_a_shift_that_ends_too_early_calls_the_next(
    cranky: relays.Relay, now: datetime, rings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "SHIFT", timedelta())
    DeliveryFactory()

    delivery.carry_on(clock=lambda: now)

    assert cranky.letters == []
    assert rings == ["ring"]
    assert Delivery.objects.due(now).count() == 1


def test_a_relay_that_is_away_is_one_line_in_the_log(
    now: datetime, rings: list[str], settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    DeliveryFactory()

    delivery.carry_on(clock=lambda: now)

    assert "No letter can leave" in caplog.text
    assert rings == []


def test_a_task_of_an_older_caller_is_still_understood(cranky: relays.Relay, postcard: Postcard) -> None:
    DeliveryFactory()

    tasks.carry(said_by="an older version")

    assert len(cranky.letters) == 1


def test_the_queue_of_answers_carries_answers_and_nothing_else(cranky: relays.Relay) -> None:
    DeliveryFactory(resident__email="announcement@example.org")
    DeliveryFactory(priority=0, resident__email="answer@example.org")

    tasks.carry_answers()

    assert cranky.recipients == ["answer@example.org"]


def test_a_slow_relay_makes_batches_small_so_that_answers_wait_for_none(
    cranky: relays.Relay, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "PATIENCE", timedelta())
    crowd(50, mailing=MailingFactory())
    with Relay() as relay:
        shift = Shift(until=float("inf"), relay=relay)

        delivery.carry(now=now, shift=shift)

    assert shift.batch == delivery.FEWEST
    assert Delivery.objects.due(now).count() == 50 - len(cranky.letters)


def test_a_posted_answer_rings_its_own_bell(now: datetime, rings: list[str]) -> None:
    resident = ResidentFactory()

    mailings.post_one(kind="postcard", key="", title="-", resident=resident, now=now)
    mailings.post(kind="postcard", key="", title="-", addressees=[mailings.Addressee(resident.pk)], now=now)

    assert rings == ["at once", "ring"]
