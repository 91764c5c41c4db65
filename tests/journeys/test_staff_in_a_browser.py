"""The communications team in the real Wagtail admin: create a meeting, preview, publish, invite, see who got it."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from communities.models import Delivery, Town
from meetings.models import Invitation, MeetingPage
from tests.communities.factories import CommunityFactory, MembershipFactory
from tests.factories import StaffFactory, home_page
from tests.letterbox import Letterbox
from tests.meetings.factories import VenueFactory

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signed_in(page: Page, live_server: LiveServer, settings: Settings) -> Page:
    """A browser in which someone of the communications team has signed in."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0  # a draft saved by itself while someone publishes is Wagtail's own race
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

    page.goto(f"{live_server.url}/admin/meetings/")
    page.get_by_role("link", name=re.compile("Ajouter une réunion")).first.click()
    page.fill("[name=title]", "Le jardin du coron")
    page.select_option("[name=kind]", "workshop")
    page.fill("[name=starts_at]", "06/07/2027 18:30")
    page.keyboard.press("Escape")
    page.fill("[name=ends_at]", "06/07/2027 20:00")
    page.keyboard.press("Escape")
    page.locator("#id_venue-chooser [data-chooser-action-choose]:visible").first.click()
    page.get_by_role("link", name=venue.name).click()
    page.get_by_label(community.name).check()
    page.get_by_role("button", name=re.compile("Autres actions|Plus d.actions|actions", re.I)).last.click()
    page.locator("[name=action-publish]").click()

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
