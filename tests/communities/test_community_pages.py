"""What a visitor sees of communities."""

from datetime import datetime

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from communities import panels
from communities.models import Community
from communities.panels import community_panels
from tests.communities.factories import CommunityFactory, MembershipFactory, NeighbourhoodFactory, ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_other_rooms")]


def test_communities_are_listed_in_french_order_with_their_numbers(client: Client) -> None:
    CommunityFactory(name="Zones humides")
    MembershipFactory(community=CommunityFactory(name="Écoles à vélo"))

    page = client.get("/communautes/")

    names = [community.name for community in page.context["communities"]]
    assert names == ["Écoles à vélo", "Zones humides"]
    assert [community.member_count for community in page.context["communities"]] == [1, 0]


@pytest.mark.parametrize("path", ["/communautes/", "/communautes/les-jardins/", "/inscription/"])
def test_no_page_ever_names_a_member(client: Client, path: str) -> None:
    community = CommunityFactory(slug="les-jardins")
    resident = ResidentFactory(name="Basile Coron", email="basile@example.org", second_name="Nora Chevalet")
    MembershipFactory(community=community, resident=resident)

    page = client.get(path).content.decode()

    assert "Basile" not in page
    assert "Nora" not in page
    assert "basile@example.org" not in page


def test_a_list_of_communities_costs_the_same_whatever_its_length(
    client: Client, django_assert_max_num_queries
) -> None:
    for _number in range(3):
        MembershipFactory()
    client.get("/communautes/")

    with django_assert_max_num_queries(8) as few:
        client.get("/communautes/")
    for _number in range(10):
        MembershipFactory()
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/communautes/")


def test_an_empty_list_says_what_will_be_there_and_what_to_do(client: Client) -> None:
    page = client.get("/communautes/").content.decode()

    assert reverse("communities:sign_up") in page


def test_another_room_adds_a_panel_to_the_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def next_meetings(request: HttpRequest, community: Community, now: datetime) -> panels.Panel:
        return "components/notice.html", {"text": f"Bientôt : {community.name}"}

    monkeypatch.setattr(community_panels, "_things", {"next-meetings": next_meetings, "silent": lambda *_any: None})
    community = CommunityFactory(name="Les bancs")

    page = client.get(community.get_absolute_url()).content.decode()

    assert "Bientôt : Les bancs" in page


def test_a_page_of_a_community_stays_within_its_queries(client: Client, django_assert_max_num_queries) -> None:
    community = CommunityFactory(neighbourhood=NeighbourhoodFactory())

    with django_assert_max_num_queries(15):
        client.get(community.get_absolute_url())
