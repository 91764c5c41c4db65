"""What do other rooms add to our pages? Each registers a panel; a page shows those that have something to say."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from .models import Community, Resident
from .registry import Registry

Panel = tuple[str, Mapping[str, Any]]
"""A template's name and its context."""

CommunityPanel = Callable[[HttpRequest, Community, datetime], Panel | None]
"""Asked for each community page; None when there is nothing to show."""

PreferencePanel = Callable[[HttpRequest, Resident, datetime], Panel | None]
"""Asked for the page where a resident chooses what they are sent: a way of being told that another room offers."""

SpacePanel = Callable[[HttpRequest, Resident, datetime], Panel | None]
"""Asked for the first page of a resident's space; shown in the order of the names, "10-meetings" before "20-shifts"."""

preference_panels: Registry[PreferencePanel] = Registry("preference panels")

community_panels: Registry[CommunityPanel] = Registry("community panels")

space_panels: Registry[SpacePanel] = Registry("panels of my space")


def of_community(*, request: HttpRequest, community: Community, now: datetime) -> list[str]:
    """The panels of a community page, rendered, in the order of their names."""
    return rendered(request, [panel(request, community, now) for _name, panel in community_panels.items()])


def of_preferences(*, request: HttpRequest, resident: Resident, now: datetime) -> list[str]:
    """The panels of a resident's choices, rendered, in the order of their names."""
    return rendered(request, [panel(request, resident, now) for _name, panel in preference_panels.items()])


def of_space(*, request: HttpRequest, resident: Resident, now: datetime) -> list[str]:
    """The panels of a resident's space, rendered, in the order of their names."""
    return rendered(request, [panel(request, resident, now) for _name, panel in space_panels.items()])


def rendered(request: HttpRequest, panels: Iterable[Panel | None]) -> list[str]:
    return [render_to_string(panel[0], dict(panel[1]), request) for panel in panels if panel]
