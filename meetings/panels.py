"""What do meetings add to others' pages, and others to a meeting's page?"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from communities.models import Community, Resident
from communities.panels import Panel
from communities.registry import Registry

from .calendars import own_calendar
from .models import MeetingPage

MeetingPanel = Callable[[HttpRequest, MeetingPage, dt.datetime], Panel | None]
"""Asked for each meeting's page; None when there is nothing to show."""

meeting_panels: Registry[MeetingPanel] = Registry("meeting panels")

meeting_doors: Registry[MeetingPanel] = Registry("meeting doors")
"""What stands on a meeting's page in the place of its own form; the first that has something to say."""

NEXT_SHOWN, PAST_SHOWN = 20, 5


def meetings_of_community(request: HttpRequest, community: Community, now: dt.datetime) -> Panel | None:
    """The meetings of a community, on its page."""
    return "meetings/community_panel.html", {"community": community, **around(community=community, now=now)}


def calendar_of_resident(request: HttpRequest, resident: Resident, now: dt.datetime) -> Panel | None:
    """The way to their own calendar, on the page where they choose what they are sent."""
    address = reverse("meetings:my_calendar", args=[own_calendar.token_of(resident)])
    return "meetings/calendar_panel.html", {"calendar_url": address}


def around(*, community: Community | None, now: dt.datetime) -> dict[str, Any]:
    """`next_meetings` of a community, the nearest first, and `past_meetings`, the latest first: two queries in all.

    `now` goes with them: their cards say the year when it is another one.
    """
    if community is None:
        return {"next_meetings": [], "past_meetings": [], "now": now}
    meetings = MeetingPage.objects.for_community(community)
    shown = meetings.to_come(now)[:NEXT_SHOWN].values("pk"), meetings.gone_by(now)[:PAST_SHOWN].values("pk")
    cards = list(MeetingPage.objects.filter(Q(pk__in=shown[0]) | Q(pk__in=shown[1])).for_cards().order_by("starts_at"))
    gone = [card for card in cards if card.is_over(now)]
    ahead = [card for card in cards if not card.is_over(now)]
    return {"next_meetings": ahead, "past_meetings": gone[::-1], "now": now}


def of_meeting(*, request: HttpRequest, meeting: MeetingPage, now: dt.datetime) -> list[str]:
    """The panels of a meeting's page, rendered, in the order of their names."""
    shown = [panel(request, meeting, now) for _name, panel in meeting_panels.items()]
    return [render_to_string(panel[0], dict(panel[1]), request) for panel in shown if panel]


def door_of(*, request: HttpRequest, meeting: MeetingPage, now: dt.datetime) -> str:
    """Another room's way in, rendered; empty where the meeting's own form is the way."""
    shown = (door(request, meeting, now) for _name, door in meeting_doors.items())
    return next((render_to_string(panel[0], dict(panel[1]), request) for panel in shown if panel), "")
