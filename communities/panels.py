"""What do other rooms add to our pages? Each registers a panel; a page shows those that have something to say."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from .models import Community
from .registry import Registry

Panel = tuple[str, Mapping[str, Any]]
"""A template's name and its context."""

CommunityPanel = Callable[[HttpRequest, Community, datetime], Panel | None]
"""Asked for each community page; None when there is nothing to show."""

community_panels: Registry[CommunityPanel] = Registry("community panels")


def of_community(*, request: HttpRequest, community: Community, now: datetime) -> list[str]:
    """The panels of a community page, rendered, in the order of their names."""
    shown = [panel(request, community, now) for _name, panel in community_panels.items()]
    return [render_to_string(panel[0], dict(panel[1]), request) for panel in shown if panel]
