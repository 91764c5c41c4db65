"""What is left of a page on paper, and does it fit a telephone when its text is twice as large?"""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests import town
from tests.meetings.factories import MeetingPageFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TWICE = "html { font-size: 200% !important }"
TOO_WIDE = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"


def test_a_page_fits_a_telephone_with_its_text_twice_as_large(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(viewport={"width": 375, "height": 800}, bypass_csp=True)
    page = context.new_page()
    too_wide = {}

    for name, address in town.addresses().items():
        page.goto(live_server.url + address)
        page.add_style_tag(content=TWICE)
        needed, there = page.evaluate(TOO_WIDE)
        too_wide |= {name: needed} if needed > there else {}
    context.close()

    assert too_wide == {}


def test_on_paper_a_meeting_keeps_its_facts_and_its_address(chromium: Browser, live_server: LiveServer) -> None:
    meeting = MeetingPageFactory()
    context = chromium.new_context(locale="fr-FR")
    page = context.new_page()
    page.goto(live_server.url + meeting.url)
    on_screen = page.locator("main").inner_text()

    page.emulate_media(media="print")

    on_paper = page.locator("body").inner_text()
    context.close()
    for furniture in ("Ajouter à mon agenda", "Vous ne pouvez pas venir", "Je viens"):
        assert furniture in on_screen
        assert furniture not in on_paper
    assert str(meeting.venue) in on_paper
    assert meeting.full_url in on_paper
