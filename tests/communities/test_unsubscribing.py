"""What happens when someone stops the letters."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import consent, links, signing_up, unsubscribing
from communities.models import Channel, Topic, Town
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


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_mail_programs_own_button_stops_the_list_it_names_and_no_other(kind: str) -> None:
    resident = ResidentFactory(allows=[consent.TOWN])
    body = "List-Unsubscribe=One-Click"
    if kind.startswith("multipart"):
        body = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'

    answers = [press(unsubscribing.token_of(resident, Topic.INVITATIONS), body, kind) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [len(answer.cookies) for answer in answers] == [0, 0]
    assert [muted.topic for muted in resident.muted_topics.all()] == [Topic.INVITATIONS]
    assert consent.scopes_held(resident=resident, channel=Channel.EMAIL) == {"town"}


def test_the_button_of_a_letter_of_no_list_stops_all_announcements() -> None:
    resident = ResidentFactory(allows=[consent.TOWN])

    assert press(unsubscribing.token_of(resident)).status_code == 200

    assert not consent.scopes_held(resident=resident, channel=Channel.EMAIL)


def test_the_button_of_somebody_who_is_gone_stops_nothing_and_breaks_nothing() -> None:
    assert press(links.sign(unsubscribing.purpose_of(Topic.NEWS), 999_999)).status_code == 404


def press(
    token: str, body: str = "List-Unsubscribe=One-Click", kind: str = "application/x-www-form-urlencoded"
) -> HttpResponse:
    """What a mail program sends for its reader, who sees no page (RFC 8058 §3.2)."""
    return Client(enforce_csrf_checks=True).post(f"/desinscription/{token}/", body, content_type=kind)


@pytest.mark.parametrize("topic", [None, *Topic])
def test_a_link_knows_its_reader_and_its_list(topic: Topic | None) -> None:
    resident = ResidentFactory()

    token = unsubscribing.token_of(resident, topic)

    assert (unsubscribing.find(token=token), unsubscribing.topic_of(token=token)) == (resident, topic)


def test_looking_at_the_way_out_of_a_list_changes_nothing(client: Client) -> None:
    resident = ResidentFactory(allows=[consent.TOWN])
    link = f"/desinscription/{unsubscribing.token_of(resident, Topic.INVITATIONS)}/"

    pages = [client.get(link), client.head(link)]

    assert [page.status_code for page in pages] == [200, 200]
    assert "Ne plus recevoir" in pages[0].content.decode()
    assert not resident.muted_topics.exists()


def test_one_list_is_stopped_by_its_own_button_on_the_page(client: Client) -> None:
    resident = ResidentFactory(allows=[consent.TOWN])
    link = f"/desinscription/{unsubscribing.token_of(resident, Topic.INVITATIONS)}/"

    page = client.post(link, {"what": Topic.INVITATIONS}, follow=True)

    assert page.redirect_chain == [(f"{link}?stopped=invitations", 302)]
    assert page.context["stopped"] == "invitations aux réunions"
    assert page.context["topic"] is None
    assert resident.muted_topics.exists()


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

    assert "Pour recevoir l’annonce des réunions" in page
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
