"""A meeting as search engines read it."""

import datetime as dt

import pytest

from communities.models import Town
from meetings import structured_data
from tests.meetings.factories import MeetingPageFactory

pytestmark = pytest.mark.django_db

URL = "https://commune.example/reunions/budget/"
JULY = dt.datetime(2027, 7, 6, 16, 30, tzinfo=dt.UTC)


def test_a_meeting_is_an_event_at_the_hour_of_the_town() -> None:
    meeting = MeetingPageFactory(title="Le budget", starts_at=JULY)

    event = structured_data.event(meeting=meeting, url=URL, town=Town(town_hall="Mairie de Fosse-les-Briques"))

    assert event["@type"] == "Event"
    assert (event["name"], event["url"]) == ("Le budget", URL)
    assert event["startDate"] == "2027-07-06T18:30:00+02:00"
    assert event["endDate"] == "2027-07-06T20:00:00+02:00"
    assert event["organizer"]["name"] == "Mairie de Fosse-les-Briques"
    assert event["location"][0]["name"] == meeting.venue.name
    assert event["isAccessibleForFree"] is True


@pytest.mark.parametrize(
    ("traits", "status"),
    [
        ({}, "EventScheduled"),
        ({"planned": True}, "EventScheduled"),
        ({"held": True}, "EventScheduled"),
        ({"cancelled": True}, "EventCancelled"),
        ({"postponed": True}, "EventPostponed"),
    ],
)
def test_its_state_is_told(traits: dict[str, bool], status: str) -> None:
    event = structured_data.event(meeting=MeetingPageFactory(**traits), url=URL, town=Town())

    assert event["eventStatus"] == f"https://schema.org/{status}"


@pytest.mark.parametrize(
    ("hall", "link", "mode", "places"),
    [
        (True, "", "OfflineEventAttendanceMode", ["Place"]),
        (True, "https://visio.example.org/", "MixedEventAttendanceMode", ["Place", "VirtualLocation"]),
        (False, "https://visio.example.org/", "OnlineEventAttendanceMode", ["VirtualLocation"]),
    ],
)
def test_where_to_be_is_told(hall: bool, link: str, mode: str, places: list[str]) -> None:
    meeting = MeetingPageFactory(online_link=link)
    if not hall:
        meeting.venue = None

    event = structured_data.event(meeting=meeting, url=URL, town=Town())

    assert event["eventAttendanceMode"] == f"https://schema.org/{mode}"
    assert [place["@type"] for place in event["location"]] == places


def test_a_meeting_without_a_time_is_not_an_event_yet() -> None:
    meeting = MeetingPageFactory(draft=True, empty=True)

    assert structured_data.event(meeting=meeting, url=URL, town=Town()) == {}
