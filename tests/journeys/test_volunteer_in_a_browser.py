"""From the letter to a shift with something to bring: a telephone, no JavaScript, two pages and two taps."""

import re
from email.message import EmailMessage

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from communities.models import Town
from communities.scopes import scope_of
from engagement.models import Signup, Volunteer
from meetings import announcing
from meetings.models import Answer, Choice
from tests.communities.factories import CommunityFactory, MembershipFactory, ResidentFactory
from tests.engagement.factories_of_work_days import NeedFactory, ShiftFactory, WorkDayFactory
from tests.factories import home_page
from tests.letterbox import Letterbox

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]


class Visit:
    """A small telephone without JavaScript; counts the pages it is shown and the taps it takes."""

    def __init__(self, page: Page, live_server: LiveServer) -> None:
        self.page, self.address = page, live_server.url
        self.pages = self.taps = 0
        page.on("response", self.seen)

    def seen(self, response: Response) -> None:
        is_page = response.request.is_navigation_request() and not 300 <= response.status < 400
        self.pages += is_page

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def tap(self, selector: str) -> None:
        self.taps += 1
        self.page.locator(selector).first.tap()


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer):
    context = chromium.new_context(
        locale="fr-FR",
        viewport={"width": 375, "height": 720},
        has_touch=True,
        java_script_enabled=False,
        timezone_id="Europe/Paris",
    )
    yield Visit(context.new_page(), live_server)
    context.close()


@pytest.fixture
def town():
    home_page()
    town = Town.load()
    town.name, town.town_hall, town.email = "Fosse-les-Briques", "Mairie de Fosse-les-Briques", "mairie@example.org"
    town.save()


def link_in(letter: EmailMessage, part: str) -> str:
    """The path of the letter's link that has this in it."""
    text = letter.get_body(("plain",)).get_content()
    found = re.search(rf"https://commune\.example(/\S*{part}\S*)", text)
    assert found, text
    return found[1]


def a_work_day():
    community = CommunityFactory()
    work_day = WorkDayFactory(practical="Venez avec des gants.")
    work_day.meeting.communities.set([community])
    work_day.meeting.save()
    ShiftFactory(work_day=work_day)
    ShiftFactory(work_day=work_day, afternoon=True)
    NeedFactory(work_day=work_day)
    return work_day, community


@pytest.mark.usefixtures("town", "worker")
def test_from_the_letter_to_a_shift_with_a_wheelbarrow_in_two_pages_and_two_taps(visit: Visit, letterbox: Letterbox):
    work_day, community = a_work_day()
    resident = ResidentFactory(email="ada@example.org", allows=[scope_of(community)])
    MembershipFactory(community=community, resident=resident)
    announcing.announce(meeting=work_day.meeting, by=None, now=timezone.now(), at_once=True)
    (letter,) = letterbox.wait_for(1)
    afternoon = work_day.shifts.get(role="Planter")

    visit.open(link_in(letter, f"s={afternoon.pk}"))
    visit.tap("label:has(> [name=item])")
    visit.tap("main form button[type=submit]")

    expect(visit.page.locator("main")).to_contain_text("Planter")
    expect(visit.page.locator("main")).to_contain_text("Brouettes")
    assert (visit.pages, visit.taps) == (2, 2)
    volunteer = Volunteer.objects.get()
    assert (volunteer.resident, volunteer.is_coming, volunteer.pledges.get().quantity) == (resident, True, 1)
    assert Signup.objects.get().shift == afternoon
    assert Answer.objects.get().choice == Choice.YES
    confirmation = letterbox.wait_for(2)[-1]
    calendar = next(part for part in confirmation.walk() if part.get_content_type() == "text/calendar").get_content()
    assert "BEGIN:VEVENT" in calendar
    assert "Planter" in calendar


@pytest.mark.usefixtures("town", "worker")
def test_a_stranger_lends_a_hand_by_the_public_page_and_withdraws(visit: Visit, letterbox: Letterbox):
    work_day, _community = a_work_day()
    visit.open(work_day.meeting.url)
    visit.tap("#come .button--large")
    visit.tap("label:has(> [name=shift])")
    visit.page.locator("[name=name]").fill("Nora Chevalet")
    visit.page.locator("[name=email]").fill("nora@example.org")
    visit.page.wait_for_timeout(2100)
    visit.tap("main form button[type=submit]")
    (letter,) = letterbox.wait_for(1)
    assert not Volunteer.objects.coming().exists()

    visit.open(link_in(letter, "confirmer"))
    visit.tap("main form button[type=submit]")
    expect(visit.page.locator("main")).to_contain_text("Désherber")
    confirmation = letterbox.wait_for(2)[-1]
    visit.open(link_in(confirmation, "retrait"))
    visit.tap("main form button[type=submit]")
    expect(visit.page.locator("h1")).to_contain_text("Merci de nous avoir prévenus")

    assert not Volunteer.objects.coming().exists()
    assert Answer.objects.current().get().choice == Choice.NO
