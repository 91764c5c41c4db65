"""When a reminder may leave, hour by hour, also in the nights when the clocks change."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from meetings import reminder_times
from meetings.models import ReminderKind

PARIS = ZoneInfo("Europe/Paris")
EVE, NUDGE = ReminderKind.EVE, ReminderKind.NUDGE


@pytest.fixture(autouse=True)
def _by_day(settings: Settings) -> None:
    settings.POST_OPENS_AT, settings.POST_CLOSES_AT = 8, 20


def paris(written: str) -> dt.datetime:
    """ "2027-03-02 18:30" by the clock of the town."""
    return dt.datetime.fromisoformat(written).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("kind", "starts", "opens"),
    [
        (EVE, "2027-03-02 18:30", "2027-03-01 14:30"),
        (EVE, "2027-03-02 09:00", "2027-03-01 08:00"),
        (EVE, "2027-03-02 02:00", "2027-03-01 08:00"),
        (EVE, "2027-03-02 23:59", "2027-03-01 19:59"),
        (EVE, "2027-03-28 18:30", "2027-03-27 14:30"),
        (EVE, "2027-10-31 18:30", "2027-10-30 14:30"),
        (EVE, "2027-01-01 18:30", "2026-12-31 14:30"),
        (NUDGE, "2027-03-09 18:30", "2027-03-02 14:30"),
        (NUDGE, "2027-11-03 18:30", "2027-10-27 14:30"),
    ],
)
def test_a_reminder_opens_by_the_clock_of_its_day(kind: ReminderKind, starts: str, opens: str) -> None:
    assert reminder_times.opens_at(kind=kind, starts_at=paris(starts)) == paris(opens)


@pytest.mark.parametrize(
    ("kind", "now", "leaves"),
    [
        (EVE, "2027-03-01 14:29", False),
        (EVE, "2027-03-01 14:30", True),
        (EVE, "2027-03-01 19:59", True),
        (EVE, "2027-03-01 20:00", False),  # at night it waits for the morning
        (EVE, "2027-03-02 07:59", False),
        (EVE, "2027-03-02 08:00", True),
        (EVE, "2027-03-02 16:30", True),
        (EVE, "2027-03-02 16:31", False),  # less than two hours before, it is no use any more
        (EVE, "2027-03-02 18:30", False),
        (EVE, "2027-03-03 10:00", False),
        (NUDGE, "2027-02-23 14:29", False),
        (NUDGE, "2027-02-23 14:30", True),
        (NUDGE, "2027-02-27 18:30", True),
        (NUDGE, "2027-02-27 18:31", False),
    ],
)
def test_a_missed_reminder_leaves_while_it_is_of_use(kind: ReminderKind, now: str, leaves: bool) -> None:
    assert reminder_times.is_time(kind=kind, starts_at=paris("2027-03-02 18:30"), now=paris(now)) is leaves


@pytest.mark.parametrize(
    ("now", "leaves"),
    [("2027-03-01 21:00", True), ("2027-03-02 06:00", True), ("2027-03-02 07:01", False)],
)
def test_before_an_early_meeting_it_leaves_at_night_rather_than_not(now: str, leaves: bool) -> None:
    assert reminder_times.is_time(kind=EVE, starts_at=paris("2027-03-02 09:00"), now=paris(now)) is leaves


@pytest.mark.parametrize("starts", ["2027-03-28 18:30", "2027-10-31 18:30"])
def test_the_clocks_change_between_the_reminder_and_the_meeting(starts: str) -> None:
    opens = reminder_times.opens_at(kind=EVE, starts_at=paris(starts))

    assert reminder_times.is_time(kind=EVE, starts_at=paris(starts), now=opens)
    assert not reminder_times.is_time(kind=EVE, starts_at=paris(starts), now=opens - dt.timedelta(minutes=1))


@pytest.mark.parametrize(
    ("kind", "hours", "knows"),
    [(EVE, 11, True), (EVE, 13, False), (NUDGE, 71, True), (NUDGE, 73, False)],
)
def test_who_was_just_told_knows(kind: ReminderKind, hours: int, knows: bool) -> None:
    now = paris("2027-03-01 18:30")

    assert reminder_times.knows(kind=kind, last_word_at=now - dt.timedelta(hours=hours), now=now) is knows
    assert not reminder_times.knows(kind=kind, last_word_at=None, now=now)


def test_a_town_whose_post_opens_later_and_closes_earlier_reminds_within_its_hours(settings: Settings) -> None:
    settings.POST_OPENS_AT, settings.POST_CLOSES_AT = 10, 16
    early, late = paris("2027-03-02 11:00"), paris("2027-03-02 23:00")

    assert reminder_times.opens_at(kind=EVE, starts_at=early) == paris("2027-03-01 10:00")
    assert not reminder_times.is_time(kind=EVE, starts_at=late, now=paris("2027-03-01 20:00"))
    assert reminder_times.is_time(kind=EVE, starts_at=late, now=paris("2027-03-02 10:00"))
