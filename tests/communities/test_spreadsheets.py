"""Nothing that a resident typed runs in the town hall's spreadsheet."""

import datetime as dt

import pytest

from communities.spreadsheets import harmless


@pytest.mark.parametrize("typed", ["=1+1", "+33199000000", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_what_starts_like_a_formula_becomes_text(typed: str):
    assert harmless(typed) == f"'{typed}"


@pytest.mark.parametrize("value", ["Ada Terril", "", "1 = 1", -2, 0, None, dt.date(2027, 3, 1)])
def test_everything_else_stays_what_it_is(value: object):
    assert harmless(value) == value
