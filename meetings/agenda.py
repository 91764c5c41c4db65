"""Which meetings does a letter's agenda list? The published ones that take place, as they stand when it leaves."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Q

from communities.agenda import Date
from communities.scopes import things_of

from . import facts
from .models import MeetingPage, MeetingStatus


def dates(scopes: Collection[str] | None, since: dt.datetime, until: dt.datetime) -> list[Date]:
    """A fixed number of queries; a meeting for several of the scopes is listed once."""
    found = MeetingPage.objects.to_come(since).filter(starts_at__gte=since, starts_at__lt=until)
    found = found.open_to_all().filter(status__in=MeetingStatus.standing())
    if scopes is not None:
        communities, neighbourhoods = things_of(scopes)
        theirs = MeetingPage.objects.filter(Q(communities__in=communities) | Q(neighbourhoods__in=neighbourhoods))
        found = found.filter(pk__in=theirs.values("pk"))
    return [
        Date(
            title=meeting.title,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            place=meeting.venue.full_address if meeting.venue else "",
            url=facts.page_url(meeting),
        )
        for meeting in found.select_related("venue")
        if meeting.starts_at
    ]
