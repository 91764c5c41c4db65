"""Which marks of the plan stand on one another, and where do they step aside, so that each is read and pressed?"""

import cmath
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from .plan import MOST, Mark, Plan, Point

APART = 85
"""Between the middles of two marks, in thousandths of the picture's width: 26 CSS pixels on most telephones."""
ROUNDS = 100


def apart(marks: Sequence[Mark], *, plan: Plan) -> list[Mark]:
    """The same marks in the same order; only those too close to another move, as little as it takes.

    It compares each with each: for the marks of one page of a list.
    """
    tall = plan.height / plan.width
    places = [complex(mark.point.x, mark.point.y * tall) for mark in marks]
    for _round in range(ROUNDS):
        if not step_aside(places, limit=complex(MOST, MOST * tall)):
            break
    return [
        replace(mark, point=Point(round(place.real), min(MOST, round(place.imag / tall))))
        for mark, place in zip(marks, places, strict=True)
    ]


def step_aside(places: list[complex], *, limit: complex) -> bool:
    """Move each pair that is too close away from each other, half the way each; whether there was one."""
    moved = False
    for one, other in combinations(range(len(places)), 2):
        way = places[other] - places[one]
        if abs(way) >= APART:
            continue
        way = way or cmath.rect(1, other)
        step = way / abs(way) * ((APART - abs(way)) / 2 + 1)
        places[one], places[other] = kept(places[one] - step, limit), kept(places[other] + step, limit)
        moved = True
    return moved


def kept(place: complex, limit: complex) -> complex:
    """On the picture."""
    return complex(min(max(place.real, 0), limit.real), min(max(place.imag, 0), limit.imag))
