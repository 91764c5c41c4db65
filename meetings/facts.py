"""What is said of a meeting to the outside: the published page, as calendar facts."""

import dataclasses
import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .calendars import calendar_files
from .models import MeetingPage, MeetingStatus
from .updates import changes

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
        modified_at=modified_at(meeting) or meeting.starts_at,
        status=CALENDAR_STATUS.get(meeting.status, "confirmed"),
        description=meeting.summary,
        place=venue.full_address if venue else "",
        latitude=float(venue.latitude) if venue and venue.latitude is not None else None,
        longitude=float(venue.longitude) if venue and venue.longitude is not None else None,
        online_url=meeting.online_link,
        zone=settings.TIME_ZONE,
        address=venue.address if venue else "",
        reason=meeting.status_reason if meeting.status in MeetingStatus.called_off() else "",
    )


def modified_at(meeting: MeetingPage) -> dt.datetime | None:
    """When what is published of it changed last: its page, or its venue's address."""
    moments = [meeting.last_published_at, meeting.venue and meeting.venue.changed_at]
    return max(filter(None, moments), default=None)


def published(*, meeting: MeetingPage, request: HttpRequest | None = None) -> calendar_files.MeetingFacts:
    """The published facts, carried by the SEQUENCE that comes after what residents were last told.

    One answer for feeds, files and the next letter. Asks for the announcements, unless they were prefetched.
    """
    told = [announcement.told for announcement in meeting.announcements.all()]
    as_they_are = of(meeting=meeting, sequence=0, request=request)
    last = max(told, key=lambda facts: facts.sequence, default=None)
    return dataclasses.replace(as_they_are, sequence=sequence_after(told=last, published=as_they_are))


def sequence_after(*, told: calendar_files.MeetingFacts | None, published: calendar_files.MeetingFacts) -> int:
    """The SEQUENCE of what is published, after what residents were last `told`: the same, or one more.

    Of a meeting never told: 0, and 1 once it is called off, for calendars that have it from a feed.
    """
    if told is None:
        return int(bool(published.title_prefix))
    return told.sequence + changes.shows_otherwise(told, published)


def prefix_of(meeting: MeetingPage) -> str:
    """What calendars show before the title of a meeting that does not take place."""
    if meeting.is_cancelled:
        return _("CANCELLED") + " - "
    return _("POSTPONED") + " - " if meeting.is_postponed else ""


def in_language(told: calendar_files.MeetingFacts) -> calendar_files.MeetingFacts:
    """The same facts, with the mark before the title in the language of now."""
    marks = {changes.Standing.CANCELLED: _("CANCELLED") + " - ", changes.Standing.POSTPONED: _("POSTPONED") + " - "}
    return dataclasses.replace(told, title_prefix=marks.get(changes.standing(told), ""))
