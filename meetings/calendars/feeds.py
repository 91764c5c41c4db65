"""What does a calendar program that subscribes receive? The same bytes as last time, until something shown changes.

Programs ask each hour or less often, thousands of them at once. Each process keeps a calendar for five seconds without
looking further; then it asks the database whether anything shown has changed, which takes one query and no page, and
only then writes it anew. So a change is at most five seconds old in any process, where a program may keep its copy for
a quarter of an hour (max-age); what cannot wait is a letter's.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import translation
from django.utils.http import http_date
from django.utils.translation import gettext as _

from communities.models import Community, Town
from meetings import facts
from meetings.models import MeetingPage
from meetings.models.meeting import MeetingQuerySet

from . import calendar_files

A_DAY = 86_400
A_MOMENT = dt.timedelta(seconds=5)


@dataclass(frozen=True)
class Feed:
    """The bytes of a calendar, and since when they have been these; what HTTP says of both is worked out once."""

    body: bytes
    since: dt.datetime
    etag: str = field(init=False)
    seconds: int = field(init=False)
    last_modified: str = field(init=False)

    def __post_init__(self) -> None:
        seconds = int(self.since.timestamp())
        object.__setattr__(self, "etag", f'"{hashlib.sha256(self.body).hexdigest()[:32]}"')
        object.__setattr__(self, "seconds", seconds)
        object.__setattr__(self, "last_modified", http_date(seconds))


# Calendars for everyone only, as they are: a cache of Django's would unpickle 20 kB for each program that asks.
given: dict[str, tuple[dt.datetime, Feed]] = {}
MOST_AT_HAND = 500


def at_hand(which: str, make: Callable[[], Feed], *, now: dt.datetime) -> Feed:
    """What this process gave a moment ago under that name, or what `make` makes; a clock put back keeps nothing."""
    at, feed = given.get(which) or (None, None)
    if at is not None and feed is not None and at <= now < at + A_MOMENT:
        return feed
    feed = make()
    if len(given) >= MOST_AT_HAND:
        given.clear()
    given[which] = now, feed
    return feed


def agenda(*, request: HttpRequest, now: dt.datetime) -> Feed:
    """Every meeting open to all."""
    town = Town.load(request).name
    with translation.override(settings.LANGUAGE_CODE):
        name = " - ".join(part for part in [_("Public meetings"), town] if part)
        return _feed(MeetingPage.objects.for_calendars(now), which="agenda", name=name, request=request, now=now)


def of_community(*, community: Community, request: HttpRequest, now: dt.datetime) -> Feed:
    """The meetings a community is invited to, among those open to all."""
    meetings = MeetingPage.objects.for_community(community).for_calendars(now)
    with translation.override(settings.LANGUAGE_CODE):
        return _feed(meetings, which=f"community:{community.pk}", name=community.name, request=request, now=now)


def of_meeting(*, meeting: MeetingPage, request: HttpRequest) -> Feed:
    """One meeting to put in a calendar by hand. `meeting` comes from `with_told`."""
    with translation.override(settings.LANGUAGE_CODE):
        told = facts.published(meeting=meeting, request=request)
    body = calendar_files.published(told, stamp=told.modified_at, uid_domain=facts.uid_domain())
    return Feed(body, told.modified_at)


def _feed(meetings: MeetingQuerySet, *, which: str, name: str, request: HttpRequest, now: dt.datetime) -> Feed:
    shown = repr((settings.SITE_URL, name, list(meetings.shown_by_calendars())))
    return kept(which=which, shown=shown, write=lambda: _write(meetings, name=name, request=request), now=now)


def kept(*, which: str, shown: str, write: Callable[[], bytes], now: dt.datetime) -> Feed:
    """From the cache when nothing shown has changed since; otherwise written anew, and true from now on."""
    version = hashlib.sha256(shown.encode()).hexdigest()
    kept_version, body, since = cache.get(f"feed:{which}") or (None, b"", now)
    if kept_version != version:
        body, since = write(), now
        cache.set(f"feed:{which}", (version, body, since), timeout=A_DAY)
    return Feed(body, since)


def _write(meetings: MeetingQuerySet, *, name: str, request: HttpRequest) -> bytes:
    told = [facts.published(meeting=meeting, request=request) for meeting in meetings]
    return calendar_files.feed(told, name=name, uid_domain=facts.uid_domain(), zone=settings.TIME_ZONE)
