"""What do projects add to the pages of a meeting and of a community?"""

import datetime as dt

from django.http import HttpRequest

from communities.models import Community
from communities.panels import Panel
from meetings.models import MeetingPage

from .models import ProjectPage


def projects_of_meeting(request: HttpRequest, meeting: MeetingPage, now: dt.datetime) -> Panel | None:
    """The projects whose communities meet, as links; None when none does."""
    projects = ProjectPage.objects.open_to_all().filter(project__community__in=meeting.communities.all())
    found = list(projects.select_related("project").order_by("title"))
    return ("engagement/projects_panel.html", {"projects": found}) if found else None


def project_of_community(request: HttpRequest, community: Community, now: dt.datetime) -> Panel | None:
    """The project this community gathers around, as a card; None when it gathers around something else."""
    project = ProjectPage.objects.open_to_all().filter(project__community=community).for_cards().first()
    return ("engagement/project_panel.html", {"project": project}) if project else None
