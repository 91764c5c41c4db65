"""What this room adds to the pages of the rooms on its right."""

from communities.panels import community_panels
from communities.post.kinds import letter_kinds
from meetings.panels import meeting_panels

from . import panels, telling
from .desk import sections, story_section
from .letters.certificate_letters import CertificateLetter
from .letters.news_letters import MilestoneLetter, ProjectNewsLetter
from .letters.passage_letters import PassageLetter
from .story import certifying, following

meeting_panels.register("projects", panels.projects_of_meeting)
community_panels.register("a-project", panels.project_of_community)
letter_kinds.register(telling.LETTER_KIND, PassageLetter())
letter_kinds.register(following.MILESTONE, MilestoneLetter())
letter_kinds.register(following.DIGEST, ProjectNewsLetter())
letter_kinds.register(certifying.LETTER_KIND, CertificateLetter())
sections.project_sections.register("60-story", story_section.section)
