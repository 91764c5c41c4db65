"""What this room adds to the registries of the rooms on its right."""

from communities.agenda import agenda_sources
from communities.panels import community_panels
from communities.personal_data import holders
from communities.post.kinds import letter_kinds

from . import (
    agenda,
    announcing,
    expected_letters,
    holding,
    letters,
    panels,
    registering,
    registration_letters,
    reminder_letters,
    reminding,
    writing_down,
)
from .models import ReminderKind

letter_kinds.register(announcing.LETTER_KIND, letters.InvitationLetter())
letter_kinds.register(registering.LETTER_KIND, registration_letters.RegistrationLetter())
letter_kinds.register(writing_down.LETTER_KIND, expected_letters.ExpectedLetter())
letter_kinds.register(reminding.LETTER_KINDS[ReminderKind.EVE], reminder_letters.ReminderLetter())
letter_kinds.register(reminding.LETTER_KINDS[ReminderKind.NUDGE], reminder_letters.NudgeLetter())
agenda_sources.register("meetings", agenda.dates)
community_panels.register("meetings", panels.meetings_of_community)
holders.register("meetings", holding)
