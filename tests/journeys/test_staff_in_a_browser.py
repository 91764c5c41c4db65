"""The communications team in the real Wagtail admin: create a meeting, preview, publish, invite, see who got it."""

import re

import pytest
from playwright.sync_api import Page, Request, Route, expect
from pytest_django.live_server_helper import LiveServer

from communities.models import Community, Delivery, Town
from meetings.models import Invitation, MeetingPage, Venue, VenueBooking
from tests.communities.factories import CommunityFactory, MembershipFactory
from tests.factories import StaffFactory, home_page
from tests.letterbox import Letterbox
from tests.meetings.factories import VenueFactory

# Wagtail looks for changes two seconds after a page opens: by then nobody has typed a title, but a test has.
WATCHED = "document.addEventListener('w-unsaved:watch-edits', () => document.documentElement.dataset.watched = '')"

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signed_in(page: Page, live_server: LiveServer) -> Page:
    """A browser in which someone of the communications team has signed in."""
    page.add_init_script(WATCHED)
    home_page()
    staff = StaffFactory(communication=True, reads="fr", email="com@example.org")
    staff.set_password("un mot de passe assez long")
    staff.save()
    page.goto(f"{live_server.url}/admin/")
    page.fill("[name=login]", staff.username)
    page.fill("[name=password]", "un mot de passe assez long")
    page.locator("form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile("/admin/$"))
    return page


@pytest.mark.usefixtures("worker")
def test_a_meeting_from_idea_to_who_got_the_letter(signed_in: Page, live_server: LiveServer, letterbox: Letterbox):
    town = Town.load()
    town.email = "mairie@example.org"
    town.save()
    venue = VenueFactory(name="Salle du Chevalet")
    community = CommunityFactory(name="Les jardins du coron")
    MembershipFactory(community=community, resident__email="ada@example.org", resident__name="Ada Terril")
    page = signed_in

    fill_in_a_meeting(page, live_server, venue=venue, community=community)
    expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible()
    publish(page)
    expect(page.get_by_text(re.compile("“?Le jardin du coron”?.* publié")).first).to_be_visible()

    meeting = MeetingPage.objects.get(title="Le jardin du coron")
    assert meeting.live
    page.goto(f"{live_server.url}/admin/meetings/{meeting.pk}/invitations/")
    page.get_by_role("link", name="Ada Terril").click()
    expect(page.locator("main iframe").first).to_be_visible()
    page.goto(f"{live_server.url}/admin/meetings/{meeting.pk}/invitations/")
    page.get_by_role("link", name=re.compile("Envoyer à 1")).click()
    page.locator("main form button[type=submit]").first.click()

    letterbox.wait_for(1)
    assert Invitation.objects.get().resident.name == "Ada Terril"
    page.goto(f"{live_server.url}/admin/meetings/{meeting.pk}/invitations/")
    expect(page.locator("main")).to_contain_text("1")
    assert Delivery.objects.get().state == "sent"


def test_pressing_publish_while_a_draft_is_being_saved_publishes_one_page(signed_in: Page, live_server: LiveServer):
    page, sent = signed_in, []
    page.on("request", lambda request: sent.append(is_draft(request)) if request.method == "POST" else None)
    page.route("**/admin/pages/**", lambda route: delayed(page, route))
    fill_in_a_meeting(page, live_server, venue=VenueFactory(), community=CommunityFactory())
    while not any(sent):
        page.wait_for_timeout(20)

    publish(page)
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))

    assert MeetingPage.objects.get().live
    assert VenueBooking.objects.count() == 1


def is_draft(request: Request) -> bool:
    """Whether Wagtail saves by itself."""
    return request.method == "POST" and request.headers.get("accept") == "application/json"


def delayed(page: Page, route: Route) -> None:
    """On a slow line, the answer to a draft takes its time."""
    if not is_draft(route.request):
        return route.continue_()
    answer = route.fetch()
    page.wait_for_timeout(1500)
    return route.fulfill(response=answer)


def fill_in_a_meeting(page: Page, live_server: LiveServer, *, venue: Venue, community: Community) -> None:
    page.goto(f"{live_server.url}/admin/meetings/")
    page.get_by_role("link", name=re.compile("Ajouter une réunion")).first.click()
    page.wait_for_selector("html[data-watched]", state="attached")
    page.fill("[name=title]", "Le jardin du coron")
    page.select_option("[name=kind]", "workshop")
    page.fill("[name=starts_at]", "06/07/2027 18:30")
    page.locator("[name=starts_at]").blur()
    expect(page.locator("[name=ends_at]")).to_have_value("06/07/2027 20:00")
    page.keyboard.press("Escape")
    page.locator("#id_venue-chooser [data-chooser-action-choose]:visible").first.click()
    page.get_by_role("link", name=venue.name).click()
    page.get_by_label(community.name).check()


def publish(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Autres actions|Plus d.actions|actions", re.I)).last.click()
    page.locator("[name=action-publish]").click()
