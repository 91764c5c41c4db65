"""What this room adds to the registries of the rooms on its right."""

from communities.agenda import agenda_sources
from communities.inbound.handlers import mail_handlers
from communities.panels import community_panels, preference_panels, space_panels
from communities.personal_data import holders
from communities.post.kinds import letter_kinds

from . import agenda, announcing, holding, panels, registering, reminding, space_panel
from .by_hand import writing_down
from .inbound import inbox
from .letters import (
    expected_letters,
    invitation_letters,
    registration_letters,
    reminder_letters,
    seat_letters,
    waiting_letters,
)
from .letters.change_letters import CancellationLetter, UpdateLetter, WithdrawalLetter
from .models import ReminderKind
from .seating import offers, waiting
from .updates.debts import LetterOwed

letter_kinds.register(announcing.LETTER_KIND, invitation_letters.InvitationLetter())
letter_kinds.register(LetterOwed.UPDATE, UpdateLetter())
letter_kinds.register(LetterOwed.CANCELLATION, CancellationLetter())
letter_kinds.register(LetterOwed.WITHDRAWAL, WithdrawalLetter())
letter_kinds.register(registering.LETTER_KIND, registration_letters.RegistrationLetter())
letter_kinds.register(writing_down.LETTER_KIND, expected_letters.ExpectedLetter())
letter_kinds.register(reminding.LETTER_KINDS[ReminderKind.EVE], reminder_letters.ReminderLetter())
letter_kinds.register(reminding.LETTER_KINDS[ReminderKind.NUDGE], reminder_letters.NudgeLetter())
agenda_sources.register("meetings", agenda.dates)
letter_kinds.register(waiting.WAITING_LETTER, waiting_letters.WaitingLetter())
letter_kinds.register(offers.OFFER_LETTER, waiting_letters.OfferLetter())
letter_kinds.register(offers.LAPSED_LETTER, waiting_letters.LapsedLetter())
letter_kinds.register(offers.SEATED_LETTER, waiting_letters.SeatedLetter())
community_panels.register("meetings", panels.meetings_of_community)
preference_panels.register("calendar", panels.calendar_of_resident)
space_panels.register("10-meetings", space_panel.meetings_of_resident)
holders.register("meetings", holding)
letter_kinds.register(seat_letters.LETTER_KIND, seat_letters.NoSeatLetter())
mail_handlers.register(inbox.HANDLER, inbox.Answers())
