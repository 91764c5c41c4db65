"""Who of the staff may open what: every address of this room's desk, for every group."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from communities.models import Membership, ResidentImport
from communities.viewsets import ResidentsGroup
from tests.communities.factories import (
    CommunityFactory,
    MembershipFactory,
    NeighbourhoodFactory,
    ResidentFactory,
    SuppressionFactory,
)
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

C, P, A = "communication", "participation", "administration"
NOBODY, MANAGERS, EVERYONE = set[str](), {P, A}, {C, P, A}

ADDRESSES: dict[str, set[str]] = {
    "residents:index": MANAGERS,
    "residents:index_results": MANAGERS,
    "residents:add": MANAGERS,
    "residents:edit": MANAGERS,
    "residents:inspect": MANAGERS,
    "residents:held": MANAGERS,
    "residents:history": MANAGERS,
    "residents:history_results": MANAGERS,
    "residents:usage": MANAGERS,
    "residents:delete": NOBODY,
    "communities_desk:index": EVERYONE,
    "communities_desk:index_results": EVERYONE,
    "communities_desk:inspect": EVERYONE,
    "communities_desk:edit": EVERYONE,
    "communities_desk:history": EVERYONE,
    "communities_desk:history_results": EVERYONE,
    "communities_desk:usage": EVERYONE,
    "communities_desk:add": MANAGERS,
    "communities_desk:delete": MANAGERS,
    "communities_desk:change_role": MANAGERS,
    "communities_desk:let_leave": MANAGERS,
    "neighbourhoods:index": MANAGERS,
    "neighbourhoods:index_results": MANAGERS,
    "neighbourhoods:add": MANAGERS,
    "neighbourhoods:edit": MANAGERS,
    "neighbourhoods:delete": MANAGERS,
    "neighbourhoods:history": MANAGERS,
    "neighbourhoods:history_results": MANAGERS,
    "neighbourhoods:usage": MANAGERS,
    "suppressions:index": MANAGERS,
    "suppressions:index_results": MANAGERS,
    "suppressions:add": MANAGERS,
    "suppressions:edit": MANAGERS,
    "suppressions:delete": NOBODY,
    "suppressions:history": MANAGERS,
    "suppressions:history_results": MANAGERS,
    "suppressions:usage": MANAGERS,
    "resident_imports:index": MANAGERS,
    "resident_imports:results": MANAGERS,
    "resident_imports:upload": MANAGERS,
    "resident_imports:sample": MANAGERS,
    "resident_imports:report": MANAGERS,
    "resident_imports:refused": MANAGERS,
    "resident_imports:apply": MANAGERS,
    "resident_imports:drop": MANAGERS,
}
POSTED = {"apply", "drop", "held", "change_role", "let_leave"}


@pytest.fixture
def address_of() -> Callable[[str], str]:
    """The address of a page about something that exists."""
    refused = {"counts": {"refused": 1}, "lines": [[2, "refused", "x", ""]]}
    membership = MembershipFactory()
    things = {
        "residents": ResidentFactory(),
        "communities_desk": CommunityFactory(),
        "neighbourhoods": NeighbourhoodFactory(),
        "suppressions": SuppressionFactory(),
        "resident_imports": ResidentImport.objects.create(
            file_name="x", report=refused, uploaded_at=membership.joined_at
        ),
    }
    collective = {"index", "index_results", "results", "add", "upload", "sample"}

    def address(name: str) -> str:
        space, _colon, view = name.partition(":")
        thing = membership if view in {"change_role", "let_leave"} else things[space]
        return reverse(name, args=[] if view in collective else [thing.pk])

    return address


def opens(client: Client, address: str, view: str) -> bool:
    answer = client.post(address) if view in POSTED else client.get(address)
    assert answer.status_code in {200, 302, 403}, f"{address}: {answer.status_code}"
    return answer.status_code == 200 or (view in POSTED and answer.headers.get("Location") != "/admin/")


@pytest.mark.parametrize("group", [C, P, A])
def test_a_group_opens_the_pages_that_are_for_it_and_no_other(
    client: Client, address_of: Callable[[str], str], group: str
) -> None:
    client.force_login(StaffFactory(**{group: True}))

    opened = {name for name in ADDRESSES if opens(client, address_of(name), name.partition(":")[2])}

    assert opened == {name for name, groups in ADDRESSES.items() if group in groups}


def test_nobody_opens_a_page_without_signing_in(client: Client, address_of: Callable[[str], str]) -> None:
    answers = {name: client.get(address_of(name)) for name in ADDRESSES}

    assert {answer.status_code for answer in answers.values()} == {302}
    assert all("/compte/login/" in answer.headers["Location"] for answer in answers.values())


def test_the_matrix_knows_every_address_of_the_desk(address_of: Callable[[str], str]) -> None:
    registered = {
        viewset.get_url_name(pattern.name)
        for viewset in ResidentsGroup().registerables
        for pattern in viewset.get_urlpatterns()
    }

    assert registered == set(ADDRESSES)


def test_the_communication_team_sees_how_many_and_never_who(client: Client) -> None:
    client.force_login(StaffFactory(communication=True))
    membership = MembershipFactory(resident__name="Zénobie Coron", resident__email="zenobie@example.org")

    for name, args in (("index", []), ("inspect", [membership.community_id]), ("edit", [membership.community_id])):
        page = client.get(reverse(f"communities_desk:{name}", args=args)).content.decode()
        assert "Zénobie" not in page
        assert "zenobie@example.org" not in page
    assert (
        "1 member" in client.get(reverse("communities_desk:inspect", args=[membership.community_id])).content.decode()
    )


def test_the_communication_team_cannot_change_members_by_any_way(client: Client) -> None:
    client.force_login(StaffFactory(communication=True))
    membership = MembershipFactory()

    client.post(reverse("communities_desk:change_role", args=[membership.pk]), {"role": "coordinator"})
    client.post(reverse("communities_desk:let_leave", args=[membership.pk]))

    assert Membership.objects.get().role == "member"


@pytest.mark.parametrize(
    ("group", "entries"),
    [
        (C, ["communities_desk"]),
        (P, ["residents", "communities_desk", "neighbourhoods", "resident_imports", "suppressions"]),
    ],
)
def test_the_menu_shows_each_group_what_it_may_open(client: Client, rf, group: str, entries: list[str]) -> None:
    user: User = StaffFactory(**{group: True})
    request = rf.get("/admin/")
    request.user = user

    shown = [viewset.name for viewset in ResidentsGroup().registerables if viewset.get_menu_item().is_shown(request)]

    assert shown == entries
