"""Carrying letters in a test, and looking at what became of them."""

from datetime import datetime

from communities.models import Delivery
from communities.post import delivery
from communities.post.delivery import Shift


def state_of(letter: Delivery) -> tuple[str, str]:
    letter.refresh_from_db()
    return letter.state, letter.reason


def fully_released(letter: Delivery) -> bool:
    letter.refresh_from_db()
    return letter.claim is None and letter.claimed_until is None


def carry_all(shift: Shift, now: datetime) -> int:
    return sum(iter(lambda: delivery.carry(now=now, shift=shift), 0))
