"""axe finds nothing on the pages about doubles, looks and the life of communities, light or dark, small or large."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from communities import activity
from communities.looks import noting
from communities.models import AccessKind, Resident
from tests import nobody_stopped
from tests.communities.factories import CommunityFactory, MembershipFactory, NeighbourhoodFactory, ResidentFactory
from tests.factories import StaffFactory
from tests.meetings.factories import AnswerFactory, InvitationFactory, MeetingPageFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOW = timezone.now()


def twins() -> tuple[Resident, Resident]:
    """Two records with something of everything, and a pair that is told by its name and street alone."""
    facts = {"phone": "0199000102", "neighbourhood": NeighbourhoodFactory()}
    ada = ResidentFactory(name="Ada Terril", email="ada.terril@example.org", street="3 rue du Coron", **facts)
    twin = ResidentFactory(name="Terril Ada", email="adaterril@exemple.example", **facts)
    for resident in (ada, twin):
        AnswerFactory(invitation=InvitationFactory(resident=resident))
    for _each in range(2):
        ResidentFactory(name="Nora Chevalet", email="", street="8 rue du Coron")
    return ada, twin


def communities(ada: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that lives and lacks something, one that fell silent."""
    gardens = CommunityFactory(name="Les jardins partagés")
    MembershipFactory(community=gardens, resident=ada, coordinator=True)
    MeetingPageFactory(communities=[gardens], starts_at=NOW + timedelta(days=9))
    MembershipFactory(community=CommunityFactory(name="Les bancs du coron"), joined_at=NOW - timedelta(days=400))
    lacks = {gardens.pk: ["il manque 2 personnes samedi"]}
    monkeypatch.setitem(activity.gap_sources._things, "test", lambda keys, now: lacks)


def test_no_page_about_who_is_who_and_who_saw_whom_stops_anyone(
    page: Page, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, twin = twins()
    communities(ada, monkeypatch)
    officer = StaffFactory(administration=True, reads="fr")
    for kind in AccessKind:
        noting.note(who=officer, kind=kind, what="residents:inspect", resident_key=ada.pk, count=43, now=NOW)
    nobody_stopped.sign_in(page, officer, url=live_server.url)
    found = dict[str, str]()

    for address in (
        *(reverse(name) for name in ("doubles:index", "looks:index", "communities_desk:life")),
        reverse("doubles:compare", args=[ada.pk, twin.pk]),
        reverse("residents:inspect", args=[ada.pk]),
    ):
        page.goto(live_server.url + address)
        found |= nobody_stopped.faults(page, address, nobody_stopped.DESK, where=nobody_stopped.BUT_WAGTAIL)

    assert found == {}
