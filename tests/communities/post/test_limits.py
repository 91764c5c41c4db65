"""How many letters a minute does a provider get from us, whatever becomes of Redis?"""

import time
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from communities.models import DeliveryState
from communities.post import limits
from communities.post.delivery import Shift
from communities.post.limits import Limits
from tests.communities.post import relays
from tests.communities.post.carrying import carry_all, fully_released, state_of
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import DeliveryFactory, MailingFactory


@pytest.fixture
def _small_limits(settings: Settings) -> None:
    settings.POST_LIMITS = {"orange": 3, "gmail": 2}


@pytest.mark.parametrize(
    ("address", "provider"),
    [
        ("ada@orange.fr", "orange"),
        ("ada@Wanadoo.FR", "orange"),
        ("ada@hotmail.fr", "microsoft"),
        ("ada@gmail.com", "gmail"),
        ("ada@example.org", "example.org"),
        ("ada@notorange.fr", "notorange.fr"),
    ],
)
def test_a_mailbox_has_its_provider(address: str, provider: str) -> None:
    assert limits.provider_of(address) == provider


def test_settings_go_before_our_figures(settings: Settings) -> None:
    settings.POST_LIMITS = {"orange": 7, "gmail": 0, "commune.example": 5}

    asked = ["orange", "gmail", "commune.example", "free", "example.org"]

    assert [limits.a_minute(provider) for provider in asked] == [7, 0, 5, 60, 0]


@pytest.mark.usefixtures("_small_limits")
def test_a_minute_s_worth_is_granted_once_and_comes_back_with_time() -> None:
    taken = [Limits().take("orange", letters=letters) for letters in (2, 2, 2)]

    assert taken == [2, 1, 0]


@pytest.mark.usefixtures("_small_limits")
def test_what_has_no_limit_is_not_even_counted(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:9/0"

    assert Limits().take("example.org", letters=5000) == 5000


def test_time_fills_the_bucket_again(settings: Settings) -> None:
    settings.POST_LIMITS = {"orange": 600}
    counted = Limits()
    counted.take("orange", letters=600)

    time.sleep(0.25)

    assert 1 <= counted.take("orange", letters=600) <= 60


def test_without_redis_a_process_counts_alone_and_takes_half(settings: Settings) -> None:
    settings.POST_LIMITS, settings.REDIS_URL = {"orange": 10}, "redis://127.0.0.1:9/0"
    alone = Limits()

    started = time.monotonic()
    taken = [alone.take("orange", letters=4), alone.take("orange", letters=4)]

    assert taken == [4, 1]
    assert time.monotonic() - started < 3


@pytest.mark.usefixtures("_small_limits")
@pytest.mark.django_db(transaction=True)
def test_letters_over_the_limit_wait_uncounted_and_hold_up_no_others(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    mailing = MailingFactory()
    neighbours = [DeliveryFactory(mailing=mailing, resident__email=f"n{each}@orange.fr") for each in range(8)]
    elsewhere = DeliveryFactory(mailing=mailing, resident__email="ada@example.org")

    carry_all(shift, now)

    waiting = [letter for letter in neighbours if state_of(letter)[0] == DeliveryState.PENDING]
    assert state_of(elsewhere)[0] == DeliveryState.SENT
    assert [letter.next_attempt_at - now for letter in waiting] == [timedelta(minutes=m) for m in (1, 1, 1, 2, 2)]
    assert all(letter.attempts == 0 and fully_released(letter) for letter in waiting)


@pytest.mark.usefixtures("_small_limits")
@pytest.mark.django_db(transaction=True)
def test_what_a_person_waits_for_waits_for_no_provider(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    for each in range(5):
        DeliveryFactory(priority=0, resident__email=f"n{each}@gmail.com")

    carry_all(shift, now)

    assert len(cranky.letters) == 5


@pytest.mark.django_db(transaction=True)
def test_every_letter_leaves_in_the_end(
    postcard: Postcard,
    cranky: relays.Relay,
    shift: Shift,
    now: datetime,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.POST_LIMITS, settings.REDIS_URL = {"orange": 4}, "redis://127.0.0.1:9/0"
    limits.of_this_process.own.clear()
    for each in range(9):
        DeliveryFactory(resident__email=f"n{each}@orange.fr")

    for minute in range(8):
        monkeypatch.setattr(limits, "monotonic", lambda minute=minute: 60.0 * minute)
        carry_all(shift, now + timedelta(minutes=minute))

    assert sorted(cranky.recipients) == sorted(f"n{each}@orange.fr" for each in range(9))
