"""A relay with every mood at once: each letter arrives, and twice only where its answer was lost."""

import random
from collections import Counter
from datetime import datetime, timedelta

import pytest

from communities.models import Delivery, DeliveryState
from communities.post import delivery
from communities.post.delivery import Shift
from communities.post.relay import AnswerLost, Relay
from tests.communities.post import relays
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import DeliveryFactory

LETTERS, TRIES = 60, 500
# What each command may meet, and how often among a hundred.
MOODS = {
    "final dot": [("451 busy", 4), ("421 closing", 4)],
    "MAIL": [("421 no more", 4), ("450 wait", 2)],
    "RCPT": [("450 greylisted", 5)],
}

pytestmark = pytest.mark.django_db(transaction=True)


def make_stormy(relay: relays.Relay, chance: random.Random) -> None:
    def some(percent: int) -> set[int]:
        return {number for number in range(2, TRIES) if chance.random() < percent / 100}

    def reply(command: str, usual: str) -> str:
        moods = next((moods for verb, moods in MOODS.items() if command.startswith(verb)), [])
        (mood,) = chance.choices(
            [usual, *(said for said, _percent in moods)], [90, *(percent for _said, percent in moods)]
        )
        return mood

    relay.reply = reply  # type: ignore[method-assign]
    relay.hangs_up_at_mail, relay.hangs_up_before_dot, relay.hangs_up_after_dot = some(4), some(3), some(2)


@pytest.fixture
def in_doubt(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each recipient's letter met a line that broke after its dot."""
    counted: Counter[str] = Counter()
    attempt = delivery._attempt

    def watched(relay: Relay, letter: delivery.Ready, *terms: object, **more: object) -> object:
        outcome = attempt(relay, letter, *terms, **more)  # type: ignore[arg-type]
        counted[letter.recipient] += isinstance(outcome, AnswerLost)
        return outcome

    monkeypatch.setattr(delivery, "_attempt", watched)
    return counted


@pytest.mark.parametrize("seed", range(3))
def test_every_letter_arrives_and_twice_only_in_doubt(
    postcard: Postcard,
    cranky: relays.Relay,
    in_doubt: Counter[str],
    shift: Shift,
    now: datetime,
    seed: int,
) -> None:
    letters = DeliveryFactory.create_batch(LETTERS)
    make_stormy(cranky, random.Random(seed))

    while Delivery.objects.pending().exists():
        delivery.carry(now=now, shift=shift)
        now += timedelta(minutes=5)

    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}
    arrived = Counter(cranky.recipients)
    assert set(arrived) == {letter.address for letter in letters}
    assert {who for who, number in arrived.items() if number > 1 + in_doubt[who]} == set()
    assert all(recipient.encode() in data for _sender, recipient, data in cranky.letters)
