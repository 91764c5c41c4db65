"""Does every page keep the rules of the house: one title, one way round, nothing from elsewhere?"""

import re
from html import unescape
from itertools import pairwise

import pytest
from django.test import Client, override_settings

from communities.models import Town
from tests.communities.factories import CommunityFactory, NeighbourhoodFactory
from tests.engagement.factories import ProjectPageFactory
from tests.factories import home_page
from tests.meetings.factories import MeetingPageFactory

pytestmark = pytest.mark.django_db
PAGES = ["/", "/reunions/", "/projets/", "/communautes/", "/inscription/", "/recherche/?q=coron", "/la-demarche/"]


OWN = ("/", "http://testserver/", "https://commune.example/", "http://localhost/")


def has_one_title(page: str) -> bool:
    return page.count("<h1") == 1


def has_one_main_part_and_a_way_to_skip_to_it(page: str) -> bool:
    return page.count("<main") == 1 and 'href="#main"' in page


def is_in_french(page: str) -> bool:
    return '<html lang="fr">' in page


def skips_no_level_of_heading(page: str) -> bool:
    levels = [1, *map(int, re.findall(r"<h(\d)", page))]
    return all(below - above <= 1 for above, below in pairwise(levels))


def carries_no_style_in_its_text(page: str) -> bool:
    return not re.search(r"\sstyle=|<style", page)


def carries_no_script_in_its_text(page: str) -> bool:
    return not re.search(r"\son\w+=|<script(?![^>]*(?:src=|ld\+json))", page)


def loads_nothing_from_elsewhere(page: str) -> bool:
    loaded = re.findall(r'<(?:link|script|img|iframe|source)[^>]+(?:href|src)="([^"]+)"', page)
    return all(source.startswith(OWN) for source in loaded)


def lets_one_call_the_town_hall(page: str) -> bool:
    return 'href="tel:+33353010203"' in page


RULES = [
    has_one_title,
    has_one_main_part_and_a_way_to_skip_to_it,
    is_in_french,
    skips_no_level_of_heading,
    carries_no_style_in_its_text,
    carries_no_script_in_its_text,
    loads_nothing_from_elsewhere,
    lets_one_call_the_town_hall,
]


@pytest.fixture
def town() -> Town:
    """A town with its pages, and a telephone."""
    home_page()
    town = Town.load()
    town.name, town.town_hall, town.phone = "Fosse-les-Briques", "Mairie de Fosse-les-Briques", "0353010203"
    town.save()
    return town


def test_every_page_keeps_the_rules_of_the_house(client: Client, town: Town) -> None:
    meetings = [MeetingPageFactory(), MeetingPageFactory(cancelled=True), MeetingPageFactory(held=True)]
    project = ProjectPageFactory(community=CommunityFactory())
    addresses = [*PAGES, *(page.url for page in meetings), project.url, project.project.community.get_absolute_url()]

    pages = {address: client.get(address).content.decode() for address in addresses}

    broken = [(address, rule.__name__) for address, page in pages.items() for rule in RULES if not rule(page)]
    assert broken == []


@override_settings(DEBUG=False)
def test_a_lost_visitor_finds_the_meetings_again(client: Client, town: Town) -> None:
    answer = client.get("/nulle-part/")

    assert answer.status_code == 404
    assert 'href="/reunions/"' in answer.content.decode()


def test_a_meeting_answers_when_where_and_who_before_it_tells_its_story(client: Client, town: Town) -> None:
    meeting = MeetingPageFactory(body="<p>Il était une fosse.</p>")

    page = client.get(meeting.url).content.decode().split("<main")[1]

    facts = [page.index(words) for words in ('class="facts"', meeting.venue.name, 'id="come"', "Il était une fosse.")]
    assert facts == sorted(facts)


def test_a_cancelled_meeting_says_so_and_why_and_offers_no_seat(client: Client, town: Town) -> None:
    meeting = MeetingPageFactory(cancelled=True)

    page = client.get(meeting.url).content.decode()

    assert "notice--error" in page
    assert "La salle est inondée." in page
    assert 'name="email"' not in page


@pytest.mark.parametrize(
    "state",
    [{}, {"capacity": 0}, {"past": True}, {"held": True}, {"cancelled": True}, {"postponed": True}],
    ids=["to come", "full", "past", "held", "cancelled", "postponed"],
)
def test_whatever_becomes_of_a_meeting_one_can_ask_to_be_told_of_the_next(
    client: Client, town: Town, state: dict[str, object]
) -> None:
    community, centre = CommunityFactory(), NeighbourhoodFactory(name="Centre")
    CommunityFactory(name="La chorale")
    meeting = MeetingPageFactory(communities=[community], neighbourhoods=[centre], **state)

    page = client.get(meeting.url).content.decode()
    (address,) = {unescape(found) for found in re.findall(r'href="(/inscription/\?[^"]+)"', page)}
    form = client.get(address).content.decode()

    assert community.name in form
    assert "Centre" in form
    assert "La chorale" not in form


def test_on_a_meeting_to_come_the_one_main_action_is_to_come(client: Client, town: Town) -> None:
    page = client.get(MeetingPageFactory().url).content.decode()

    main = page.partition("<main")[2].partition("</main")[0]
    buttons = re.findall(r'class="(button[^"]*)"[^>]*>([^<]*)', main)
    assert [words for looks, words in buttons if "quiet" not in looks] == ["Je viens"]


@pytest.mark.parametrize("address", [*PAGES, "/nulle-part/"])
def test_every_page_leads_to_the_sign_up(client: Client, town: Town, address: str) -> None:
    assert 'href="/inscription/"' in client.get(address).content.decode().partition("<footer")[2]


@pytest.mark.parametrize("state", [{}, {"held": True}, {"past": True}], ids=["to come", "held", "past"])
def test_only_what_is_to_come_goes_into_a_calendar(client: Client, town: Town, state: dict[str, object]) -> None:
    meeting = MeetingPageFactory(**state)

    page = client.get(meeting.url).content.decode()

    assert (f"/reunions/{meeting.uid}.ics" in page) is (not state)


def test_the_home_page_offers_to_be_told(client: Client, town: Town) -> None:
    page = client.get("/").content.decode()

    assert 'href="/inscription/"' in page.partition("<main")[2].partition("</main")[0]


def test_the_demonstration_is_told_on_every_page(client: Client, town: Town) -> None:
    with override_settings(DEMO_TOWN=True):
        assert 'class="demo"' in client.get("/").content.decode()
    with override_settings(DEMO_TOWN=False):
        assert 'class="demo"' not in client.get("/").content.decode()
