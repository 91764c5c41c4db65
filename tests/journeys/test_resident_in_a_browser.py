"""A resident, a browser, no account and no JavaScript: sign up, confirm from the letter, answer, come uninvited."""

import re
from email.message import EmailMessage

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from communities.models import Membership, Town
from meetings import announcing
from meetings.models import Answer, Choice
from tests.communities.factories import CommunityFactory
from tests.factories import home_page
from tests.letterbox import Letterbox
from tests.meetings.factories import MeetingPageFactory

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer):
    """Open an address of the town on a small telephone, without JavaScript; letters' links lead to the same place."""
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
def town():
    home_page()
    town = Town.load()
    town.name, town.town_hall, town.email = "Fosse-les-Briques", "Mairie de Fosse-les-Briques", "mairie@example.org"
    town.save()


def button_in(letter: EmailMessage, part_of_path: str) -> str:
    """The path of the letter's link whose address has this in it."""
    text = letter.get_body(("plain",)).get_content()
    found = re.search(rf"https://commune\.example(/\S*{part_of_path}\S*)", text)
    assert found, text
    return found[1]


@pytest.mark.usefixtures("town", "worker")
def test_a_resident_signs_up_confirms_and_answers(visit, letterbox: Letterbox):
    community = CommunityFactory(name="Les jardins du coron")
    page = visit(community.get_absolute_url())

    form = page.locator("main form", has=page.locator("[name=email]"))
    form.locator("[name=name]").fill("Ada Terril")
    form.locator("[name=email]").fill("ada@example.org")
    page.wait_for_timeout(2100)
    form.locator("button[type=submit]").click()
    (letter,) = letterbox.wait_for(1)
    page = visit(button_in(letter, "confirmer"))
    assert not Membership.objects.exists()
    page.locator("main form button[type=submit]").click()
    expect(page.locator("h1")).to_be_visible()

    assert Membership.objects.get().resident.email == "ada@example.org"
    meeting = MeetingPageFactory(communities=[community])
    announcing.announce(meeting=meeting, by=None, now=timezone.now())
    letterbox.wait_for(2)
    invitation = letterbox.to("ada@example.org")[-1]
    page = visit(button_in(invitation, "a=yes"))
    expect(page.locator("main")).to_contain_text(meeting.title)
    page.locator("main form button[type=submit]").click()

    expect(page.locator("main")).to_contain_text(meeting.title)
    assert Answer.objects.get().choice == Choice.YES


@pytest.mark.usefixtures("town", "worker")
def test_someone_not_invited_comes_with_a_neighbour(visit, letterbox: Letterbox):
    meeting = MeetingPageFactory(capacity=10)
    page = visit(meeting.url)

    form = page.locator("form[action*=venir]")
    form.locator("[name=name]").fill("Nora Chevalet")
    form.locator("[name=email]").fill("nora@example.org")
    form.locator("[name=guests]").fill("1")
    page.wait_for_timeout(2100)
    form.locator("button[type=submit]").click()
    (letter,) = letterbox.wait_for(1)
    page = visit(button_in(letter, "venir/confirmer"))
    page.locator("main form button[type=submit]").click()

    expect(page.locator("main")).to_contain_text(meeting.title)
    assert Answer.objects.coming().people() == 2
