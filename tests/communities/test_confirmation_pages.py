"""What the link in the confirmation letter shows, and what its button does."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import consent, links, signing_up
from communities.models import Channel, SignUp
from tests.communities.factories import CommunityFactory, SignUpFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_other_rooms")]


def test_opening_the_link_shows_who_and_what_and_changes_nothing(client: Client) -> None:
    community = CommunityFactory(name="Les bancs de la cité")
    sign_up = SignUpFactory(given_name="Ada Terril")
    sign_up.communities.add(community)

    page = client.get(f"/confirmer/{signing_up.token_of(sign_up)}/").content.decode()

    assert "Ada Terril" in page
    assert "Les bancs de la cité" in page
    assert sign_up.resident.email not in page
    assert SignUp.objects.get().confirmed_at is None


def test_pressing_the_button_confirms_and_shows_it(client: Client) -> None:
    sign_up = SignUpFactory()
    path = f"/confirmer/{signing_up.token_of(sign_up)}/"

    page = client.post(path, follow=True)

    assert page.redirect_chain == [(path, 302)]
    assert consent.scopes_held(resident=sign_up.resident, channel=Channel.EMAIL) == {"town"}
    assert "<form" not in page.content.decode().partition("<main")[2].partition("</main")[0]


@pytest.mark.parametrize("deed", ["get", "post"])
def test_every_link_that_does_not_work_gets_the_same_kind_page(client: Client, deed: str) -> None:
    sign_up = SignUpFactory(created_at=timezone.now() - timedelta(days=31))
    token = signing_up.token_of(sign_up)
    paths = [
        f"/confirmer/{token}/",
        f"/confirmer/{token[:-1]}/",
        "/confirmer/é'!/",
        f"/confirmer/{links.sign('confirm-sign-up', 10**9)}/",
        f"/desinscription/{token}/",
    ]

    pages = [getattr(client, deed)(path) for path in paths]

    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert reverse("communities:sign_up") in pages[0].content.decode()
