"""What this room adds to the pages of the rooms on its right."""

from wagtail.permissions import register_permission_policy

from communities.panels import community_panels
from communities.permissions import NeverDeleted
from communities.post.kinds import letter_kinds
from meetings.panels import meeting_panels

from . import panels, telling
from .conventions import announcing, on_screen
from .desk import convention_sections
from .desk.sections import passage_pages, project_sections
from .letters import convention_letters
from .letters.passage_letters import PassageLetter
from .models import Convention, Idea, Project

meeting_panels.register("projects", panels.projects_of_meeting)
community_panels.register("a-project", panels.project_of_community)
letter_kinds.register(telling.LETTER_KIND, PassageLetter())
letter_kinds.register(on_screen.REQUEST_LETTER, convention_letters.RequestLetter())
letter_kinds.register(on_screen.CODE_LETTER, convention_letters.CodeLetter())
letter_kinds.register(announcing.SIGNED_LETTER, convention_letters.SignedLetter())
letter_kinds.register(announcing.NOTICE_LETTER, convention_letters.NoticeLetter())
letter_kinds.register(announcing.ENDED_LETTER, convention_letters.EndedLetter())
register_permission_policy(Idea, NeverDeleted(Idea))
register_permission_policy(Project, NeverDeleted(Project))
register_permission_policy(Convention, NeverDeleted(Convention))
project_sections.register("b-conventions", convention_sections.conventions_of)
for stage, page in convention_sections.PASSAGES.items():
    passage_pages.register(stage, page)
