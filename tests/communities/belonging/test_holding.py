"""What a person is told of their belonging, and what goes with them."""

from datetime import UTC, datetime

import pytest

from communities import personal_data
from communities.belonging import holding
from communities.models import MembershipRequest, NeighbourInvitation
from tests.communities.factories import (
    MembershipFactory,
    MembershipRequestFactory,
    NeighbourInvitationFactory,
    ResidentFactory,
)

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_everything_is_told() -> None:
    resident = ResidentFactory()
    MembershipFactory(resident=resident, shown_as="Mamie")
    MembershipRequestFactory(resident=resident, words="Mes mots", reply="Les leurs")
    NeighbourInvitationFactory(inviter=resident)
    NeighbourInvitationFactory(invited=resident)

    told = personal_data.held_on(resident=resident)

    assert told["Your communities"][0]["name shown to the others"] == "Mamie"
    (asked,) = told["What you asked of communities"]
    assert (asked["in their words"], asked["words with the answer"]) == ("Mes mots", "Les leurs")
    assert len(told["The neighbours you invited"]) == 1
    assert len(told["The communities to which neighbours invited you"]) == 1


def test_what_is_told_names_nobody_else() -> None:
    invitation = NeighbourInvitationFactory(invited=ResidentFactory(email="voisin@example.org", name="Basile Coron"))

    told = str(holding.export(invitation.inviter)) + str(holding.export(invitation.invited))

    assert "voisin@" not in told
    assert "Basile" not in told
    assert str(invitation.inviter) not in told


def test_requests_and_invitations_go_with_them_and_others_answers_stay() -> None:
    resident = ResidentFactory()
    MembershipRequestFactory(resident=resident)
    NeighbourInvitationFactory(inviter=resident)
    received = NeighbourInvitationFactory(invited=resident)
    answered = MembershipRequestFactory(declined=True, by_coordinator=resident)

    holding.erase(resident=resident, now=NOW)

    assert list(MembershipRequest.objects.all()) == [answered]
    assert list(NeighbourInvitation.objects.all()) == [received]
    answered.refresh_from_db()
    received.refresh_from_db()
    assert (answered.by_coordinator, received.invited) == (None, None)
