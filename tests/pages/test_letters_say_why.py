"""Every letter ends with why it came, and where to choose what comes next."""

import pytest

from communities.inbound import forwarding
from communities.post.kinds import letter_kinds
from communities.space import addressing
from engagement.caring import troubles
from engagement.conventions import announcing
from tests import town

pytestmark = pytest.mark.django_db

# Nobody who reads these is a resident: of a signed convention, those who carry it hear by their project's passage.
TO_THE_TOWN_HALL = {forwarding.LETTER_KIND, troubles.LETTER_KIND, announcing.SIGNED_LETTER}
# And these go to an address that is nobody's yet, or no longer.
TO_AN_ADDRESS = {addressing.LETTER_KIND, addressing.TOLD_KIND}


def test_every_letter_says_why_it_came_and_leads_to_what_one_may_choose() -> None:
    feet = {kind: letter.text.partition("\n-- \n")[2] for kind, letter in town.letters().items()}

    assert {kind: foot for kind, foot in feet.items() if "Vous recevez ce message" not in foot.split("\n")[0]} == {}
    nothing_to_choose = {kind for kind, foot in feet.items() if "https://commune.example/p/abc" not in foot}
    assert nothing_to_choose == TO_THE_TOWN_HALL | TO_AN_ADDRESS


def test_a_letter_can_be_stopped_exactly_when_it_needs_a_consent() -> None:
    letters = town.letters()

    stoppable = {kind for kind, letter in letters.items() if "https://commune.example/d/abc" in letter.text}

    assert stoppable == {name for name, kind in letter_kinds.items() if kind.purpose}
    assert stoppable == {kind for kind, letter in letters.items() if "https://commune.example/d/abc" in letter.html}
