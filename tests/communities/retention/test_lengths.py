"""How far back a period leads."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.retention.lengths import Length, days, months

NOON = datetime(2027, 5, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("length", "day"),
    [
        (days(0), "2027-05-31"),
        (days(30), "2027-05-01"),
        (months(1), "2027-04-30"),
        (months(3), "2027-02-28"),
        (months(12), "2026-05-31"),
        (months(39), "2024-02-29"),
        (months(5), "2026-12-31"),
    ],
)
def test_a_period_leads_to_the_same_day_of_an_earlier_month_or_to_its_last(length: Length, day: str) -> None:
    assert length.before(NOON).date().isoformat() == day


@given(st.dates(date(2000, 3, 1), date(2100, 1, 1)), st.integers(0, 240))
def test_a_longer_period_never_leads_to_a_later_moment(day: date, number: int) -> None:
    now = datetime.combine(day, NOON.timetz())

    assert months(number + 1).before(now) < months(number).before(now) <= now
    assert days(number + 1).before(now) == days(number).before(now) - timedelta(days=1)


def test_months_and_days_are_compared_by_their_days() -> None:
    assert days(30).in_days < months(1).in_days < days(31).in_days


def test_a_period_is_said_in_words() -> None:
    assert [str(length) for length in (days(1), days(30), months(1), months(24))] == [
        "1 jour",
        "30 jours",
        "1 mois",
        "24 mois",
    ]
