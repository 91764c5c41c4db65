"""Do the numbers on the plan stay readable where several things stand at the same place?"""

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.places import spreading
from engagement.places.plan import MOST, Mark, Plan, Point

PLAN = Plan(url="/plan.webp", width=1400, height=1050)
ALMOST = spreading.APART - 2  # a point lies on whole thousandths


def marks_at(*points: tuple[int, int]) -> list[Mark]:
    return [Mark(Point(x, y), number, f"Projet {number}") for number, (x, y) in enumerate(points, start=1)]


def distances(marks: list[Mark]) -> list[float]:
    tall = PLAN.height / PLAN.width
    pairs = combinations([mark.point for mark in marks], 2)
    return [hypot(one.x - other.x, (one.y - other.y) * tall) for one, other in pairs]


def test_marks_that_stand_clear_of_each_other_stay_where_they_are() -> None:
    marks = marks_at((100, 100), (500, 500), (900, 0))

    assert spreading.apart(marks, plan=PLAN) == marks


@pytest.mark.parametrize("place", [(500, 500), (0, 0), (1000, 1000), (0, 1000)])
@pytest.mark.parametrize("many", [2, 3, 7])
def test_marks_of_one_place_step_aside_until_each_can_be_read(place: tuple[int, int], many: int) -> None:
    found = spreading.apart(marks_at(*[place] * many), plan=PLAN)

    assert min(distances(found)) >= ALMOST
    assert [mark.number for mark in found] == list(range(1, many + 1))


def test_a_pair_moves_no_further_than_it_must() -> None:
    one, other = spreading.apart(marks_at((500, 500), (540, 500)), plan=PLAN)

    assert (500 - one.point.x, other.point.x - 540) == pytest.approx((22, 22), abs=3)
    assert one.point.y == other.point.y == 500


@given(st.lists(st.tuples(st.integers(0, MOST), st.integers(0, MOST)), max_size=24))
def test_a_page_of_marks_ends_on_the_picture_the_same_each_time(points: list[tuple[int, int]]) -> None:
    marks = marks_at(*points)

    found = spreading.apart(marks, plan=PLAN)

    assert found == spreading.apart(marks, plan=PLAN)
    assert [mark.name for mark in found] == [mark.name for mark in marks]
