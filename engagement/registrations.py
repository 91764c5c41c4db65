"""What this room adds to the pages of the rooms on its right."""

from wagtail.permissions import register_permission_policy

from communities.panels import community_panels, preference_panels, space_panels
from communities.permissions import NeverDeleted
from communities.personal_data import holders
from communities.post.kinds import letter_kinds
from meetings.consequences import consequences
from meetings.desk.pages import meeting_desk_pages
from meetings.elsewhere import answered_elsewhere
from meetings.panels import meeting_doors, meeting_panels
from meetings.said import said_elsewhere

from . import holding, panels, telling
from .caring import asking, troubles
from .caring import holding as holding_of_checks
from .conventions import announcing, on_screen
from .conventions import holding as holding_of_conventions
from .desk import sections
from .desk.caring import passages as stewardship_passages
from .desk.caring import section as stewardship_desk
from .desk.conventions import section as conventions_desk
from .desk.ledger import section as ledger_desk
from .desk.steps import CARE_STEPS
from .desk.story import section as story_desk
from .desk.work_days import of_a_work_day
from .ideas import drafting, submitting, supporting
from .letters import convention_letters, work_day_letters
from .letters.certificate_letters import CertificateLetter
from .letters.check_letters import CheckLetter, CheckReminder, TroubleLetter
from .letters.decision_letters import DecisionLetter
from .letters.idea_letters import ConfirmIdea, DraftLetter, NewsOfAnIdea, SupportLetter
from .letters.news_letters import MilestoneLetter, ProjectNewsLetter
from .letters.passage_letters import PassageLetter
from .models import Convention, HourRate, Idea, Project, YearMeans
from .space import panels as space
from .story import certifying, following
from .story import holding as holding_of_certificates
from .volunteering import answering
from .volunteering import holding as holding_of_volunteers
from .volunteering import panels as work_days
from .volunteering import telling as telling_volunteers
from .volunteering.coordinating import panels as coordinating
from .volunteering.coordinating.sections import run_sections

holders.register("engagement", holding)
holders.register("checks", holding_of_checks)
holders.register("conventions", holding_of_conventions)
holders.register("certificates", holding_of_certificates)
holders.register("volunteers", holding_of_volunteers)

consequences.register("work-days", answering.follow)
answered_elsewhere.register("work-days", work_days.answered_elsewhere)
said_elsewhere.register("work-days", work_days.said_besides)
space_panels.register("20-work-days", work_days.of_space)
meeting_doors.register("work-days", work_days.door_of)
meeting_desk_pages.register("work-days", of_a_work_day.desk_page_of)
meeting_panels.register("projects", panels.projects_of_meeting)
run_sections.register("10-who-comes", coordinating.who_comes)
community_panels.register("a-project", panels.project_of_community)
preference_panels.register("ideas", panels.ideas_of_resident)
space_panels.register("15-work-days-to-run", coordinating.work_days_of_resident)
space_panels.register("50-ideas", panels.ideas_of_resident)
space_panels.register("60-conventions", space.conventions_of_resident)
space_panels.register("70-certificates", space.certificates_of_resident)

letter_kinds.register(telling.LETTER_KIND, PassageLetter())
letter_kinds.register(telling.NEWS_KIND, NewsOfAnIdea())
letter_kinds.register(drafting.LETTER_KIND, DraftLetter())
letter_kinds.register(submitting.LETTER_KIND, ConfirmIdea())
letter_kinds.register(supporting.LETTER_KIND, SupportLetter())
letter_kinds.register(on_screen.REQUEST_LETTER, convention_letters.RequestLetter())
letter_kinds.register(on_screen.CODE_LETTER, convention_letters.CodeLetter())
letter_kinds.register(announcing.SIGNED_LETTER, convention_letters.SignedLetter())
letter_kinds.register(announcing.NOTICE_LETTER, convention_letters.NoticeLetter())
letter_kinds.register(announcing.ENDED_LETTER, convention_letters.EndedLetter())
letter_kinds.register(asking.ASKED, CheckLetter())
letter_kinds.register(asking.REMINDED, CheckReminder())
letter_kinds.register(troubles.LETTER_KIND, TroubleLetter())
letter_kinds.register(following.MILESTONE, MilestoneLetter())
letter_kinds.register(following.DIGEST, ProjectNewsLetter())
letter_kinds.register(certifying.LETTER_KIND, CertificateLetter())
letter_kinds.register(telling_volunteers.HELD_LETTER, work_day_letters.ConfirmLetter())
letter_kinds.register(telling_volunteers.CONFIRMED_LETTER, work_day_letters.SignedUpLetter())
letter_kinds.register(telling_volunteers.MOVED_UP_LETTER, work_day_letters.PlaceLetter())
letter_kinds.register(telling_volunteers.WITHDRAWN_LETTER, work_day_letters.WithdrawnLetter())
letter_kinds.register(telling_volunteers.LEADER_LETTER, work_day_letters.LeaderLetter())
letter_kinds.register(telling_volunteers.HOURS_LETTER, work_day_letters.HoursLetter())
letter_kinds.register(telling_volunteers.STRUCK_LETTER, work_day_letters.StruckLetter())
letter_kinds.register(telling_volunteers.DECIDED_LETTER, DecisionLetter())
letter_kinds.register(telling_volunteers.LIFT_LETTER, work_day_letters.LiftLetter())
letter_kinds.register(telling_volunteers.LIFT_LOST_LETTER, work_day_letters.LiftLostLetter())

sections.project_sections.register("20-conventions", conventions_desk.conventions_of)
sections.project_sections.register("30-ledger", ledger_desk.of)
sections.project_sections.register("40-stewardship", stewardship_desk.section)
sections.project_sections.register("60-story", story_desk.section)

for stage, page in conventions_desk.PASSAGES.items():
    sections.passage_pages.register(stage, page)
for stage in CARE_STEPS:
    sections.passage_pages.register(stage, stewardship_passages.page_of(stage))

register_permission_policy(Idea, NeverDeleted(Idea))
register_permission_policy(Project, NeverDeleted(Project))
register_permission_policy(Convention, NeverDeleted(Convention))
register_permission_policy(HourRate, NeverDeleted(HourRate))
register_permission_policy(YearMeans, NeverDeleted(YearMeans))
