"""What do projects add to the pages of a meeting and of a community?"""

import datetime as dt

from django.http import HttpRequest

from communities.models import Community, Resident
from communities.panels import Panel
from meetings.models import MeetingPage

from .ideas import browsing, carrying, standing, supporting
from .models import ProjectPage


def projects_of_meeting(request: HttpRequest, meeting: MeetingPage, now: dt.datetime) -> Panel | None:
    """The projects whose communities meet, as links; None when none does."""
    projects = ProjectPage.objects.open_to_all().filter(project__community__in=meeting.communities.all())
    found = list(projects.select_related("project").order_by("title"))
    return ("engagement/projects_panel.html", {"projects": found}) if found else None


def ideas_of_resident(request: HttpRequest, resident: Resident, now: dt.datetime) -> Panel | None:
    """The way to what they proposed and what they support, on the page of their choices, where every letter leads."""
    ideas = list(browsing.for_cards(resident.ideas.submitted()).select_related("resident"))
    supports = resident.idea_supports.filter(confirmed_at__isnull=False, idea__public_at__isnull=False)
    supported = list(supports.select_related("idea", "resident").order_by("-confirmed_at"))
    if not ideas and not supported:
        return None
    return "engagement/ideas_panel.html", {
        "ideas": [(idea, carrying.token_of(idea), standing.words(idea, now=now)) for idea in ideas],
        "supports": [(support.idea, supporting.token_of(support)) for support in supported],
    }


def project_of_community(request: HttpRequest, community: Community, now: dt.datetime) -> Panel | None:
    """The project this community gathers around, as a card; None when it gathers around something else."""
    project = ProjectPage.objects.open_to_all().filter(project__community=community).for_cards().first()
    return ("engagement/project_panel.html", {"project": project}) if project else None
