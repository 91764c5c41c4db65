"""Pages appear and go at the hour that staff chose, and one that cannot does not hold up the others."""

import datetime as dt
import logging
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import PageLogEntry

from config.celery import app
from meetings.models import MeetingPage, VenueBooking
from pages import tasks
from tests.communities.factories import CommunityFactory
from tests.engagement.factories import ProjectPageFactory
from tests.meetings.factories import MeetingPageFactory

pytestmark = pytest.mark.django_db

IN_AN_HOUR = dt.timedelta(hours=1)


def scheduled(**facts: Any) -> MeetingPage:
    """A meeting that appears in an hour."""
    meeting: MeetingPage = MeetingPageFactory(draft=True, communities=[CommunityFactory()], **facts)
    meeting.go_live_at = timezone.now() + IN_AN_HOUR
    meeting.save_revision().publish()
    return meeting


def tick(*, after: dt.timedelta) -> None:
    with time_machine.travel(timezone.now() + after, tick=False):
        tasks.keep_timetable(some_later_argument=1)


def test_the_clock_asks_every_five_minutes():
    assert {"task": tasks.keep_timetable.name, "schedule": 300.0} in app.conf.beat_schedule.values()


def test_a_meeting_appears_at_its_hour_and_not_before():
    meeting = scheduled()

    tick(after=IN_AN_HOUR / 2)
    meeting.refresh_from_db()
    assert not meeting.live
    tick(after=IN_AN_HOUR * 1.01)
    meeting.refresh_from_db()

    assert meeting.live
    assert VenueBooking.objects.get().meeting == meeting


def test_a_second_tick_changes_nothing():
    meeting = scheduled()

    tick(after=IN_AN_HOUR * 1.01)
    meeting.refresh_from_db()
    first = meeting.last_published_at
    tick(after=IN_AN_HOUR * 2)
    meeting.refresh_from_db()

    assert meeting.last_published_at == first


def test_a_meeting_whose_venue_was_taken_stays_a_draft_that_opens_again_and_the_others_appear(
    caplog: pytest.LogCaptureFixture,
):
    stuck = scheduled(title="Le grand rangement")
    other = scheduled(title="La marche")
    MeetingPageFactory(title="La chorale", venue=stuck.venue)

    with caplog.at_level(logging.WARNING):
        tick(after=IN_AN_HOUR * 1.01)
    stuck.refresh_from_db()
    other.refresh_from_db()

    assert other.live
    assert not stuck.live
    assert stuck.get_latest_revision().content["title"] == "Le grand rangement"
    assert stuck.scheduled_revision is None
    assert "La chorale" in caplog.text
    assert PageLogEntry.objects.filter(page=stuck, action="wagtail.schedule.cancel").exists()


def test_a_page_goes_at_its_hour_and_a_meeting_never_does():
    project = ProjectPageFactory(expire_at=timezone.now() + IN_AN_HOUR)
    meeting = MeetingPageFactory(expire_at=timezone.now() + IN_AN_HOUR)

    tick(after=IN_AN_HOUR * 1.01)
    project.refresh_from_db()
    meeting.refresh_from_db()

    assert not project.live
    assert project.expired
    assert meeting.live
