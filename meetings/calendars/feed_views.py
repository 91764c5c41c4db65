"""Calendars to subscribe to: for every program alike, without a cookie, and cheap to ask for again."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from communities.models import Community
from meetings.models import MeetingPage

from . import feeds, own_calendar

# `no-transform`: compressed calendars were seen to fail in Outlook.
FOR_EVERYONE = {
    "Cache-Control": "public, max-age=900, no-transform",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
FOR_ONE = {**FOR_EVERYONE, "Cache-Control": "private, max-age=900, no-transform"}


@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """/agenda.ics"""
    now = timezone.now()
    feed = feeds.at_hand("agenda", lambda: feeds.agenda(request=request, now=now), now=now)
    return as_calendar(request, feed, file_name="agenda.ics")


@require_safe
def community(request: HttpRequest, slug: str) -> HttpResponse:
    """/communautes/<slug>.ics"""
    now = timezone.now()
    feed = feeds.at_hand(f"community:{slug}", lambda: of_community(request, slug, now=now), now=now)
    return as_calendar(request, feed, file_name=f"{slug}.ics")


def of_community(request: HttpRequest, slug: str, *, now: dt.datetime) -> feeds.Feed:
    whose = get_object_or_404(Community, slug=slug)
    return feeds.of_community(community=whose, request=request, now=now)


@require_safe
def meeting(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """/reunions/<uuid>.ics"""
    which = get_object_or_404(MeetingPage.objects.open_to_all().dated().with_told(), uid=uid)
    return as_calendar(request, feeds.of_meeting(meeting=which, request=request), file_name="reunion.ics")


@require_safe
def own(request: HttpRequest, secret: str) -> HttpResponse:
    """/cal/<secret>.ics: one resident's meetings; nothing is kept in this process, so that a stopped address stops."""
    key = own_calendar.key_of(secret=secret)
    if key is None:
        raise Http404
    feed = own_calendar.read(key=key, request=request, now=timezone.now())
    return as_calendar(request, feed, file_name="agenda.ics", whose=FOR_ONE, language=key.resident.language)


def as_calendar(
    request: HttpRequest,
    feed: feeds.Feed,
    *,
    file_name: str,
    whose: Mapping[str, str] = FOR_EVERYONE,
    language: str = settings.LANGUAGE_CODE,
) -> HttpResponse:
    """The calendar, or 304 to a program that has it already (RFC 9110 §13)."""
    validators = {"ETag": feed.etag, "Last-Modified": feed.last_modified, "Cache-Control": whose["Cache-Control"]}
    answer = get_conditional_response(request, etag=feed.etag, last_modified=feed.seconds)
    if answer is None:
        about = {"Content-Disposition": f'inline; filename="{file_name}"', "Content-Language": language}
        headers = {**whose, **about, **validators}
        return HttpResponse(feed.body, content_type="text/calendar; charset=utf-8", headers=headers)
    if isinstance(answer, HttpResponseNotModified):
        for name, value in validators.items():
            answer.headers[name] = value
    return answer
