"""Does every page lead on, whatever a town renames, moves, hides or deletes? No link there is dead."""

import importlib
import re
from html import unescape

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from communities.models import AccessibilityLevel, Town
from meetings.models import MeetingIndexPage
from pages.models import PagePurpose, StandardPage
from tests.factories import home_page
from tests.pages.factories import StandardPageFactory

pytestmark = pytest.mark.django_db

STATEMENT = "Accessibilité\u00a0: {}"


def frame(client: Client) -> str:
    """What stands around every page."""
    page = unescape(client.get("/inscription/").content.decode())
    return page.partition("<main")[0].partition("<body")[2] + page.partition("<footer")[2]


def links(client: Client) -> dict[str, str]:
    found = re.findall(r'<a[^>]*href="(/[^"#]*)"[^>]*>(.*?)</a>', frame(client), re.DOTALL)
    return {re.sub(r"<[^>]*>", "", words).strip(): address for address, words in found}


def given(purpose: PagePurpose) -> StandardPage:
    home_page()
    return StandardPage.objects.get(purpose=purpose)


def test_a_new_town_leads_to_all_its_pages(client: Client) -> None:
    home_page()

    assert list(links(client).items())[1:8] == [
        ("Réunions", "/reunions/"),
        ("Projets", "/projets/"),
        ("Idées", "/idees/"),
        ("Communautés", "/communautes/"),
        ("La démarche", "/la-demarche/"),
        ("Mon espace", "/mon-espace/"),
        ("Rechercher", "/recherche/"),
    ]
    assert links(client)[STATEMENT.format("non conforme")] == "/accessibilite/"
    assert links(client)["Données personnelles"] == "/donnees-personnelles/"
    assert links(client)["Mentions légales"] == "/mentions-legales/"


def test_a_town_that_started_before_keeps_its_ways_on(client: Client) -> None:
    home_page()
    before = links(client)
    StandardPage.objects.update(purpose="")
    migration = importlib.import_module("pages.migrations.0002_pages_say_what_they_are_for")

    migration.name_what_towns_started_with(apps, connection.schema_editor())

    assert links(client) == before


def test_a_renamed_page_is_followed(client: Client) -> None:
    page = given(PagePurpose.LEGAL_NOTICE)
    page.title, page.slug = "Qui publie ce site ?", "qui-publie"
    page.save()

    assert links(client)["Qui publie ce site\u202f?"] == "/qui-publie/"
    assert "Mentions légales" not in links(client)


def test_a_moved_page_is_followed(client: Client) -> None:
    page = given(PagePurpose.PRIVACY)
    page.move(StandardPageFactory(slug="mairie"), pos="last-child")

    assert links(client)["Données personnelles"] == "/mairie/donnees-personnelles/"


def test_a_renamed_list_of_meetings_is_followed(client: Client) -> None:
    home_page()
    index = MeetingIndexPage.objects.get()
    index.title, index.slug = "Se réunir", "se-reunir"
    index.save()

    assert links(client)["Se réunir"] == "/se-reunir/"
    assert '"/reunions/' not in client.get("/").content.decode()


@pytest.mark.parametrize("fate", ["deleted", "unpublished", "made private"])
@pytest.mark.parametrize("purpose", PagePurpose)
def test_no_page_leads_to_one_that_nobody_can_open(client: Client, purpose: PagePurpose, fate: str) -> None:
    page = given(purpose)
    address = page.url
    if fate == "deleted":
        page.delete()
    elif fate == "unpublished":
        page.unpublish()
    else:
        page.view_restrictions.create(restriction_type="login")

    assert address not in links(client).values()
    assert f'"{address}"' not in client.get("/").content.decode()


def test_a_town_adds_a_page_to_the_menu(client: Client) -> None:
    home_page()
    page = StandardPageFactory(title="Les élus", show_in_menus=True)
    StandardPageFactory(title="Brouillon", show_in_menus=True, live=False)
    StandardPageFactory(title="Les archives")

    assert links(client)["Les élus"] == page.url
    assert {"Brouillon", "Les archives"}.isdisjoint(links(client))


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (AccessibilityLevel.NOT_COMPLIANT, "non conforme"),
        (AccessibilityLevel.PARTIALLY, "partiellement conforme"),
        (AccessibilityLevel.FULLY, "totalement conforme"),
    ],
)
def test_the_home_page_states_how_accessible_the_site_is(client: Client, level: str, words: str) -> None:
    """Law 2005-102, article 47: the mention is on the home page and leads to the statement."""
    home_page()
    town = Town.load()
    town.accessibility_level = level
    town.save()

    home = client.get("/").content.decode()

    assert re.search(rf'<a href="/accessibilite/">\s*{STATEMENT.format(words)}\s*</a>', home)


def test_the_mention_stays_when_its_statement_is_gone(client: Client) -> None:
    given(PagePurpose.ACCESSIBILITY).delete()

    assert STATEMENT.format("non conforme") in frame(client)


def test_the_ways_on_cost_the_same_whatever_the_tree(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    home_page()
    client.get("/communautes/")
    with django_assert_max_num_queries(8) as few:
        client.get("/communautes/")
    StandardPageFactory.create_batch(20, show_in_menus=True)
    client.get("/communautes/")

    with django_assert_max_num_queries(8) as many:
        client.get("/communautes/")

    assert len(many) == len(few)
