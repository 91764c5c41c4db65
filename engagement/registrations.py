"""What this room adds to the pages of the rooms on its right."""

from wagtail.permissions import register_permission_policy

from communities.panels import community_panels
from communities.permissions import NeverDeleted
from communities.post.kinds import letter_kinds
from meetings.panels import meeting_panels

from . import panels, telling
from .desk import ledger_section
from .desk.sections import project_sections
from .ideas import drafting, submitting, supporting
from .letters.idea_letters import ConfirmIdea, DraftLetter, SupportLetter
from .letters.passage_letters import PassageLetter
from .models import HourRate, Idea, Project, YearMeans

meeting_panels.register("projects", panels.projects_of_meeting)
community_panels.register("a-project", panels.project_of_community)
letter_kinds.register(telling.LETTER_KIND, PassageLetter())
letter_kinds.register(drafting.LETTER_KIND, DraftLetter())
letter_kinds.register(submitting.LETTER_KIND, ConfirmIdea())
letter_kinds.register(supporting.LETTER_KIND, SupportLetter())
register_permission_policy(Idea, NeverDeleted(Idea))
register_permission_policy(Project, NeverDeleted(Project))
register_permission_policy(HourRate, NeverDeleted(HourRate))
register_permission_policy(YearMeans, NeverDeleted(YearMeans))
project_sections.register("ledger", ledger_section.of)
