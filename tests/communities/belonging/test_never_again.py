"""The page behind the letter of a neighbour."""

import pytest
from django.test import Client
from django.urls import reverse

from communities import blocking
from communities.belonging import inviting
from communities.models import NeighbourInvitation
from tests.communities.factories import NeighbourInvitationFactory

pytestmark = pytest.mark.django_db


def address_of(invitation: NeighbourInvitation) -> str:
    return reverse("communities:never_invite", args=[inviting.token_of(invitation)])


def test_opening_changes_nothing_and_pressing_blocks_the_address(client: Client) -> None:
    invitation = NeighbourInvitationFactory()
    address = address_of(invitation)

    for method in (client.get, client.head):
        assert method(address).status_code == 200
    assert not blocking.is_blocked(invitation.invited.email)

    page = client.post(address, follow=True).content.decode()
    assert "C’est fait" in page
    assert blocking.is_blocked(invitation.invited.email)


def test_pressing_twice_says_the_same(client: Client) -> None:
    address = address_of(NeighbourInvitationFactory())

    pages = [client.post(address, follow=True).content for _time in range(2)]

    assert pages[0] == pages[1]


@pytest.mark.parametrize("token", ["abc", "a" * 24, "é"])
def test_a_broken_link_says_where_to_go(client: Client, token: str) -> None:
    assert client.get(reverse("communities:never_invite", args=[token])).status_code == 404


def test_once_forgotten_there_is_nothing_left_to_block(client: Client) -> None:
    invitation = NeighbourInvitationFactory(invited=None)

    assert client.post(address_of(invitation)).status_code == 404
