"""What a new town finds, and what a deployment leaves alone."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, Site, Workflow
from wagtail.test.utils.form_data import rich_text

from communities.models import Town
from engagement.models import ProjectIndexPage
from meetings.models import MeetingIndexPage
from pages import groups, starting
from pages.models import HomePage, StandardPage
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

RICH = ("legal_notice", "privacy", "accessibility")
NOW = dt.datetime(2027, 3, 1, 9, 0, tzinfo=dt.UTC)


def start(**options: str) -> starting.Started:
    return starting.start(site_url="https://commune.example", language="fr", now=NOW, **options)


def test_a_new_town_has_its_pages_at_the_root_of_the_site() -> None:
    started = start()

    assert started.tree_is_new
    assert Site.objects.get().root_page.specific == HomePage.objects.get()
    paths = {page.url for page in Page.objects.live().filter(depth=3)}
    assert paths == {
        "/reunions/",
        "/projets/",
        "/la-demarche/",
        "/mentions-legales/",
        "/donnees-personnelles/",
        "/accessibilite/",
    }


def test_the_site_answers_at_the_address_of_the_settings() -> None:
    starting.start(site_url="http://127.0.0.1:8123", language="fr", now=NOW)

    site = Site.objects.get()

    assert (site.hostname, site.port) == ("127.0.0.1", 8123)
    assert site.root_url == "http://127.0.0.1:8123"


def test_nothing_of_wagtails_welcome_is_left() -> None:
    start()

    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert set(Group.objects.values_list("name", flat=True)) == {
        *("Communication", "Participation", "Administration", "Élus")
    }
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Relecture"]


def test_a_welcome_page_that_someone_wrote_in_stays() -> None:
    welcome = Page.objects.get(slug="home")
    welcome.save_revision()

    start()

    assert Page.objects.filter(pk=welcome.pk).exists()


def test_starting_twice_changes_nothing() -> None:
    start()
    before = [Page.objects.count(), GroupPagePermission.objects.count(), Workflow.objects.count()]

    again = start()

    assert not again.tree_is_new
    assert before == [Page.objects.count(), GroupPagePermission.objects.count(), Workflow.objects.count()]


def test_a_deployment_keeps_what_the_town_renamed_deleted_and_allowed() -> None:
    start()
    StandardPage.objects.get(slug="la-demarche").delete()
    StandardPage.objects.filter(slug="accessibilite").update(title="Accessibilité : partiellement conforme")
    Group.objects.get(name=groups.COMMUNICATION).permissions.add(*groups.permissions_on({"auth.user": ["view"]}))

    start()

    assert not StandardPage.objects.filter(slug="la-demarche").exists()
    assert StandardPage.objects.get(slug="accessibilite").title == "Accessibilité : partiellement conforme"
    assert Group.objects.get(name=groups.COMMUNICATION).permissions.filter(codename="view_user").exists()


def test_a_deployment_brings_back_the_lists_the_site_cannot_do_without() -> None:
    start()
    MeetingIndexPage.objects.get().delete()
    ProjectIndexPage.objects.get().delete()

    start()

    assert MeetingIndexPage.objects.get().live
    assert ProjectIndexPage.objects.get().live


def test_a_database_emptied_of_wagtails_own_rows_is_started_too() -> None:
    for page in Page.objects.filter(depth=1):
        page.delete()
    Site.objects.all().delete()

    start()

    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get()


def test_the_first_administrator_gets_a_password_once() -> None:
    first = start(admin_email="ada@example.org").administrator
    second = start(admin_email="basile@example.org").administrator

    assert first is not None
    assert second is None
    ada = get_user_model().objects.get()
    assert ada.is_superuser
    assert ada.check_password(first.generated_password)
    assert ada.groups.get().name == groups.ADMINISTRATION


def test_an_administrator_who_brings_a_password_keeps_it() -> None:
    administrator = start(admin_email="ada@example.org", admin_password="un terril au soleil").administrator

    assert administrator is not None
    assert administrator.generated_password == ""
    assert get_user_model().objects.get().check_password("un terril au soleil")


def test_without_an_address_nobody_is_let_in() -> None:
    assert start().administrator is None
    assert not get_user_model().objects.exists()


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("start_town", "--admin-email=ada@example.org")
    call_command("start_town", "--admin-email=ada@example.org")

    first, second = capsys.readouterr().out.split("The town was already started.")
    assert "First administrator: ada@example.org, password " in first
    assert second.strip() == ""


def test_every_page_of_a_new_town_can_be_read_before_anything_is_filled_in(client: Client) -> None:
    start()

    for page in Page.objects.live().filter(depth__gt=1):
        assert client.get(page.url).status_code == 200


def test_the_town_halls_facts_are_read_where_the_law_wants_them(client: Client) -> None:
    start()
    town = Town.load()
    town.publisher, town.host = "Nora Chevalet", "Hébergeur du Terril"
    town.town_hall, town.data_protection_contact = "Mairie de Fosse-les-Briques", "donnees@example.org"
    town.save()

    notice = client.get("/mentions-legales/").content.decode()
    privacy = client.get("/donnees-personnelles/").content.decode()

    assert "Nora Chevalet" in notice
    assert "Hébergeur du Terril" in notice
    assert "donnees@example.org" in privacy


def test_the_accessibility_page_says_not_compliant_until_an_audit(client: Client) -> None:
    start()

    page = client.get("/accessibilite/").content.decode()

    assert "non conforme" in page
    assert "Défenseur des droits" in page


def test_the_desk_greets_staff_with_the_name_they_give_the_town(client: Client) -> None:
    start()
    client.force_login(StaffFactory(administration=True))
    told = {
        "name": "Fosse-les-Briques",
        **{name: rich_text("") for name in RICH},
        "accessibility_level": Town.load().accessibility_level,
    }

    saved = client.post(reverse("wagtailsettings:edit", args=["communities", "town", Town.load().pk]), told)

    assert saved.status_code == 302
    assert Site.objects.get().site_name == "Fosse-les-Briques"
    assert "Fosse-les-Briques" in client.get("/admin/").content.decode()
