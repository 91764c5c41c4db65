"""Several relays: who is called, and who is passed over?"""

from collections.abc import Iterator
from datetime import datetime

import pytest
from pytest_django import Settings

from communities.models import DeliveryState
from communities.post import calling
from communities.post.delivery import Shift
from communities.post.relay import ConnectionLost, Relay
from tests.communities.post import relays
from tests.communities.post.carrying import carry_all, state_of
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import DeliveryFactory


@pytest.fixture(autouse=True)
def _nobody_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "_down", {})


@pytest.fixture
def second(settings: Settings, cranky: relays.Relay) -> Iterator[relays.Relay]:
    with relays.listening() as second:
        settings.OTHER_RELAYS = [{"host": "127.0.0.1", "port": second.port}]
        yield second


def test_shifts_share_the_relays(cranky: relays.Relay, second: relays.Relay) -> None:
    for _shift in range(4):
        with Relay() as relay:
            relay.connect()

    assert (cranky.lines, second.lines) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_a_relay_that_is_down_is_passed_over(
    postcard: Postcard, second: relays.Relay, now: datetime, settings: Settings
) -> None:
    settings.EMAIL_PORT = 9

    for _shift in range(4):
        letter = DeliveryFactory()
        with Relay() as relay:
            carry_all(Shift(until=float("inf"), relay=relay), now)
        assert state_of(letter)[0] == DeliveryState.SENT

    assert len(second.letters) == 4
    assert calling.is_down(calling.known()[0])


def test_when_every_relay_is_down_the_trouble_is_said_and_they_are_tried_again(
    settings: Settings, cranky: relays.Relay
) -> None:
    settings.OTHER_RELAYS = [{"host": "127.0.0.1", "port": 9}]
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9

    with Relay() as relay, pytest.raises(ConnectionLost):
        relay.connect()
    settings.EMAIL_PORT = port

    with Relay() as relay:
        relay.connect()
    assert cranky.lines == 1


@pytest.mark.django_db(transaction=True)
def test_a_relay_that_lets_us_send_nothing_is_passed_over_next_time(
    postcard: Postcard, cranky: relays.Relay, second: relays.Relay
) -> None:
    calling.pass_over(calling.known()[1])
    cranky.replies = {"MAIL": "550 not from here"}

    with Relay() as relay, pytest.raises(Exception, match="not from here"):
        relay.deliver(letter=ALetter(), before_content=lambda: None)

    assert calling.is_down(calling.known()[0])


class ALetter:
    sender, recipient, data = "mairie@example.org", "ada@example.org", b"Subject: -\r\n\r\n-\r\n"
