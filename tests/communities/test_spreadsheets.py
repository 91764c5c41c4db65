"""Nothing that a resident typed runs in the town hall's spreadsheet."""

import datetime as dt

import pytest

from communities.spreadsheets import harmless, on_the_wall


@pytest.mark.parametrize("typed", ["=1+1", "+33199000000", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_what_starts_like_a_formula_becomes_text(typed: str):
    assert harmless(typed) == f"'{typed}"


@pytest.mark.parametrize("value", ["Ada Terril", "", "1 = 1", -2, 0, None, dt.date(2027, 3, 1)])
def test_everything_else_stays_what_it_is(value: object):
    assert harmless(value) == value


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (dt.datetime(2027, 3, 1, 18, 30, tzinfo=dt.UTC), "2027-03-01 19:30:00"),
        (dt.datetime(2027, 7, 1, 22, 30, tzinfo=dt.UTC), "2027-07-02 00:30:00"),
        (dt.date(2027, 3, 1), "2027-03-01"),
        (None, "None"),
    ],
    ids=["winter", "summer", "a day", "nothing"],
)
def test_a_moment_is_what_the_clock_on_the_towns_wall_showed(told: object, shown: str):
    assert str(on_the_wall(told)) == shown
