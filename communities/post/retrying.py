"""Shall we try this letter again, and when? Tables and a pure decision."""

from dataclasses import dataclass
from datetime import timedelta

from .relay import Refused, Trouble


def _minutes(*numbers: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=number) for number in numbers)


# After the first attempt, the second... two days in all; RFC 5321 §4.5.4.1 asks for patience, and so do greylists.
DELAYS = _minutes(1, 5, 15, 60, 240, 480, 480, 720, 720)
# A relay that is busy or going down (421) wants fewer callers, a full mailbox (452, 4.2.2) its owner.
BUSY = _minutes(2, 10, 30, 60, 240, 480, 480, 720, 720)
FULL = _minutes(60, 240, 480, 720, 720, 720)
BY_CODE = {421: BUSY, 452: FULL}
MAILBOX_FULL = "4.2.2"


@dataclass(frozen=True)
class Retry:
    """Wait, then try again."""

    delay: timedelta


@dataclass(frozen=True)
class Fail:
    """Give up, and say why."""

    reason: str


def delays_for(outcome: Trouble) -> tuple[timedelta, ...]:
    """The table for this kind of trouble."""
    return FULL if str(outcome).startswith(MAILBOX_FULL) else BY_CODE.get(outcome.code, DELAYS)


def after(*, attempts: int, outcome: Trouble) -> Retry | Fail:
    """What to do when the `attempts`-th attempt (1 for the first) met `outcome`. A refusal is final (RFC 5321: 5yz)."""
    delays = delays_for(outcome)
    if isinstance(outcome, Refused) or attempts > len(delays):
        return Fail(reason=outcome.words)
    return Retry(delay=delays[attempts - 1])
