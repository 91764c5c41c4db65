"""What this room adds to the pages of the rooms on its right."""

from communities.panels import community_panels
from meetings.panels import meeting_panels

from . import panels

meeting_panels.register("projects", panels.projects_of_meeting)
community_panels.register("a-project", panels.project_of_community)
