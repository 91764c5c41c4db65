"""What search engines are told."""

from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.communities.factories import CommunityFactory
from tests.engagement.factories import ProjectPageFactory
from tests.factories import home_page
from tests.meetings.factories import MeetingPageFactory

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(client: Client) -> list[str]:
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return [location.text or "" for location in tree.iter(f"{NAMESPACE}loc")]


@pytest.fixture
def robots(client: Client) -> RobotFileParser:
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").content.decode().splitlines())
    return parser


@pytest.mark.parametrize(
    "path", ["/", "/reunions/", "/agenda.ics", "/communautes/nature.ics", "/projets/", "/mentions-legales/"]
)
def test_robots_may_read_what_is_public(robots: RobotFileParser, path: str) -> None:
    assert robots.can_fetch("*", path)


@pytest.mark.parametrize("path", ["/admin/", "/compte/login/", "/r/abc/", "/confirmer/abc/", "/desinscription/abc/"])
def test_robots_stay_away_from_what_belongs_to_one_person(robots: RobotFileParser, path: str) -> None:
    assert not robots.can_fetch("*", path)


def test_robots_are_told_where_the_sitemap_is(robots: RobotFileParser) -> None:
    assert robots.site_maps() == ["http://testserver/sitemap.xml"]


def test_the_sitemap_names_every_public_page_and_community(client: Client) -> None:
    meeting = MeetingPageFactory()
    project = ProjectPageFactory()
    community = CommunityFactory(slug="les-jardins")

    listed = addresses(client)

    assert f"https://commune.example{meeting.url}" in listed or f"http://testserver{meeting.url}" in listed
    assert any(address.endswith(project.url) for address in listed)
    assert any(address.endswith(community.get_absolute_url()) for address in listed)


@pytest.mark.parametrize("path", ["/communautes/", "/idees/", "/conventions/", "/moyens/"])
def test_the_sitemap_names_the_lists_that_are_no_pages(client: Client, path: str) -> None:
    assert [address for address in addresses(client) if address.endswith(path)]


def test_the_sitemap_names_no_draft(client: Client) -> None:
    draft = MeetingPageFactory(draft=True)

    assert not [address for address in addresses(client) if address.endswith(draft.url or draft.slug)]


def test_a_longer_sitemap_costs_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    MeetingPageFactory.create_batch(3)
    home_page()
    client.get("/sitemap.xml")
    with django_assert_max_num_queries(15) as of_three:
        client.get("/sitemap.xml")
    MeetingPageFactory.create_batch(20)
    client.get("/sitemap.xml")

    with django_assert_max_num_queries(15) as of_many:
        client.get("/sitemap.xml")

    assert len(of_many) == len(of_three)
