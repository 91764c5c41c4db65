"""The invitations page in a browser while letters leave: the bar and the list follow, as the list was narrowed."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from communities.models import Delivery, DeliveryState
from meetings import announcing
from meetings.models import MeetingPage
from tests.communities.factories import CommunityFactory, MembershipFactory
from tests.factories import StaffFactory
from tests.meetings.factories import MeetingPageFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(transactional_db: None) -> MeetingPage:
    """Three letters that have not left."""
    community = CommunityFactory()
    for name in ("Ada Terril", "Basile Coron", "Nora Chevalet"):
        MembershipFactory(community=community, resident__name=name)
    meeting: MeetingPage = MeetingPageFactory(communities=[community])
    announcing.announce(meeting=meeting, by=None, now=timezone.now())
    return meeting


@pytest.fixture
def signed_in(page: Page, live_server: LiveServer, client: Client) -> Page:
    client.force_login(StaffFactory(communication=True))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return page


def deliver(name: str) -> None:
    letter = Delivery.objects.filter(resident__name=name)
    assert letter.update(state=DeliveryState.SENT, ended_at=timezone.now()) == 1


def test_each_row_changes_when_its_letter_leaves_and_the_page_rests_when_all_have(
    signed_in: Page, live_server: LiveServer, meeting: MeetingPage
):
    signed_in.goto(live_server.url + reverse("meetings_desk:invitations", args=[meeting.pk]))
    signed_in.evaluate("window.isTheSamePage = true")
    row = signed_in.locator("#listing-results tr", has_text="Ada Terril")
    expect(row).to_contain_text("waiting")

    deliver("Ada Terril")
    expect(row).to_contain_text("sent")
    expect(signed_in.locator("#progress")).to_contain_text("1 letter")
    assert signed_in.evaluate("window.isTheSamePage")

    deliver("Basile Coron")
    deliver("Nora Chevalet")
    expect(signed_in.locator("#progress")).to_contain_text("3 letters sent of 3")
    expect(signed_in.locator("#progress[hx-get]")).to_have_count(0)


def test_the_list_stays_narrowed_while_it_follows(signed_in: Page, live_server: LiveServer, meeting: MeetingPage):
    signed_in.goto(live_server.url + reverse("meetings_desk:invitations", args=[meeting.pk]))
    signed_in.locator("[data-search-form] [name=q]").fill("ada")
    rows = signed_in.locator("#listing-results tbody tr")
    expect(rows).to_have_count(1)

    deliver("Ada Terril")

    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("sent")
