"""What every visitor is served: in French, within fifteen queries, however much there is."""

import json
import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from communities import signing_up
from pages.models import StandardPage
from tests.communities.factories import CommunityFactory, NeighbourhoodFactory, SignUpFactory
from tests.engagement.factories import ProjectFactFactory, ProjectPageFactory
from tests.factories import home_page
from tests.meetings.factories import MeetingPageFactory
from tests.pages.factories import StandardPageFactory

pytestmark = pytest.mark.django_db

LISTS = ["/", "/reunions/", "/reunions/?period=past", "/projets/"]


def populate(number: int) -> None:
    """As many meetings to come, past meetings and projects with pictures."""
    MeetingPageFactory.create_batch(number)
    MeetingPageFactory.create_batch(number, held=True)
    ProjectPageFactory.create_batch(number, pictures=True)


def test_no_list_asks_more_when_there_is_more(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    populate(10)
    asked = {}
    for path in LISTS:
        client.get(path)
        with django_assert_max_num_queries(15) as queries:
            client.get(path)
        asked[path] = len(queries)
    populate(25)

    for path in LISTS:
        client.get(path)
        with django_assert_max_num_queries(15) as queries:
            client.get(path)
        assert len(queries) == asked[path], path


def test_a_full_meeting_page_stays_within_fifteen_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = MeetingPageFactory(
        communities=CommunityFactory.create_batch(3),
        neighbourhoods=NeighbourhoodFactory.create_batch(2),
        agenda=["Accueil", "Le budget"],
        capacity=30,
    )
    client.get(meeting.url)

    with django_assert_max_num_queries(15):
        client.get(meeting.url)


def test_a_full_project_page_stays_within_fifteen_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    community = CommunityFactory()
    project = ProjectPageFactory(community=community, neighbourhood=NeighbourhoodFactory(), pictures=True)
    ProjectFactFactory.create_batch(3, project=project)
    MeetingPageFactory.create_batch(4, communities=[community])
    MeetingPageFactory.create_batch(7, communities=[community], held=True)
    client.get(project.url)

    with django_assert_max_num_queries(15):
        client.get(project.url)


@pytest.mark.parametrize("language", ["en", "en-GB,en;q=0.9", "de", "fr"])
def test_a_public_page_is_french_whatever_the_browser_prefers(client: Client, language: str) -> None:
    home_page()

    page = client.get("/", headers={"accept-language": language})

    assert '<html lang="fr">' in page.content.decode()


@pytest.mark.parametrize("is_demo", [True, False])
def test_invented_data_is_announced_on_every_page(client: Client, settings: Settings, is_demo: bool) -> None:
    settings.DEMO_TOWN = is_demo
    page = client.get(StandardPageFactory().url)

    assert ('class="demo"' in page.content.decode()) is is_demo


def test_an_address_made_of_a_title_has_no_accent() -> None:
    page = home_page().add_child(instance=StandardPage(title="Aménager la place"))

    assert page.slug == "amenager-la-place"


def test_a_page_that_is_not_there_says_so_kindly(client: Client) -> None:
    home_page()

    page = client.get("/nulle-part/")

    assert page.status_code == 404
    assert "/recherche/" in page.content.decode()


def told_to_machines(page: str) -> dict[str, str]:
    """What a page says of itself where it is shared, and the one address it is known by."""
    said = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page))
    return {name: unescape(words) for name, words in said.items()} | dict(
        re.findall(r'<link rel="(canonical)" href="([^"]+)">', page)
    )


def test_pages_outside_the_tree_say_what_they_are_where_they_are_shared(client: Client) -> None:
    home_page()
    community = CommunityFactory(name="Le verger d'« Ada »", summary="Planter & croquer.")
    names = {
        community.get_absolute_url(): "Le verger d'« Ada »",
        "/communautes/": "Communautés",
        "/inscription/": "Recevoir les annonces",
    }

    told = {address: told_to_machines(client.get(f"{address}?about=town").content.decode()) for address in names}

    assert {address: said["og:title"] for address, said in told.items()} == names
    assert all(said["og:description"] == said["description"] != "" for said in told.values())
    assert told[community.get_absolute_url()]["og:description"] == "Planter & croquer."
    for address, said in told.items():
        assert said["canonical"] == said["og:url"] == f"http://testserver{address}"


def test_pages_of_the_tree_say_it_too(client: Client) -> None:
    meeting = MeetingPageFactory(title="Le budget & la cour")

    told = told_to_machines(client.get(meeting.url).content.decode())

    assert told["og:title"] == "Le budget & la cour"
    assert told["og:description"] == told["description"]
    assert told["canonical"] == meeting.full_url


def test_a_page_behind_a_link_of_a_letter_has_no_address_to_share(client: Client) -> None:
    told = told_to_machines(client.get(f"/confirmer/{signing_up.token_of(SignUpFactory())}/").content.decode())

    assert {"canonical", "og:url"}.isdisjoint(told)


def test_a_meeting_tells_machines_the_same_facts(client: Client) -> None:
    meeting = MeetingPageFactory(title="Le budget </script><script>alert(1)</script>")

    page = client.get(meeting.url).content.decode()

    block = re.search(r'<script type="application/ld\+json" nonce="[^"]+">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    event = json.loads(block[1])
    assert event["name"] == meeting.title
    assert event["url"].endswith(meeting.url)
