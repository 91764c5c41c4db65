"""The hours of a meeting in a browser: what was typed stays, and the end follows the start."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import StaffFactory
from tests.meetings.factories import MeetingPageFactory, evening, meeting_index

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signed_in(page: Page, live_server: LiveServer, client: Client) -> Page:
    client.force_login(StaffFactory(communication=True))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return page


@pytest.fixture
def new_meeting(transactional_db: None, live_server: LiveServer) -> str:
    """The address of the empty form."""
    return live_server.url + reverse("wagtailadmin_pages:add", args=["meetings", "meetingpage", meeting_index().pk])


@pytest.mark.parametrize("typed", ["10/12/2030 18h30", "28/03/2027 02:30", "demain"])
def test_what_was_typed_stays_as_it_was_typed_and_the_calendar_goes(signed_in: Page, new_meeting: str, typed: str):
    signed_in.goto(new_meeting)
    starts = signed_in.locator("[name=starts_at]")

    starts.press_sequentially(typed)
    expect(signed_in.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
    starts.press("Tab")

    expect(signed_in.locator("[name=starts_at]:focus")).to_have_count(0)
    expect(signed_in.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
    expect(starts).to_have_value(typed)
    signed_in.locator("[name=title]").click()
    expect(signed_in.locator(".xdsoft_datetimepicker:visible")).to_have_count(0)
    expect(starts).to_have_value(typed)


def test_choosing_a_start_suggests_an_end_until_someone_chooses_one(signed_in: Page, new_meeting: str):
    signed_in.goto(new_meeting)
    starts, ends = signed_in.locator("[name=starts_at]"), signed_in.locator("[name=ends_at]")

    starts.fill("05/03/2030 23:00")
    starts.blur()
    expect(ends).to_have_value("06/03/2030 00:30")
    starts.fill("05/03/2030 18:30")
    starts.blur()
    expect(ends).to_have_value("05/03/2030 20:00")
    ends.fill("05/03/2030 21:00")
    starts.fill("05/03/2030 19:00")
    starts.blur()

    expect(ends).to_have_value("05/03/2030 21:00")


def test_moving_the_start_of_a_meeting_takes_its_end_along(signed_in: Page, live_server: LiveServer):
    start = evening(in_days=10)
    meeting = MeetingPageFactory(starts_at=start, ends_at=start + dt.timedelta(minutes=135))
    signed_in.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[meeting.pk]))
    starts, ends = signed_in.locator("[name=starts_at]"), signed_in.locator("[name=ends_at]")

    starts.fill("27/03/2027 23h")
    starts.blur()
    expect(ends).to_have_value("28/03/2027 01:15")
    starts.fill("05/03/2030 18 h 30")
    starts.blur()
    expect(ends).to_have_value("05/03/2030 20:45")
    ends.fill("05/03/2030 21:00")
    starts.fill("05/03/2030 19:00")
    starts.blur()

    expect(ends).to_have_value("05/03/2030 21:00")
