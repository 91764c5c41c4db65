"""Somebody comes into their space on a small telephone, without JavaScript, looks at every page, and goes out."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from communities.models import Resident, SpaceSession
from communities.space import addressing, entering, guard, sessions
from tests import nobody_stopped
from tests.communities.factories import MembershipFactory, ResidentFactory
from tests.communities.space.coming_in import link_of, sent_page
from tests.factories import home_page
from tests.letterbox import Letterbox

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PAGES = ("", "appareils/", "mes-donnees/", "mes-donnees/corriger/", "mes-donnees/adresse/", "mes-donnees/effacer/")
SMALL, LARGE = {"width": 375, "height": 720}, {"width": 1280, "height": 800}


@pytest.fixture
def telephone(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        locale="fr-FR", viewport=SMALL, java_script_enabled=False, timezone_id="Europe/Paris"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def ada() -> Resident:
    home_page()
    ada = ResidentFactory(name="Ada Terril", email="ada@example.org")
    MembershipFactory(resident=ada, community__name="Les jardins du coron", role="coordinator")
    return ada


@pytest.mark.usefixtures("worker", "ada")
def test_an_address_and_the_figures_of_a_letter_lead_in_and_a_button_out(
    telephone: Page, live_server: LiveServer, letterbox: Letterbox
) -> None:
    telephone.goto(live_server.url + "/mon-espace/")

    telephone.locator("main [name=email]").fill("ada@example.org")
    telephone.wait_for_timeout(2100)
    telephone.locator("main form button[type=submit]").click()
    figures = letterbox.read("ada@example.org", r"\b(\d{3}\s\d{3})\b")
    telephone.locator("main [name=code]").fill(figures)
    telephone.locator("main form button[type=submit]").click()

    expect(telephone.locator("h1")).to_have_text("Bonjour Ada Terril")
    expect(telephone.locator("main")).to_contain_text("Les jardins du coron")
    telephone.locator(".space-bar button").click()
    expect(telephone.locator("h1")).to_have_text("Vous êtes déconnecté")
    assert not SpaceSession.objects.exists()


def test_no_page_of_it_stops_anyone(page: Page, live_server: LiveServer, ada: Resident) -> None:
    now = timezone.now()
    entry = entering.ask(email=ada.email, now=now)
    entering.answer_all(now=now)
    change = addressing.ask(resident=ada, email="nouvelle@example.org", now=now)
    outside = ["/mon-espace/entrer/", sent_page(entry), link_of(entry), "/mon-espace/entrer/abc/"]
    outside += [f"/mon-espace/adresse/{addressing.token_of(change)}/", "/mon-espace/adresse/abc/"]
    inside = [f"/mon-espace/{path}" for path in PAGES]
    found: dict[str, str] = {}

    for path in outside:
        found |= look(page, live_server, path)
    _session, secret = sessions.begin(resident=ada, device="Firefox sur Linux", now=now)
    sessions.begin(resident=ada, device="Chrome sur Android", now=now)
    page.context.add_cookies([{"name": guard.COOKIE, "value": secret, "url": live_server.url}])
    for path in inside:
        found |= look(page, live_server, path)

    assert found == {}


def look(page: Page, live_server: LiveServer, path: str) -> dict[str, str]:
    page.goto(live_server.url + path)
    photograph(page, path)
    return nobody_stopped.faults(page, path, nobody_stopped.PUBLIC)


def photograph(page: Page, path: str) -> None:
    """For whoever wants to see what axe saw: SHOTS=/tmp/shots."""
    folder = os.environ.get("SHOTS")
    for size in (SMALL, LARGE) if folder else ():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        name = path.strip("/").replace("/", "-")[:40]
        page.screenshot(path=Path(str(folder), f"{name}-{size['width']}.png"), full_page=True)
