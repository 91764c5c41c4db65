"""What happens when someone stops the letters."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import consent, signing_up, unsubscribing
from communities.models import Channel, Town
from tests.communities.factories import (
    MembershipFactory,
    ResidentFactory,
    SignUpFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_other_rooms")]


def test_opening_the_way_out_changes_nothing(client: Client) -> None:
    resident = ResidentFactory(name="Nora Chevalet", allows=[consent.TOWN])

    page = client.get(f"/desinscription/{unsubscribing.token_of(resident)}/").content.decode()

    assert "Nora Chevalet" in page
    assert resident.email not in page
    assert consent.scopes_held(resident=resident, channel=Channel.EMAIL)


def test_one_button_stops_everything(client: Client) -> None:
    resident = ResidentFactory(allows=[consent.TOWN, "community:1"])

    page = client.post(f"/desinscription/{unsubscribing.token_of(resident)}/", follow=True)

    assert page.status_code == 200
    assert not consent.scopes_held(resident=resident, channel=Channel.EMAIL)


def test_a_mail_programs_own_button_is_answered_on_the_spot() -> None:
    resident = ResidentFactory(allows=[consent.TOWN])
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(
        f"/desinscription/{unsubscribing.token_of(resident)}/",
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 200
    assert not answer.cookies
    assert not consent.scopes_held(resident=resident, channel=Channel.EMAIL)


def test_one_community_is_left_without_leaving_the_rest(client: Client) -> None:
    resident = ResidentFactory(allows=[consent.TOWN])
    community = MembershipFactory(resident=resident).community

    client.post(f"/desinscription/{unsubscribing.token_of(resident)}/", {"what": consent.scope_of(community)})

    assert not community.members.exists()
    assert consent.scopes_held(resident=resident, channel=Channel.EMAIL) == {"town"}


def test_what_was_just_left_is_named(client: Client) -> None:
    resident = ResidentFactory(allows=[consent.TOWN])
    orchard = MembershipFactory(resident=resident, community__name="Le verger").community
    link = reverse("communities:unsubscribe", args=[unsubscribing.token_of(resident)])

    page = client.post(link, {"what": consent.scope_of(orchard)}, follow=True)

    assert "Le verger" in page.context["stopped"]
    assert "Nous ne vous écrivons plus au sujet de" in page.content.decode()
    assert "Le verger" in page.content.decode()


def test_what_is_still_followed_is_never_said_to_be_stopped(client: Client) -> None:
    resident = ResidentFactory(allows=[consent.TOWN])

    page = client.get(f"/desinscription/{unsubscribing.token_of(resident)}/", {"stopped": consent.TOWN})

    assert page.context["stopped"] == ""


def test_a_link_that_does_not_work_shows_both_ways_forward(client: Client) -> None:
    Town.load()
    Town.objects.update(phone="0353010203", email="mairie@example.org")

    page = client.get("/desinscription/abc/").content.decode()

    assert "Pour être informé des réunions" in page
    assert reverse("communities:sign_up") in page.partition("<main")[2].partition("</main")[0]
    assert "Pour ne plus recevoir nos messages" in page
    assert "mailto:mairie@example.org" in page


@pytest.mark.parametrize(
    "scope", ["community:999999", f"community:{'9' * 5000}", "community:x", "nonsense", "neighbourhood:1"]
)
def test_leaving_something_that_is_not_there_does_no_harm(client: Client, scope: str) -> None:
    resident = ResidentFactory(allows=[consent.TOWN])

    answer = client.post(f"/desinscription/{unsubscribing.token_of(resident)}/", {"what": scope})

    assert answer.status_code == 302
    assert consent.scopes_held(resident=resident, channel=Channel.EMAIL) == {"town"}


def test_someone_erased_meanwhile_has_no_pages_left(client: Client) -> None:
    sign_up = SignUpFactory(resident__erased_at=timezone.now())

    answers = [
        client.get(f"/confirmer/{signing_up.token_of(sign_up)}/"),
        client.get(f"/desinscription/{unsubscribing.token_of(sign_up.resident)}/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
