"""Whatever people type in any field, every page keeps its structure and shows what they typed."""

import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from communities.models import Community, Resident, Town
from communities.typography import typeset
from engagement.models import ProjectFact, ProjectPage, ProjectPicture
from meetings import rsvp
from meetings.models import AgendaItem, MeetingPage, Venue
from tests import visible
from tests.communities.factories import CommunityFactory
from tests.engagement.factories import ProjectFactFactory, ProjectPageFactory
from tests.factories import StaffFactory
from tests.meetings.factories import AnswerFactory, MeetingPageFactory

pytestmark = pytest.mark.django_db

PLAIN = "Le coron"
OF_LINES = {"p", "br"}
"""What a text of several lines is made of; how many there are is its own affair."""

# PostgreSQL refuses the null character, UTF-8 lone surrogates, and every form a text of blanks only.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60)
typed = texts.filter(lambda text: text.strip())


class Structure(HTMLParser):
    """Every tag that opens or closes, and every comment or declaration."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.marks: Counter[str] = Counter()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = "" if tag in OF_LINES else ",".join(name for name, _value in attributes)
        self.marks[f"<{tag} {names}>"] += tag not in OF_LINES

    def handle_endtag(self, tag: str) -> None:
        self.marks[f"</{tag}>"] += tag not in OF_LINES

    def handle_comment(self, data: str) -> None:
        self.marks[data] += 1

    handle_decl = handle_pi = unknown_decl = handle_comment


def squeezed(text: str) -> str:
    """Without blanks, which print and browsers arrange."""
    return re.sub(r"\s", "", text)


def shows(page: str, text: str) -> bool:
    seen = squeezed("".join(visible.of(page).read))
    return any(squeezed(words) in seen for words in (text, typeset(text, language="fr")))


@pytest.fixture
def said_everywhere(client: Client) -> Callable[[str], dict[str, str]]:
    """Puts one text into every field that takes any, and reads every page that shows some of them."""
    town, community = Town.load(), CommunityFactory(around_a_neighbourhood=True)
    project = ProjectPageFactory(community=community, pictures=True)
    ProjectFactFactory(project=project)
    meeting = MeetingPageFactory(communities=[community], agenda=["Accueil"])
    cancelled = MeetingPageFactory(communities=[community], cancelled=True)
    invitation = AnswerFactory(invitation__meeting=meeting).invitation
    staff = StaffFactory(administration=True)
    addresses = {
        "home": "/",
        "meetings": "/reunions/",
        "meeting": meeting.url,
        "cancelled": cancelled.url,
        "project": project.url,
        "community": community.get_absolute_url(),
        "communities": "/communautes/",
        "sign up": "/inscription/",
        "answer": reverse("meetings:answer", args=[rsvp.token_of(invitation)]),
        "answers": reverse("meetings_desk:answers", args=[meeting.pk]),
    }

    def say(text: str) -> None:
        Town.objects.filter(pk=town.pk).update(name=text, town_hall=text, street=text, city=text, opening_hours=text)
        Community.objects.update(name=text, summary=text, description=text)
        Venue.objects.filter(pk=meeting.venue.pk).update(name=text, street=text, access_note=text)
        note = {"title": text, "summary": text, "access_note": text, "contact_name": text, "status_reason": text}
        MeetingPage.objects.filter(pk__in=[meeting.pk, cancelled.pk]).update(**note)
        AgendaItem.objects.update(title=text, note=text)
        ProjectPage.objects.update(title=text, summary=text)
        ProjectPicture.objects.update(alternative_text=text, credit=text)
        ProjectFact.objects.update(label=text, value=text, source=text)
        Resident.objects.update(name=text)

    def read(text: str) -> dict[str, str]:
        say(text)
        client.logout()
        public = {name: address for name, address in addresses.items() if name != "answers"}
        pages = {name: client.get(address).content.decode() for name, address in public.items()}
        client.force_login(staff)
        return pages | {"answers": client.get(addresses["answers"]).content.decode()}

    return read


@pytest.fixture
def plain(said_everywhere: Callable[[str], dict[str, str]]) -> dict[str, str]:
    return said_everywhere(PLAIN)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=6)
@given(text=typed)
@example(text="</title></script><!--<script>alert(1)</script>")
@example(text="\"'><img src=x onerror=alert(1)>{{ town }}{% now %}&lt;&amp;")
@example(text="\x01\x1b\x85\u2028\u202e\ufeff\U0010ffff\n\n\r\t a\n\nb")
def test_any_text_in_any_field_never_breaks_a_page(
    said_everywhere: Callable[[str], dict[str, str]], plain: dict[str, str], text: str
) -> None:
    pages = said_everywhere(text)

    assert [name for name, page in pages.items() if Structure(page).marks != Structure(plain[name]).marks] == []
    assert [name for name, page in pages.items() if not shows(page, text)] == []
