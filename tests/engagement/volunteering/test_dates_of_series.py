"""On which days is a series? Tables for the calendar, properties for all the years."""

import datetime as dt
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from engagement.volunteering.planning import dates, holidays
from engagement.volunteering.planning.dates import Rhythm

A_DAY = st.dates(dt.date(2024, 1, 1), dt.date(2040, 12, 31))


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        (Rhythm.WEEKLY, ["2026-12-19", "2026-12-26", "2027-01-02", "2027-01-09"]),
        (Rhythm.FORTNIGHTLY, ["2026-12-26", "2027-01-09"]),
        (Rhythm.MONTHLY, ["2027-01-09"]),
    ],
)
def test_after_the_second_saturday_of_december(rhythm, expected):
    found = dates.after(day("2026-12-12"), rhythm=rhythm, until=day("2027-01-09"))

    assert found == [day(each) for each in expected]


def test_after_a_fifth_saturday_comes_the_last_of_each_month():
    found = dates.after(day("2026-10-31"), rhythm=Rhythm.MONTHLY, until=day("2027-02-28"))

    assert found == [day(each) for each in ("2026-11-28", "2026-12-26", "2027-01-30", "2027-02-27")]


@pytest.mark.parametrize("until", ["2026-12-12", "2026-12-18", "2020-01-01"])
def test_until_a_day_before_the_next_there_is_none(until):
    assert dates.after(day("2026-12-12"), rhythm=Rhythm.WEEKLY, until=day(until)) == []


@given(first=A_DAY, rhythm=st.sampled_from(list(Rhythm)), days=st.integers(0, 3000))
def test_days_of_a_series_are_the_same_weekday_in_order_within_bounds(first, rhythm, days):
    until = first + dt.timedelta(days=days)

    found = dates.after(first, rhythm=rhythm, until=until)

    assert all(first < each <= until for each in found)
    assert {each.weekday() for each in found} <= {first.weekday()}
    assert found == sorted(set(found))
    assert len(found) <= dates.MOST


@given(first=A_DAY, days=st.integers(0, 3000))
def test_none_is_left_out(first, days):
    found = dates.after(first, rhythm=Rhythm.WEEKLY, until=first + dt.timedelta(days=days))

    assert all(after - before == dt.timedelta(weeks=1) for before, after in pairwise([first, *found]))
    assert len(found) == min(dates.MOST, days // 7)


@given(first=A_DAY)
def test_once_a_month_is_once_in_each_month(first):
    found = dates.after(first, rhythm=Rhythm.MONTHLY, until=first + dt.timedelta(days=800))

    months = [each.year * 12 + each.month for each in [first, *found]]
    assert all(after - before == 1 for before, after in pairwise(months))


@pytest.mark.parametrize(
    "sunday", ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2038-04-25", "2285-03-22"]
)
def test_easter_is_when_it_is(sunday):
    assert holidays.easter(day(sunday).year) == day(sunday)


@pytest.mark.parametrize(
    ("when", "name"),
    [("2027-05-06", "Ascension"), ("2027-05-17", "lundi de Pentecôte"), ("2027-05-08", "8 mai"), ("2027-05-09", "")],
)
def test_public_holidays_have_their_french_name(when, name):
    with translation.override("fr"):
        assert name in holidays.name_of(day(when))
        assert bool(holidays.name_of(day(when))) is bool(name)
