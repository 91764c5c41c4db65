"""What search engines and assistants read of a meeting: a schema.org Event."""

from typing import Any

from django.utils import timezone

from communities.models import Town

from .models import MeetingPage, MeetingStatus, Venue

STATUSES = {
    MeetingStatus.CANCELLED: "https://schema.org/EventCancelled",
    MeetingStatus.POSTPONED: "https://schema.org/EventPostponed",
}
SCHEDULED = "https://schema.org/EventScheduled"
IN_PERSON = "https://schema.org/OfflineEventAttendanceMode"
ONLINE = "https://schema.org/OnlineEventAttendanceMode"
BOTH = "https://schema.org/MixedEventAttendanceMode"


def event(*, meeting: MeetingPage, url: str, town: Town) -> dict[str, Any]:
    """The meeting as https://schema.org/Event, ready for JSON; empty for one whose time is not known yet."""
    if meeting.starts_at is None or meeting.ends_at is None:
        return {}
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": meeting.title,
        "description": meeting.summary,
        "startDate": timezone.localtime(meeting.starts_at).isoformat(),
        "endDate": timezone.localtime(meeting.ends_at).isoformat(),
        "eventStatus": STATUSES.get(MeetingStatus(meeting.status), SCHEDULED),
        "eventAttendanceMode": attendance_mode(meeting),
        "isAccessibleForFree": True,
        "location": locations(meeting),
        "organizer": {"@type": "GovernmentOrganization", "name": str(town)},
        "url": url,
    }


def attendance_mode(meeting: MeetingPage) -> str:
    if meeting.venue and meeting.online_link:
        return BOTH
    return ONLINE if meeting.online_link else IN_PERSON


def locations(meeting: MeetingPage) -> list[dict[str, Any]]:
    """The hall, the address to join online, or both."""
    where = [place(meeting.venue)] if meeting.venue else []
    if meeting.online_link:
        where.append({"@type": "VirtualLocation", "url": meeting.online_link})
    return where


def place(venue: Venue) -> dict[str, Any]:
    """A venue as https://schema.org/Place."""
    address = {
        "@type": "PostalAddress",
        "streetAddress": venue.street,
        "postalCode": venue.postcode,
        "addressLocality": venue.city,
    }
    return {"@type": "Place", "name": venue.name, "address": address}
