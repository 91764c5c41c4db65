"""Pressed in the evening, Send tells when the letters leave, and lets them leave at once all the same."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from communities.models import Delivery, Mailing
from meetings.models import MeetingPage
from tests.meetings.conftest import at, words
from tests.meetings.factories import MeetingPageFactory

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
EVENING = dt.datetime(2026, 11, 22, 22, 15, tzinfo=PARIS)
MORNING = dt.datetime(2026, 11, 23, 8, tzinfo=PARIS)


@pytest.fixture(autouse=True)
def _late_in_the_evening(settings: Settings):
    settings.POST_OPENS_AT, settings.POST_CLOSES_AT = 8, 20
    with time_machine.travel(EVENING, tick=False):
        yield


def leave_at() -> set[dt.datetime]:
    return set(Delivery.objects.filter(channel="email").values_list("next_attempt_at", flat=True))


def test_the_page_says_when_the_letters_leave_and_offers_now(desk: Client, meeting: MeetingPage) -> None:
    shown = words(desk.get(at("send", meeting)))

    assert "people are left in peace" in shown
    assert "Send now all the same" in shown


def test_letters_sent_in_the_evening_leave_in_the_morning(desk: Client, meeting: MeetingPage) -> None:
    desk.post(at("send", meeting), {"expecting": 4})

    assert leave_at() == {MORNING}


def test_letters_leave_now_when_staff_say_so(desk: Client, meeting: MeetingPage) -> None:
    desk.post(at("send", meeting), {"expecting": 4, "at_once": "1"})

    assert leave_at() == {EVENING}
    assert Mailing.objects.get().at_any_hour


@pytest.mark.parametrize(("days", "waits"), [(0, False), (1, False), (2, True)])
def test_what_is_today_or_tomorrow_does_not_wait_for_the_morning(desk: Client, garden, days: int, waits: bool) -> None:
    starts = EVENING.replace(hour=23) + dt.timedelta(days=days)
    meeting = MeetingPageFactory(starts_at=starts, ends_at=starts + dt.timedelta(minutes=30), communities=[garden])

    shown = words(desk.get(at("send", meeting)))
    desk.post(at("send", meeting), {"expecting": 4})

    assert ("Send now all the same" in shown) is waits
    assert leave_at() == {MORNING if waits else EVENING}
