"""A small telephone without JavaScript: from the blank form to an acknowledged idea, with a photograph and a place."""

import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from wagtail_factories import ImageFactory

from communities.models import Town
from engagement.ideas import supporting
from engagement.models import Idea, IdeaStage, IdeaSupport, Scheme
from tests.communities.factories import NeighbourhoodFactory
from tests.engagement.factories import IdeaFactory
from tests.engagement.uploads import files
from tests.factories import home_page
from tests.letterbox import Letterbox

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TO_READ = 2100


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer):
    """Open an address of the town; letters' links lead to the same place."""
    context = chromium.new_context(
        locale="fr-FR", viewport={"width": 375, "height": 720}, java_script_enabled=False, timezone_id="Europe/Paris"
    )
    page = context.new_page()

    def go(path: str) -> Page:
        page.goto(live_server.url + path)
        return page

    yield go
    context.close()


@pytest.fixture
def town() -> None:
    home_page()
    town = Town.load()
    town.name, town.town_hall, town.email = "Fosse-les-Briques", "Mairie de Fosse-les-Briques", "mairie@example.org"
    town.save()
    NeighbourhoodFactory(name="Cité Bellevue")
    picture = ImageFactory(file__width=800, file__height=400)
    Scheme.objects.update_or_create(pk=Scheme.load().pk, defaults={"map_picture": picture})


def link_in(letter: EmailMessage, part_of_path: str) -> str:
    text = letter.get_body(("plain",)).get_content()
    found = re.search(rf"https://commune\.example(/\S*{part_of_path}\S*)", text)
    assert found, text
    return found[1]


def begin(page: Page) -> None:
    form = page.locator("main form")
    form.locator("[name=title]").fill("Un jardin partagé")
    form.locator("[name=kind][value=person]").check()
    form.locator("[name=name]").fill("Ada Terril")
    form.locator("[name=email]").fill("ada@example.org")
    form.locator("[name=of_age]").check()
    page.wait_for_timeout(TO_READ)
    form.locator("button[type=submit]").click()


def write(page: Page, photo: Path) -> None:
    """The idea, a press on the plan in between, and a photograph said in words."""
    page.locator("[name=what]").fill("Cultiver ensemble la friche derrière l’école.")
    page.locator("[name=neighbourhood]").select_option(label="Cité Bellevue")
    plan = page.locator("input[type=image]:visible")
    box = plan.bounding_box()
    assert box
    plan.click(position={"x": box["width"] / 2, "y": box["height"] / 4})
    expect(page.locator("[name=what]")).to_have_value("Cultiver ensemble la friche derrière l’école.")
    page.locator("[name=commits]").fill("Bêcher, planter, arroser.")
    page.locator("[name=pictures]").set_input_files(photo)
    page.locator("button[value=pictures]").click()
    page.locator("[name^=shows-]").fill("La friche en mai")


@pytest.mark.usefixtures("town", "worker")
def test_an_idea_is_written_put_aside_taken_up_sent_and_acknowledged(visit, letterbox: Letterbox, tmp_path: Path):
    photo = tmp_path / "friche.jpg"
    photo.write_bytes(files.photo(size=(640, 480)))
    page = visit("/")
    page.locator("main a[href='/idees/proposer/']").click()
    begin(page)
    write(page, photo)

    page.locator("button[value=later]").click()
    (draft,) = letterbox.wait_for(1)
    page = visit(link_in(draft, "brouillon"))
    expect(page.locator("[name=commits]")).to_have_value("Bêcher, planter, arroser.")
    expect(page.locator("[name^=shows-]")).to_have_value("La friche en mai")
    page.locator("button[value=send]").click()
    letterbox.wait_for(2)
    page = visit(link_in(letterbox.to("ada@example.org")[-1], "confirmer"))
    assert not Idea.objects.submitted().exists()
    page.locator("main form button[type=submit]").click()
    expect(page.locator("h1")).to_contain_text("la mairie a votre idée")
    letterbox.wait_for(3)
    page = visit(link_in(letterbox.to("ada@example.org")[-1], "la-mienne"))

    expect(page.locator("main")).to_contain_text("reçue aujourd’hui")
    idea = Idea.objects.get()
    assert (idea.stage, idea.point_x, idea.pictures.count()) == (IdeaStage.RECEIVED, 500, 1)
    assert abs(idea.point_y - 250) < 5
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.usefixtures("town", "worker")
def test_a_neighbour_joins_in_then_changes_their_mind(visit, letterbox: Letterbox):
    idea = IdeaFactory(public=True, received_at=timezone.now())
    page = visit(idea.get_absolute_url())
    form = page.locator("#support form")
    form.locator("[name=name]").fill("Nora Chevalet")
    form.locator("[name=email]").fill("nora@example.org")
    page.wait_for_timeout(TO_READ)
    form.locator("button[value=join]").click()
    (letter,) = letterbox.wait_for(1)

    page = visit(link_in(letter, "soutien"))
    page.locator("button[value=join]").click()
    expect(visit(idea.get_absolute_url()).locator("main")).to_contain_text("1 personne la soutient")
    support = IdeaSupport.objects.get()
    page = visit(f"/idees/soutien/{supporting.token_of(support)}/")
    page.locator("button[value=withdraw]").click()

    assert not IdeaSupport.objects.exists()
