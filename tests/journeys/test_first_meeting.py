"""The main job, on real parts: publish, invite, a letter arrives with a calendar, the link answers, staff see it."""

import datetime as dt
import re
from email.message import EmailMessage

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.models import Delivery, DeliveryState, Town
from meetings import announcing
from meetings.models import Answer, MeetingPage
from tests.communities.factories import CommunityFactory, MembershipFactory
from tests.factories import StaffFactory
from tests.meetings import calendar_lint
from tests.meetings.factories import MeetingPageFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SUMMER = dt.datetime(2027, 7, 6, 16, 30, tzinfo=dt.UTC)
WINTER = dt.datetime(2027, 12, 7, 17, 30, tzinfo=dt.UTC)


@pytest.fixture
def town():
    town = Town.load()
    town.name, town.town_hall = "Fosse-les-Briques", "Mairie de Fosse-les-Briques"
    town.email, town.phone = "mairie@example.org", "01 99 00 00 00"
    town.save()
    return town


def published_meeting(starts_at: dt.datetime) -> MeetingPage:
    """A meeting as staff publish it: a draft, then a published revision."""
    community = CommunityFactory(name="Les jardins du coron")
    MembershipFactory(community=community, resident__email="ada@example.org", resident__name="Ada Terril")
    meeting = MeetingPageFactory(
        title="Réunion d’été & d’hiver", communities=[community], starts_at=starts_at, draft=True
    )
    meeting.save_revision().publish()
    return meeting


def part(message: EmailMessage, content_type: str) -> str:
    (found,) = [each for each in message.walk() if each.get_content_type() == content_type]
    content = found.get_content()
    return content if isinstance(content, str) else content.decode()


def first_link(text: str) -> str:
    """The path of the first answer link of a letter's text."""
    found = re.search(r"https://commune\.example(/r/\S+)", text)
    assert found, text
    return found[1]


@pytest.mark.parametrize("starts_at", [SUMMER, WINTER], ids=["summer", "winter"])
@pytest.mark.usefixtures("town", "worker")
def test_from_a_published_meeting_to_an_answer_that_staff_see(starts_at, letterbox, client):
    meeting = published_meeting(starts_at)
    announcing.announce(meeting=meeting, by=None, now=timezone.now())

    (letter,) = letterbox.wait_for(1)
    event = vobject.readOne(part(letter, "text/calendar")).vevent
    assert event.dtstart.value.astimezone(dt.UTC) == starts_at
    assert event.summary.value == meeting.title
    assert "attendee" not in event.contents
    assert letter["From"].addresses[0].addr_spec == "mairie@example.org"

    resident = Client()
    page = first_link(part(letter, "text/plain"))
    shown = resident.get(page)
    assert "Ada Terril" in shown.content.decode()
    assert not Answer.objects.exists()
    done = resident.post(page.partition("?")[0], {"choice": "yes", "guests": "2"}, follow=True)

    assert done.status_code == 200
    client.force_login(StaffFactory(communication=True))
    seen = client.get(reverse("meetings_desk:answers", args=[meeting.pk])).content.decode()
    assert "Ada Terril" in seen
    assert Delivery.objects.get().state == DeliveryState.SENT


@pytest.mark.usefixtures("town", "worker")
def test_with_an_inbound_mailbox_the_letter_asks_each_person_alone(letterbox, settings, monkeypatch, worker):
    worker.stop()
    settings.INBOUND_DOMAIN = "agora.commune.example"
    monkeypatch.setenv("INBOUND_DOMAIN", "agora.commune.example")
    worker.start()
    meeting = published_meeting(SUMMER)
    MembershipFactory(community=meeting.communities.get(), resident__email="basile@example.org")

    announcing.announce(meeting=meeting, by=None, now=timezone.now())

    letterbox.wait_for(2)
    (letter,) = letterbox.to("ada@example.org")
    entry = part(letter, "text/calendar")
    raw = next(each for each in letter.walk() if each.get_content_type() == "text/calendar").get_payload(decode=True)
    assert calendar_lint.problems(raw, method="REQUEST") == []
    assert "ada@example.org" in entry
    assert "basile" not in entry
    assert f"reunions+{Delivery.objects.first().resident.token}" in letter["From"].addresses[0].addr_spec
