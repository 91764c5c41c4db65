"""A resident's communities in their space: what each sees of them, and what each button does."""

import pytest
from django.test import Client
from django.utils import timezone

from communities import consent, membership
from communities.belonging import inviting
from communities.models import Channel, MembershipRequest, NeighbourInvitation, Outcome, Role
from tests import visible
from tests.communities.belonging.in_a_space import enter, press
from tests.communities.factories import (
    CommunityFactory,
    MembershipFactory,
    MembershipRequestFactory,
    ResidentFactory,
)

pytestmark = pytest.mark.django_db


# --- Coming in, asking, leaving ------------------------------------------------------------------------------


def test_one_joins_and_leaves_and_joins_again(client: Client) -> None:
    community, resident = CommunityFactory(), ResidentFactory()
    enter(client, resident)

    for _time in range(2):
        press(client, community, "enter")
        assert membership.find(community=community, resident=resident)
        assert consent.scopes_held(resident=resident, channel=Channel.EMAIL) == {consent.scope_of(community)}

        page = press(client, community, "leave")
        assert "Vous avez quitté cette communauté" in page
        assert not membership.find(community=community, resident=resident)
        assert not consent.scopes_held(resident=resident, channel=Channel.EMAIL)


def test_one_asks_a_closed_community_and_takes_it_back(client: Client) -> None:
    community, resident = CommunityFactory(is_closed=True), ResidentFactory()
    enter(client, resident)

    page = press(client, community, "enter", words="J’habite à côté.")
    assert "Vous avez demandé à entrer" in page
    assert MembershipRequest.objects.get().words == "J’habite à côté."

    page = press(client, community, "take_back")
    assert "Votre demande est retirée" in page
    assert MembershipRequest.objects.get().outcome == Outcome.WITHDRAWN


def test_pressing_twice_does_no_more(client: Client) -> None:
    community, resident = CommunityFactory(is_closed=True), ResidentFactory()
    enter(client, resident)

    press(client, community, "enter")
    press(client, community, "enter")

    assert MembershipRequest.objects.count() == 1


def test_an_answer_that_came_meanwhile_is_said(client: Client) -> None:
    request = MembershipRequestFactory(declined=True)
    enter(client, request.resident)

    page = press(client, request.community, "take_back")

    assert "Quelqu’un a déjà répondu" in page


def test_a_member_offers_to_coordinate(client: Client) -> None:
    joined = MembershipFactory()
    enter(client, joined.resident)

    page = press(client, joined.community, "propose", words="Volontiers")

    assert "Merci" in page
    assert MembershipRequest.objects.get().role == Role.COORDINATOR


def test_one_chooses_the_name_that_the_others_see(client: Client) -> None:
    joined = MembershipFactory()
    enter(client, joined.resident)

    press(client, joined.community, "show_as", shown_as="Mamie Ada")
    joined.refresh_from_db()
    assert joined.called == "Mamie Ada"

    page = press(client, joined.community, "show_as", shown_as="ada@example.org")
    assert "ada@example.org" in page  # what was typed stays, with what is wrong
    joined.refresh_from_db()
    assert joined.called == "Mamie Ada"


# --- Inviting ------------------------------------------------------------------------------------------------


def test_a_member_invites_a_neighbour_and_reads_the_same_the_second_time(client: Client) -> None:
    joined = MembershipFactory()
    enter(client, joined.resident)
    said = {"shown_as": "Ada", "address": "basile@example.org"}

    pages = [visible.of(press(client, joined.community, "invite", **said)).read for _time in range(2)]

    assert pages[0] == pages[1]
    assert NeighbourInvitation.objects.filter(is_sent=True).count() == 1


def test_the_sixth_of_a_week_is_refused_with_its_reason(client: Client) -> None:
    joined = MembershipFactory()
    for number in range(inviting.MOST):
        inviting.invite(
            community=joined.community,
            inviter=joined.resident,
            shown_as="Ada",
            address=f"voisin-{number}@example.org",
            now=timezone.now(),
        )
    enter(client, joined.resident)

    page = press(client, joined.community, "invite", shown_as="Ada", address="encore@example.org")

    assert "cinq personnes cette semaine" in page
    assert "encore@example.org" in page


@pytest.mark.parametrize(
    "said",
    [
        {"shown_as": "Ada", "address": "personne"},
        {"shown_as": "www.publicite.example", "address": "basile@example.org"},
        {"shown_as": "Ada\x00", "address": "basile@example.org"},
        {"shown_as": "A" * 10_000, "address": "basile@example.org"},
        {"shown_as": "", "address": "basile@example.org"},
    ],
)
def test_what_no_letter_may_carry_is_refused(client: Client, said: dict[str, str]) -> None:
    joined = MembershipFactory()
    enter(client, joined.resident)

    press(client, joined.community, "invite", **said)

    assert not NeighbourInvitation.objects.exists()
