"""What is said of a meeting to the outside: the published page, as calendar facts."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from . import calendar_files
from .models import MeetingPage, MeetingStatus

CALENDAR_STATUS: dict[str, str] = {
    MeetingStatus.PLANNED: "tentative",
    MeetingStatus.POSTPONED: "tentative",
    MeetingStatus.CANCELLED: "cancelled",
}


class NotDated(Exception):
    """A meeting without a date has nothing to put into a calendar."""


def uid_domain() -> str:
    """The right-hand side of our calendar UIDs; changing it would double every entry in every calendar."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def page_url(meeting: MeetingPage, request: HttpRequest | None = None) -> str:
    """The meeting's public address. `request` remembers where pages start, so that many meetings ask it once."""
    parts = meeting.get_url_parts(request)
    path: str = (parts and parts[2]) or "/"
    return settings.SITE_URL + path


def of(*, meeting: MeetingPage, sequence: int, request: HttpRequest | None = None) -> calendar_files.MeetingFacts:
    """The published facts of a meeting, carried by this SEQUENCE (RFC 5546 §2.1.4). Raises NotDated."""
    venue = meeting.venue
    if meeting.starts_at is None or meeting.ends_at is None:
        raise NotDated
    return calendar_files.MeetingFacts(
        uid=meeting.uid,
        sequence=sequence,
        title=meeting.title,
        title_prefix=prefix_of(meeting),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        url=page_url(meeting, request),
        created_at=meeting.first_published_at or meeting.starts_at,
        modified_at=meeting.last_published_at or meeting.starts_at,
        status=CALENDAR_STATUS.get(meeting.status, "confirmed"),
        description=meeting.summary,
        place=venue.full_address if venue else "",
        latitude=float(venue.latitude) if venue and venue.latitude is not None else None,
        longitude=float(venue.longitude) if venue and venue.longitude is not None else None,
        online_url=meeting.online_link,
        zone=settings.TIME_ZONE,
    )


def prefix_of(meeting: MeetingPage) -> str:
    """What calendars show before the title of a meeting that does not take place."""
    if meeting.is_cancelled:
        return _("CANCELLED") + " - "
    return _("POSTPONED") + " - " if meeting.is_postponed else ""
