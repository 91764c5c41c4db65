"""A resident's communities in their space: what each sees of them, and what each button does."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import consent, membership
from communities.belonging import inviting
from communities.models import Channel, Community, MembershipRequest, NeighbourInvitation, Outcome, Resident, Role
from tests import visible
from tests.communities.factories import (
    CommunityFactory,
    MembershipFactory,
    MembershipRequestFactory,
    ResidentFactory,
)
from tests.communities.space.coming_in import signed_in

pytestmark = pytest.mark.django_db


def page_of(community: Community) -> str:
    return reverse("communities:space_community", args=[community.slug])


def enter(client: Client, resident: Resident) -> Client:
    return signed_in(client, resident, now=timezone.now())


def press(client: Client, community: Community, what: str, **said: Any) -> str:
    """The words of the page that follows."""
    answer = client.post(page_of(community), {"what": what, **said}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


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


# --- What each may do: by hand, whatever the page shows ------------------------------------------------------

ACTS: dict[str, dict[str, Any]] = {
    "leave": {},
    "propose": {"words": "Volontiers"},
    "invite": {"shown_as": "Ada", "address": "basile@example.org"},
    "show_as": {"shown_as": "Mamie"},
    "answer": {"answer": "yes", "reply": ""},
}


def whoever(who: str, community: Community) -> Resident:
    visitor = ResidentFactory(name="Quelqu’un")
    if who == "elsewhere":
        MembershipFactory(coordinator=True, resident=visitor)
    if who in ("member", "coordinator"):
        MembershipFactory(community=community, role=Role(who), resident=visitor)
    return visitor


def changed(community: Community, resident: Resident) -> dict[str, bool]:
    joined = membership.find(community=community, resident=resident)
    return {
        "propose": resident.membership_requests.filter(community=community).exists(),
        "invite": resident.neighbours_invited.filter(community=community).exists(),
        "show_as": bool(joined and joined.shown_as),
        "answer": not community.requests.to_enter().waiting().exists(),
    }


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("outsider", set()),
        ("elsewhere", set()),
        ("member", {"propose", "invite", "show_as"}),
        ("coordinator", {"invite", "show_as", "answer"}),
    ],
)
def test_each_does_what_is_theirs_and_nothing_else(client: Client, who: str, may: set[str]) -> None:
    community = CommunityFactory(is_closed=True)
    request = MembershipRequestFactory(community=community)
    resident = whoever(who, community)
    enter(client, resident)

    for what in ("show_as", "invite", "answer", "propose"):
        said = {**ACTS[what], **({"request": request.pk} if what == "answer" else {})}
        press(client, community, what, **said)

    assert {what for what, is_so in changed(community, resident).items() if is_so} == may


def test_a_coordinator_cannot_answer_for_another_community(client: Client) -> None:
    elsewhere = MembershipRequestFactory()
    mine = MembershipFactory(coordinator=True)
    enter(client, mine.resident)

    press(client, mine.community, "answer", request=elsewhere.pk, answer="yes")
    press(client, elsewhere.community, "answer", request=elsewhere.pk, answer="yes")

    elsewhere.refresh_from_db()
    assert elsewhere.is_waiting


def test_a_coordinator_cannot_make_coordinators(client: Client) -> None:
    mine = MembershipFactory(coordinator=True)
    offer = MembershipRequestFactory(
        community=mine.community, resident=MembershipFactory(community=mine.community).resident, to_coordinate=True
    )
    enter(client, mine.resident)

    press(client, mine.community, "answer", request=offer.pk, answer="yes")

    offer.refresh_from_db()
    assert offer.is_waiting


@pytest.mark.parametrize("request_pk", ["", "0", "-1", "x", "9" * 30, "\x00"])
def test_a_number_that_is_none_answers_nothing(client: Client, request_pk: str) -> None:
    request = MembershipRequestFactory()
    enter(client, MembershipFactory(community=request.community, coordinator=True).resident)

    press(client, request.community, "answer", request=request_pk, answer="yes")

    request.refresh_from_db()
    assert request.is_waiting


@pytest.mark.parametrize("what", ["", "nothing", "\x00", "__class__"])
def test_a_button_that_is_none_does_nothing(client: Client, what: str) -> None:
    joined = MembershipFactory()
    enter(client, joined.resident)

    press(client, joined.community, what)

    assert membership.find(community=joined.community, resident=joined.resident)


# --- What each sees ------------------------------------------------------------------------------------------


@pytest.fixture
def community() -> Community:
    """A closed one of six people, of whom everything is known, and one who asks."""
    found: Community = CommunityFactory(is_closed=True)
    MembershipFactory(community=found, coordinator=True, resident=known("Ada Terril"))
    MembershipFactory(community=found, resident=known("Basile Coron"))
    MembershipFactory(community=found, resident=known("nora.chevalet@example.org"))
    MembershipRequestFactory(community=found, resident=known("Félix Gaillette"), given_name="Félix Gaillette")
    return found


def known(name: str) -> Resident:
    number = Resident.objects.count()
    resident: Resident = ResidentFactory(
        name=name,
        second_name="Inès Briquette",
        email=f"secret-{number}@example.org",
        phone=f"01990007{number:02}",
        street=f"{number} rue Secrète",
    )
    return resident


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("outsider", set()),
        ("elsewhere", set()),
        ("member", {"Ada T."}),
        ("coordinator", {"Ada T.", "Basile C.", "Félix Gaillette"}),
    ],
)
def test_each_sees_the_names_that_are_for_them_and_no_address(
    client: Client, community: Community, who: str, seen: set[str]
) -> None:
    enter(client, whoever(who, community))

    page = client.get(page_of(community)).content.decode()

    assert {name for name in ("Ada T.", "Basile C.", "Félix Gaillette") if name in page} == seen
    for private in ("Terril", "Coron", "Briquette", "secret-", "nora.chevalet", "0199", "01 99", "Secrète"):
        assert private not in page


def test_the_list_tells_nothing_of_anybody(client: Client, community: Community) -> None:
    enter(client, ResidentFactory(name="Zoé"))

    page = client.get(reverse("communities:space_communities")).content.decode()

    assert community.name in page
    for private in ("Ada", "Basile", "Félix", "secret-"):
        assert private not in page


def test_the_first_page_of_my_space_names_my_communities_and_who_waits_for_me(
    client: Client, community: Community
) -> None:
    enter(client, community.memberships.get(role=Role.COORDINATOR).resident)

    page = client.get(reverse("communities:space")).content.decode()

    assert community.name in page
    assert "1 personne demande à entrer" in page


def test_a_member_of_a_large_community_waits_no_longer(client: Client, django_assert_max_num_queries) -> None:
    community = CommunityFactory()
    for resident in ResidentFactory.create_batch(12):
        MembershipFactory(community=community, resident=resident)
    MembershipRequestFactory.create_batch(3, community=community)
    enter(client, MembershipFactory(community=community, coordinator=True).resident)

    with django_assert_max_num_queries(15):
        client.get(page_of(community))


def test_nobody_comes_in_without_a_session(client: Client, community: Community) -> None:
    answer = client.get(page_of(community))

    assert answer.status_code == 302
    assert reverse("communities:space_enter") in answer.headers["Location"]
    assert client.post(page_of(community), {"what": "enter"}).status_code == 403
