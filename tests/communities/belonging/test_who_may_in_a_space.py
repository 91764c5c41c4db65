"""What each may do and see of a community in their space, whatever the page shows."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from communities import membership
from communities.models import Community, Resident, Role
from tests.communities.belonging.in_a_space import enter, page_of, press
from tests.communities.factories import (
    CommunityFactory,
    MembershipFactory,
    MembershipRequestFactory,
    ResidentFactory,
)

pytestmark = pytest.mark.django_db


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
