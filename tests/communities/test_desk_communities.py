"""What staff do about communities, neighbourhoods and blocked addresses in the admin."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import blocking, consent
from communities.models import Channel, Community, Membership, Neighbourhood, ResidentImport, Role, Suppression
from communities.scopes import scope_of
from tests.communities.factories import CommunityFactory, MembershipFactory, NeighbourhoodFactory, ResidentFactory
from tests.meetings.factories import MeetingPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


# --- Communities -----------------------------------------------------------------------------------------------------


def test_a_community_is_made_with_its_address(desk: Client) -> None:
    facts = {
        "name": "Les bancs",
        "slug": "les-bancs",
        "kind": "theme",
        "summary": "S'asseoir ensemble.",
        "description": "",
    }

    answer = desk.post(reverse("communities_desk:add"), facts | {"neighbourhood": ""})

    assert answer.status_code == 302, answer.context["form"].errors
    assert Community.objects.get().get_absolute_url() == "/communautes/les-bancs/"


def test_members_get_a_role_and_leave(desk: Client) -> None:
    membership = MembershipFactory()
    inspect = reverse("communities_desk:inspect", args=[membership.community_id])
    assert str(membership.resident) in desk.get(inspect).content.decode()

    desk.post(reverse("communities_desk:change_role", args=[membership.pk]), {"role": Role.COORDINATOR})
    membership.refresh_from_db()
    assert membership.role == Role.COORDINATOR

    desk.post(reverse("communities_desk:let_leave", args=[membership.pk]))
    assert not Membership.objects.exists()
    assert not consent.scopes_held(resident=membership.resident, channel=Channel.EMAIL)


def test_a_role_that_does_not_exist_changes_nothing(desk: Client) -> None:
    membership = MembershipFactory()

    desk.post(reverse("communities_desk:change_role", args=[membership.pk]), {"role": "king"})

    membership.refresh_from_db()
    assert membership.role == Role.MEMBER


def test_a_community_that_is_needed_stays_and_says_by_whom(desk: Client) -> None:
    community = CommunityFactory(name="Le jardin", members=ResidentFactory.create_batch(2))
    ResidentImport.objects.create(file_name="liste.csv", report={}, community=community, uploaded_at=timezone.now())

    answer = desk.post(reverse("communities_desk:delete", args=[community.pk]), follow=True)

    said = (
        " ".join(answer.content.decode().split())
        .partition("“Le jardin” stays, because of these: ")[2]
        .partition("<")[0]
    )
    assert said.strip() == "consents (2), import of residents “liste.csv”, memberships (2)."
    assert Community.objects.exists()


def test_a_community_that_someone_agreed_to_hear_of_or_a_meeting_invites_stays(desk: Client) -> None:
    community = CommunityFactory(name="Le jardin")
    ResidentFactory(allows=[scope_of(community)])
    MeetingPageFactory(title="Les semis", communities=[community])

    answer = desk.post(reverse("communities_desk:delete", args=[community.pk]), follow=True)

    said = " ".join(answer.content.decode().split())
    assert "meeting “Les semis”" in said
    assert "consent" in said.partition("stays, because of these:")[2]
    assert Community.objects.exists()


def test_a_neighbourhood_where_somebody_lives_stays(desk: Client) -> None:
    neighbourhood = NeighbourhoodFactory(name="Bellevue")
    ResidentFactory.create_batch(2, neighbourhood=neighbourhood)

    answer = desk.post(reverse("neighbourhoods:delete", args=[neighbourhood.pk]), follow=True)

    assert "“Bellevue” stays, because of these: residents (2)." in " ".join(answer.content.decode().split())
    assert Neighbourhood.objects.exists()


def test_a_community_without_members_can_go(desk: Client) -> None:
    community = CommunityFactory()

    desk.post(reverse("communities_desk:delete", args=[community.pk]))

    assert not Community.objects.exists()


def test_a_neighbourhood_is_made_and_counted(desk: Client) -> None:
    desk.post(reverse("neighbourhoods:add"), {"name": "Cité 5", "slug": "cite-5", "description": ""})
    ResidentFactory(neighbourhood=Neighbourhood.objects.get())

    page = desk.get(reverse("neighbourhoods:index"))

    assert [row.resident_count for row in page.context["object_list"]] == [1]


# --- Blocked addresses -----------------------------------------------------------------------------------------------


def test_an_address_is_blocked_by_hand_and_lifted(desk: Client) -> None:
    desk.post(reverse("suppressions:add"), {"address": "ada@example.org", "reason": "Asked by telephone"})
    blocked = Suppression.objects.get()
    assert Suppression.objects.blocking(["ADA@example.org"]) == {"ada@example.org"}

    page = desk.get(reverse("suppressions:edit", args=[blocked.pk])).content.decode()
    assert "Asked by telephone" in page
    desk.post(reverse("suppressions:edit", args=[blocked.pk]))

    assert not Suppression.objects.blocking(["ada@example.org"])
    assert Suppression.objects.get().lifted_at


def test_an_address_blocked_twice_stays_blocked_once() -> None:
    first = blocking.block(address="ada@example.org", reason="550", now=timezone.now())

    second = blocking.block(address=" ADA@example.org", reason="551", now=timezone.now())

    assert second == first
    assert second.reason == "550"
