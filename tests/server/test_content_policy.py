"""What may pages load? Nothing from elsewhere, nothing inline for residents; for staff, what the editor needs."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from pages.models import StandardPage
from tests.factories import StaffFactory, home_page


def directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (directive.split() for directive in policy.split(";"))}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/compte/login/", "/rien-ici/"])
def test_residents_pages_take_no_inline_script_or_style(client: Client, path: str) -> None:
    home_page()

    policy = directives(client.get(path)["Content-Security-Policy"])

    assert policy["default-src"] == ["'none'"]
    assert policy["style-src"] == ["'self'"]
    assert set(policy["script-src"]) <= {"'self'"} or policy["script-src"][1].startswith("'nonce-")


@pytest.mark.django_db
def test_the_admin_has_a_policy_of_its_own(client: Client) -> None:
    client.force_login(StaffFactory(administration=True))

    policy = directives(client.get("/admin/")["Content-Security-Policy"])

    assert policy["script-src"] == ["'self'", "'unsafe-inline'"]
    assert policy["default-src"] == ["'none'"]
    assert not [source for sources in policy.values() for source in sources if source.startswith("http")]


@pytest.fixture
def staff_page(page: Page, live_server: LiveServer, client: Client) -> Page:
    """A browser in which an administrator is signed in."""
    client.force_login(StaffFactory(administration=True))
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": live_server.url}
    page.context.add_cookies([cookie])
    return page


@pytest.fixture
def refusals(page: Page) -> list[str]:
    """What the browser refused to load or run, in the page and in its frames."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            said.append(message.text)

    page.on("console", listen)
    return said


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_wagtails_editor_works_under_it(staff_page: Page, live_server: LiveServer, refusals: list[str]) -> None:
    Image.objects.create(title="Le verger", file=get_test_image_file())
    edited = home_page().add_child(instance=StandardPage(title="Le verger, vu d'en haut", slug="verger"))
    edit = live_server.url + reverse("wagtailadmin_pages:edit", args=[edited.pk])

    staff_page.goto(edit)
    staff_page.locator('[data-side-panel-toggle="preview"]').click()
    preview = staff_page.frame_locator("iframe[data-preview-iframe], #w-preview-iframe, iframe")
    preview.first.get_by_role("heading", level=1).wait_for()
    staff_page.locator("button.c-sf-add-button").first.click()
    staff_page.locator(".w-combobox__option").filter(has_text="picture").first.click()
    staff_page.locator("button[data-chooser-action-choose]:visible").first.click()
    staff_page.locator("[data-chooser-modal-choice]").first.click()
    staff_page.locator(".chooser img:visible").first.wait_for()

    assert refusals == []
