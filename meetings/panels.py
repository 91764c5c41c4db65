"""What do meetings add to others' pages, and others to a meeting's page?"""

import datetime as dt
from collections.abc import Callable

from django.http import HttpRequest
from django.template.loader import render_to_string

from communities.models import Community
from communities.panels import Panel
from communities.registry import Registry

from .models import MeetingPage

MeetingPanel = Callable[[HttpRequest, MeetingPage, dt.datetime], Panel | None]
"""Asked for each meeting's page; None when there is nothing to show."""

meeting_panels: Registry[MeetingPanel] = Registry("meeting panels")

PAST_SHOWN = 5


def meetings_of_community(request: HttpRequest, community: Community, now: dt.datetime) -> Panel | None:
    """The next meetings of a community, and its latest past ones."""
    meetings = MeetingPage.objects.for_community(community).for_cards()
    context = {
        "community": community,
        "next_meetings": list(meetings.to_come(now)),
        "past_meetings": list(meetings.gone_by(now)[:PAST_SHOWN]),
    }
    return "meetings/community_panel.html", context


def of_meeting(*, request: HttpRequest, meeting: MeetingPage, now: dt.datetime) -> list[str]:
    """The panels of a meeting's page, rendered, in the order of their names."""
    shown = [panel(request, meeting, now) for _name, panel in meeting_panels.items()]
    return [render_to_string(panel[0], dict(panel[1]), request) for panel in shown if panel]
