"""A yes in somebody's own words counts for the date that they read of, and for no other."""

from collections.abc import Callable

import pytest

from communities.models import Delivery, InboundState
from meetings.letters import invitation_letters
from meetings.models import Choice, Invitation
from tests import mails
from tests.meetings.factories import AnnouncementFactory, InvitationFactory
from tests.meetings.inbound.answering import answer_of, arrive, moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def says_yes(invitation: Invitation) -> Callable[..., str]:
    """Jeanne answers these of our letters; what became of it."""

    def write(*letters: str) -> str:
        to = invitation_letters.organizer_address(invitation.resident.token)
        named = " ".join(f"<{letter}@{mails.DOMAIN}>" for letter in letters)
        return arrive(mails.words("Oui", to=to, headers={"References": named})).state

    return write


def test_a_yes_to_a_letter_about_an_earlier_date_is_asked_again(
    invitation: Invitation, says_yes: Callable[..., str]
) -> None:
    moved(invitation)

    assert says_yes(f"inv-{invitation.pk}-0") == InboundState.HANDLED

    assert answer_of(invitation) is None
    assert Delivery.objects.get().order == 1


def test_a_yes_to_the_letter_about_the_change_counts(invitation: Invitation, says_yes: Callable[..., str]) -> None:
    moved(invitation)

    says_yes(f"inv-{invitation.pk}-0", f"upd-{invitation.pk}-1")

    answer = answer_of(invitation)
    assert answer
    assert answer[0] == Choice.YES


def test_the_letter_about_a_change_says_which_of_two_meetings_is_meant(
    invitation: Invitation, says_yes: Callable[..., str]
) -> None:
    other = InvitationFactory(resident=invitation.resident)
    AnnouncementFactory(meeting=other.meeting)

    says_yes(f"upd-{other.pk}-0")

    assert answer_of(other)
    assert answer_of(invitation) is None
