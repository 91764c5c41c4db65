"""What this room adds to the pages of the rooms on its right."""

from communities.panels import community_panels
from communities.personal_data import holders
from communities.post.kinds import letter_kinds
from meetings.panels import meeting_panels

from . import panels, telling
from .caring import asking, troubles
from .caring import holding as holding_of_checks
from .desk import sections, stewardship
from .letters.check_letters import CheckLetter, CheckReminder, TroubleLetter
from .letters.passage_letters import PassageLetter

meeting_panels.register("projects", panels.projects_of_meeting)
community_panels.register("a-project", panels.project_of_community)
letter_kinds.register(telling.LETTER_KIND, PassageLetter())
letter_kinds.register(asking.ASKED, CheckLetter())
letter_kinds.register(asking.REMINDED, CheckReminder())
letter_kinds.register(troubles.LETTER_KIND, TroubleLetter())
holders.register("checks", holding_of_checks)
sections.project_sections.register("40-stewardship", stewardship.section)
for stage in stewardship.PASSAGES:
    sections.passage_pages.register(stage, stewardship.page_of(stage))
