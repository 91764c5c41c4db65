"""axe finds nothing on any public page nor in the letters, light or dark, small or large; nobody else is asked."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from communities import links, signing_up
from meetings import audience, letters, registering, rsvp
from meetings.models import MeetingPage
from tests.communities.factories import CommunityFactory, MembershipFactory, SignUpFactory
from tests.engagement.factories import ProjectFactFactory, ProjectPageFactory
from tests.factories import home_page
from tests.meetings.factories import AnswerFactory, InvitationFactory, MeetingPageFactory, RegistrationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MODES = [("light", 375), ("dark", 1280)]


def town() -> dict[str, str]:
    """Every public page, by what a visitor would call it."""
    home_page()
    community = CommunityFactory(around_a_neighbourhood=True)
    project = ProjectPageFactory(community=community, pictures=True)
    ProjectFactFactory(project=project)
    meeting = MeetingPageFactory(communities=[community], agenda=["Accueil", "Le budget"], capacity=30)
    MeetingPageFactory(communities=[community], held=True)
    cancelled, postponed = MeetingPageFactory(cancelled=True), MeetingPageFactory(postponed=True)
    answered = AnswerFactory(invitation__meeting=meeting).invitation
    resident = answered.resident
    return {
        "home": "/",
        "meetings": "/reunions/",
        "past meetings": "/reunions/?period=past",
        "no meeting": "/reunions/?kind=walk",
        "a meeting": meeting.url,
        "a cancelled meeting": cancelled.url,
        "a postponed meeting": postponed.url,
        "projects": "/projets/",
        "a project": project.url,
        "communities": reverse("communities:community_list"),
        "a community": community.get_absolute_url(),
        "how it works": "/la-demarche/",
        "legal notice": "/mentions-legales/",
        "accessibility": "/accessibilite/",
        "search": "/recherche/?q=coron",
        "no result": "/recherche/?q=zzzz",
        "nowhere": "/nulle-part/",
        "answer": reverse("meetings:answer", args=[rsvp.token_of(InvitationFactory(meeting=meeting))]),
        "answered": reverse("meetings:answer_recorded", args=[rsvp.token_of(answered)]),
        "a broken link": reverse("meetings:answer", args=["abc"]),
        "register": reverse("meetings:register", args=[meeting.uid]),
        "take the seat": reverse(
            "meetings:confirm_registration", args=[registering.token_of(RegistrationFactory(meeting=meeting))]
        ),
        "confirm": reverse("communities:confirm_sign_up", args=[signing_up.token_of(SignUpFactory())]),
        "unsubscribe": reverse("communities:unsubscribe", args=[links.sign("unsubscribe", resident.pk)]),
        "sign in": reverse("account_login"),
    }


@pytest.mark.parametrize(("scheme", "width"), MODES)
def test_no_page_stops_anyone(scheme, width, chromium: Browser, live_server: LiveServer):
    context = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 800}, locale="fr-FR")
    page = context.new_page()
    asked = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    found = {}

    for name, path in town().items():
        page.goto(live_server.url + path)
        report = Axe().run(page)
        too_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found |= {name: report.generate_report()} if report.violations_count else {}
        found |= {f"{name}, width": path} if too_wide else {}
    context.close()

    assert found == {}
    assert asked == {urlsplit(live_server.url).netloc}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_letter_stops_anyone(scheme, chromium: Browser):
    home_page()
    community = CommunityFactory()
    MembershipFactory(community=community)
    meeting = MeetingPage.objects.get(pk=MeetingPageFactory(communities=[community]).pk)
    (recipient,) = audience.of(meeting=meeting).recipients
    letter = letters.preview(meeting=meeting, recipient=recipient, created_at=timezone.now())
    context = chromium.new_context(color_scheme=scheme, viewport={"width": 375, "height": 800})
    page = context.new_page()

    page.set_content(letter.html)
    report = Axe().run(page)
    context.close()

    assert report.violations_count == 0, report.generate_report()
