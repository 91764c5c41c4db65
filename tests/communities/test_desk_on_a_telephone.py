"""On a telephone nothing that staff read or fill in is cut off at the edge of the screen."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from communities.inbound import mailbox
from communities.models import Mailbox
from tests.communities.factories import WrittenLetterFactory
from tests.factories import StaffFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTH = 375
STICKING_OUT = """part => [...document.querySelectorAll(part)]
    .filter(each => each.getBoundingClientRect().right > window.innerWidth || each.scrollWidth > each.clientWidth)
    .map(each => each.outerHTML)"""


@pytest.fixture
def signed_in(page: Page, live_server: LiveServer, client: Client) -> Page:
    client.force_login(StaffFactory(administration=True))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": WIDTH, "height": 900})
    return page


def test_every_field_of_a_letter_stands_within_the_screen(signed_in: Page, live_server: LiveServer) -> None:
    letter = WrittenLetterFactory()

    signed_in.goto(live_server.url + reverse("letters:edit", args=[letter.pk]))

    assert signed_in.locator(".w-field").count() > 3
    assert signed_in.evaluate(STICKING_OUT, ".w-field") == []


def test_what_needs_the_staff_is_read_whole_however_long_its_names(
    signed_in: Page, live_server: LiveServer, settings: Settings
) -> None:
    settings.INBOUND_IMAP_URL = "imaps://reponses%40unecommuneaunombienlong.example:x@imap.example.org"
    name = mailbox.place_of(settings.INBOUND_IMAP_URL).name
    Mailbox.objects.create(name=name, trouble="x" * 90, trouble_since=timezone.now() - timedelta(hours=1))

    signed_in.goto(f"{live_server.url}/admin/")

    assert signed_in.locator(".desk-troubles p").count() > 1
    assert signed_in.evaluate(STICKING_OUT, ".desk-troubles p") == []
