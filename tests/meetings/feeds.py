"""Reading the calendars one subscribes to, on a morning of June 2026."""

import datetime as dt

import icalendar
from django.http import HttpResponse
from django.urls import reverse

from meetings.models import MeetingPage
from tests.meetings import calendar_lint

NOW = dt.datetime(2026, 6, 2, 9, 0, tzinfo=dt.UTC)
AGENDA = "/agenda.ics"


def read(response: HttpResponse) -> dict[str, icalendar.Event]:
    """The events by title, from a calendar without a fault."""
    assert response.status_code == 200
    assert calendar_lint.problems(response.content, events=None) == []
    return {str(event["SUMMARY"]): event for event in icalendar.Calendar.from_ical(response.content).events}


def own_file(meeting: MeetingPage) -> str:
    return reverse("meetings:meeting_ics", args=[meeting.uid])
