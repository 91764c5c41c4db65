"""What else does an answer change? Rooms to the left say so; they are asked in the answer's own transaction."""

import datetime as dt
from collections.abc import Callable

from communities.registry import Registry

from .models import Answer

Consequence = Callable[[Answer, dt.datetime], None]
"""Told of an answer that was just written down, under its meeting's lock."""

consequences: Registry[Consequence] = Registry("consequences of an answer")


def draw(answer: Answer, *, now: dt.datetime) -> None:
    for _name, consequence in consequences.items():
        consequence(answer, now)
