"""Two browsers for one town: a resident's telephone, and the desk of the town hall."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import StaffFactory

PASSWORD = "un mot de passe assez long"


@pytest.fixture
def telephone(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Residents': small, and no JavaScript."""
    context = chromium.new_context(
        base_url=live_server.url,
        locale="fr-FR",
        viewport={"width": 375, "height": 720},
        java_script_enabled=False,
        timezone_id="Europe/Paris",
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(chromium: Browser, live_server: LiveServer, transactional_db: None) -> Iterator[Page]:
    """The participation officer's, signed in."""
    context = chromium.new_context(
        base_url=live_server.url, locale="fr-FR", viewport={"width": 1280, "height": 900}, timezone_id="Europe/Paris"
    )
    page = context.new_page()
    officer = StaffFactory(participation=True, reads="fr", password=PASSWORD)
    page.goto("/admin/")
    page.fill("[name=login]", officer.username)
    page.fill("[name=password]", PASSWORD)
    page.locator("form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile("/admin/$"))
    yield page
    context.close()
