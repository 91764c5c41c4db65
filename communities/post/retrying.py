"""Shall we try this letter again, and when? A table and a pure decision."""

from dataclasses import dataclass
from datetime import timedelta

from .relay import Refused, Trouble

# After the first attempt, the second... two days in all; RFC 5321 §4.5.4.1 asks for patience, and so do greylists.
DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 480, 480, 720, 720))


@dataclass(frozen=True)
class Retry:
    """Wait, then try again."""

    delay: timedelta


@dataclass(frozen=True)
class Fail:
    """Give up, and say why."""

    reason: str


def after(*, attempts: int, outcome: Trouble) -> Retry | Fail:
    """What to do when the `attempts`-th attempt (1 for the first) met `outcome`. A refusal is final (RFC 5321: 5yz)."""
    if isinstance(outcome, Refused) or attempts > len(DELAYS):
        return Fail(reason=outcome.words)
    return Retry(delay=DELAYS[attempts - 1])
