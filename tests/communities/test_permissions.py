"""What the pages of this room's desk show to whom; who may open which is in tests/server/test_staff_matrix.py."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from communities.models import Membership
from communities.viewsets import ResidentsGroup
from tests.communities.factories import (
    MembershipFactory,
)
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

C, P = "communication", "participation"


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
        (P, ["residents", "communities_desk", "neighbourhoods", "resident_imports", "doubles", "suppressions"]),
    ],
)
def test_the_menu_shows_each_group_what_it_may_open(client: Client, rf, group: str, entries: list[str]) -> None:
    user: User = StaffFactory(**{group: True})
    request = rf.get("/admin/")
    request.user = user

    shown = [viewset.name for viewset in ResidentsGroup().registerables if viewset.get_menu_item().is_shown(request)]

    assert shown == entries
