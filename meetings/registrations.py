"""What this room adds to the registries of the rooms on its right."""

from communities.panels import community_panels
from communities.personal_data import holders
from communities.post.kinds import letter_kinds

from . import announcing, expected_letters, holding, letters, panels, registering, registration_letters, writing_down
from .change_letters import CancellationLetter, UpdateLetter, WithdrawalLetter
from .debts import LetterOwed

letter_kinds.register(announcing.LETTER_KIND, letters.InvitationLetter())
letter_kinds.register(LetterOwed.UPDATE, UpdateLetter())
letter_kinds.register(LetterOwed.CANCELLATION, CancellationLetter())
letter_kinds.register(LetterOwed.WITHDRAWAL, WithdrawalLetter())
letter_kinds.register(registering.LETTER_KIND, registration_letters.RegistrationLetter())
letter_kinds.register(writing_down.LETTER_KIND, expected_letters.ExpectedLetter())
community_panels.register("meetings", panels.meetings_of_community)
holders.register("meetings", holding)
