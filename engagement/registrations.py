"""What this room adds to the pages of the rooms on its right."""

from communities.panels import community_panels
from communities.personal_data import holders
from communities.post.kinds import letter_kinds
from meetings.panels import meeting_panels

from . import holding, panels, telling
from .ideas import drafting, submitting, supporting
from .letters.idea_letters import ConfirmIdea, DraftLetter, NewsOfAnIdea, SupportLetter
from .letters.passage_letters import PassageLetter

holders.register("engagement", holding)
meeting_panels.register("projects", panels.projects_of_meeting)
community_panels.register("a-project", panels.project_of_community)
letter_kinds.register(telling.LETTER_KIND, PassageLetter())
letter_kinds.register(telling.NEWS_KIND, NewsOfAnIdea())
letter_kinds.register(drafting.LETTER_KIND, DraftLetter())
letter_kinds.register(submitting.LETTER_KIND, ConfirmIdea())
letter_kinds.register(supporting.LETTER_KIND, SupportLetter())
