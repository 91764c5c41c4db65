"""What the letters about belonging say, and when they no longer leave."""

from datetime import UTC, datetime

import pytest

from communities import membership
from communities.belonging import answering, asking, inviting
from communities.models import Mailing, Origin, Resident, Role
from communities.post import checking
from communities.post.kinds import letter_kinds
from tests.communities.factories import (
    CommunityFactory,
    MembershipFactory,
    MembershipRequestFactory,
    NeighbourInvitationFactory,
    ResidentFactory,
)
from tests.factories import StaffFactory
from tests.town import as_read

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def reasons(mailing: Mailing) -> list[str]:
    letters = list(mailing.deliveries.with_overtaken().select_related("resident", "mailing"))
    kind = letter_kinds[mailing.kind]
    return list(checking.reasons(kind=kind, mailing=mailing, deliveries=letters, now=NOW).values())


def asked() -> tuple[Mailing, Resident]:
    """The letter to the coordinator of a community that someone asks to enter."""
    coordinator = MembershipFactory(community__is_closed=True, coordinator=True)
    asking.enter(
        community=coordinator.community,
        resident=ResidentFactory(email="nora@example.org", phone="0199000707"),
        name="Nora Chevalet",
        now=NOW,
    )
    return Mailing.objects.get(), coordinator.resident


def test_a_coordinator_reads_the_name_and_no_address() -> None:
    mailing, _coordinator = asked()

    letter = as_read(mailing)

    assert "Nora Chevalet demande à entrer" in letter.text
    for version in (letter.text, letter.html):
        assert "nora@" not in version
        assert "0199" not in version.replace(" ", "")


def test_it_does_not_leave_once_it_is_answered_or_they_coordinate_no_more() -> None:
    mailing, coordinator = asked()
    assert reasons(mailing) == []

    joined = coordinator.memberships.get()
    membership.set_role(membership=joined, role=Role.MEMBER)
    assert len(reasons(mailing)) == 1

    membership.set_role(membership=joined, role=Role.COORDINATOR)
    request = joined.community.requests.get()
    asking.take_back(request=request, origin=Origin.WEB, now=NOW)
    assert len(reasons(mailing)) == 1


@pytest.mark.parametrize(
    ("to_coordinate", "rule", "said"),
    [
        (False, answering.accept, "vous êtes maintenant membre"),
        (False, answering.decline, "ne peut pas vous accueillir pour l’instant"),
        (True, answering.accept, "répondre à ceux qui demandent à entrer"),
        (True, answering.decline, "Vous restez membre"),
    ],
)
def test_each_answer_has_its_words_and_those_that_came_with_it(to_coordinate: bool, rule, said: str) -> None:
    request = MembershipRequestFactory(to_coordinate=to_coordinate)

    rule(request=request, by=StaffFactory(participation=True), reply="À samedi <b>!</b>", now=NOW)

    letter = as_read(Mailing.objects.get())
    assert said in letter.text
    assert said in letter.html.replace("\n", " ")
    assert "À samedi <b>!</b>" in letter.text
    assert "<b>!" not in letter.html


def test_a_role_that_was_taken_back_meanwhile_is_not_announced() -> None:
    joined = MembershipFactory()
    answering.change_role(membership=joined, role=Role.COORDINATOR, now=NOW)
    mailing = Mailing.objects.get()
    assert reasons(mailing) == []

    membership.set_role(membership=joined, role=Role.MEMBER)
    assert len(reasons(mailing)) == 1

    membership.leave(community=joined.community, resident=joined.resident, origin=Origin.WEB, now=NOW)
    assert len(reasons(mailing)) == 1


def invited(address: str = "basile@example.org") -> Mailing:
    joined = MembershipFactory(community=CommunityFactory(name="Les ruches", summary="Du miel pour tous."))
    inviting.invite(community=joined.community, inviter=joined.resident, shown_as="Ada", address=address, now=NOW)
    return Mailing.objects.get(kind=inviting.LETTER_KIND)


def test_a_neighbour_reads_who_invites_and_how_never_to_be_again() -> None:
    letter = as_read(invited())

    assert letter.subject.replace("\xa0", " ") == "Ada vous propose : Les ruches"
    assert "Du miel pour tous" in letter.text
    assert "/plus-d-invitation/" in letter.text
    assert "/plus-d-invitation/" in letter.html


def test_whoever_said_never_or_came_with_a_file_gets_none() -> None:
    known = ResidentFactory(email="basile@example.org")
    mailing = invited()
    invitation = known.invited_by_neighbours.get()
    assert reasons(mailing) == []

    inviting.never_again(invitation=invitation, now=NOW)

    assert len(reasons(mailing)) == 1


def test_an_invitation_that_was_forgotten_does_not_leave() -> None:
    mailing = invited()
    inviting.NeighbourInvitation.objects.update(invited=None)

    assert len(reasons(mailing)) == 1


def test_a_stranger_who_said_never_is_blocked() -> None:
    mailing = invited()
    inviting.never_again(invitation=NeighbourInvitationFactory(invited=mailing.deliveries.get().resident), now=NOW)

    assert len(reasons(mailing)) == 1
