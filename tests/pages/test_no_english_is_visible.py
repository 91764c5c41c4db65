"""Nobody at the town hall, nor any resident, meets a word of English: every page is walked in French."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import signing_up, unsubscribing
from communities.models import Channel, Community
from engagement.models import Stage
from meetings import announcing, registering, rsvp
from meetings.models import MeetingPage
from tests import town, visible
from tests.communities.factories import (
    CommunityFactory,
    MembershipFactory,
    ResidentFactory,
    SignUpFactory,
    SuppressionFactory,
)
from tests.engagement.factories import ProjectFactFactory, ProjectPageFactory
from tests.engagement.factories_of_what_was_done import StewardshipCheckFactory
from tests.factories import StaffFactory
from tests.meetings.factories import AnswerFactory, InvitationFactory, MeetingPageFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

ENGLISH = re.compile(
    r"(?<![\w’'.@/=-])(about|access|add|address|all|and|answers?|any|are|back|been|by|cancel|change|choose|community"
    r"|copy|day|delete|download|edit|empty|every|first|for|found|from|has|have|here|home|how|in the|invited?|is"
    r"|it|language|last|letters?|meetings?|members?|more|name|names|neighbourhoods?|new|next|none|not|nothing|now|of"
    r"|open|our|people|please|previous|projects|published|read|residents?|save|search|see|select|send|sent|settings"
    r"|show|someone|state|status|that|the|their|there|they|this|to|town|try|unknown|update|upload|venues?|view|was"
    r"|we|welcome|were|what|when|where|which|who|why|will|with|yes|yet|you|your)(?![\w’'@/-])",
    re.IGNORECASE,
)
WAGTAILS_OWN = {"Search", "Site name", "Status :", "Status actuel de la page :"}
"""Words that Wagtail writes without asking any catalogue, or that are French too."""

DESK = re.compile(
    r"/admin/(|meetings|mailings|residents|communities|neighbourhoods|blocked-addresses|projects|stewardship|snippets/meetings"
    r"|settings/communities)(/|$)"
)
MENU = [
    "/admin/",
    "/admin/meetings/",
    "/admin/mailings/",
    "/admin/snippets/meetings/venue/",
    "/admin/projects/",
    "/admin/stewardship/",
    "/admin/residents/",
    "/admin/communities/",
    "/admin/neighbourhoods/",
    "/admin/blocked-addresses/",
    "/admin/settings/communities/town/",
]
ONE_OF_MANY = re.compile(r"\d+|[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[^/]*\d[^/]*")


def english(texts: list[str]) -> list[str]:
    return [text for text in texts if ENGLISH.search(text) and text not in WAGTAILS_OWN]


def walk(client: Client, *starts: str, within: re.Pattern[str]) -> Iterator[tuple[str, list[str]]]:
    """Every page reached by links, once for all the meetings, residents... shown alike; with what it says."""
    to_see, shapes = list(starts), set[str]()
    while to_see:
        address = to_see.pop(0).partition("#")[0]
        shape = ONE_OF_MANY.sub("N", address.partition("?")[0])
        if shape in shapes or not within.match(address):
            continue
        shapes.add(shape)
        response = client.get(address, follow=True)
        if "html" in response["Content-Type"]:
            page = visible.of(response.content.decode())
            yield address, page.read
            to_see += [link for link in page.links if link.startswith("/")]


@pytest.fixture
def garden() -> Community:
    community = CommunityFactory(around_a_neighbourhood=True)
    MembershipFactory.create_batch(2, community=community)
    MembershipFactory(community=community, resident=ResidentFactory(by_post=True))
    MembershipFactory(community=community, resident=ResidentFactory(without_email=True))
    MembershipFactory(community=community, consenting=False)
    return community


@pytest.fixture
def meeting(garden: Community) -> MeetingPage:
    """One of each kind of meeting, and a project; this one is to come."""
    ProjectFactFactory(project=ProjectPageFactory(community=garden, pictures=True))
    for trait in ("cancelled", "postponed", "held", "online", "draft"):
        MeetingPageFactory(communities=[garden], **{trait: True})
    return MeetingPageFactory(
        communities=[garden], neighbourhoods=[garden.neighbourhood], agenda=["Accueil"], capacity=30
    )


def test_a_visitor_meets_no_english(client: Client, meeting: MeetingPage, garden: Community) -> None:
    answered = AnswerFactory(invitation__meeting=meeting).invitation
    resident = answered.resident
    starts = [
        "/",
        "/recherche/?q=coron",
        "/nulle-part/",
        "/compte/login/",
        "/inscription/merci/",
        "/inscription/",
        garden.get_absolute_url(),
        meeting.url,
        reverse("communities:confirm_sign_up", args=["abc"]),
        reverse("communities:confirm_sign_up", args=[signing_up.token_of(SignUpFactory(resident=resident))]),
        reverse("communities:unsubscribe", args=[unsubscribing.token_of(resident)]),
        reverse("meetings:answer", args=[rsvp.token_of(InvitationFactory(meeting=meeting))]),
        reverse("meetings:answer_recorded", args=[rsvp.token_of(answered)]),
        reverse("meetings:register", args=[meeting.uid]),
        reverse("meetings:confirm_registration", args=[registering.token_of(RegistrationFactory(meeting=meeting))]),
    ]

    said = dict(walk(client, *starts, within=re.compile(r"/(?!admin/|documents/|media/|static/)")))

    assert {address: english(texts) for address, texts in said.items() if english(texts)} == {}
    assert len(said) > len(starts)


def test_nobody_at_the_town_hall_meets_english(client: Client, meeting: MeetingPage) -> None:
    staff = StaffFactory(administration=True, reads="fr")
    announcing.announce(meeting=meeting, by=staff, expecting=4, now=timezone.now())
    SuppressionFactory(reason="Boîte pleine")
    StewardshipCheckFactory(project__stage=Stage.STEWARDSHIP)
    client.force_login(staff)
    starts = [
        *MENU,
        reverse("wagtailadmin_pages:add", args=["meetings", "meetingpage", meeting.get_parent().pk]),
        reverse("meetings_desk:invitations", args=[meeting.pk]),
        reverse("meetings_desk:to_invite", args=[meeting.pk]),
        reverse("meetings_desk:answers", args=[meeting.pk]),
        reverse("meetings_desk:by_hand", args=[meeting.pk, Channel.LETTER]),
        reverse("resident_imports:upload"),
    ]

    said = dict(walk(client, *starts, within=DESK))

    assert {address: english(texts) for address, texts in said.items() if english(texts)} == {}
    assert len(said) > 25


def test_no_letter_holds_english() -> None:
    said = {
        kind: [letter.subject, *letter.text.splitlines(), *visible.of(letter.html).read]
        for kind, letter in town.letters().items()
    }

    assert {kind: english(texts) for kind, texts in said.items() if english(texts)} == {}
