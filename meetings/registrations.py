"""What this room adds to the registries of the rooms on its right."""

from communities.panels import community_panels
from communities.personal_data import holders
from communities.post.kinds import letter_kinds

from . import (
    announcing,
    expected_letters,
    holding,
    letters,
    offers,
    panels,
    registering,
    registration_letters,
    waiting,
    waiting_letters,
    writing_down,
)

letter_kinds.register(announcing.LETTER_KIND, letters.InvitationLetter())
letter_kinds.register(registering.LETTER_KIND, registration_letters.RegistrationLetter())
letter_kinds.register(writing_down.LETTER_KIND, expected_letters.ExpectedLetter())
letter_kinds.register(waiting.WAITING_LETTER, waiting_letters.WaitingLetter())
letter_kinds.register(offers.OFFER_LETTER, waiting_letters.OfferLetter())
letter_kinds.register(offers.LAPSED_LETTER, waiting_letters.LapsedLetter())
letter_kinds.register(offers.SEATED_LETTER, waiting_letters.SeatedLetter())
community_panels.register("meetings", panels.meetings_of_community)
holders.register("meetings", holding)
