"""Where no mailbox is read, and for whoever prefers it: an answer is written on a page."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from communities.models import Delivery
from engagement.models import Reply
from engagement.volunteering.calling import replies
from tests.communities.factories import ResidentFactory
from tests.engagement.factories_of_work_days import VolunteerFactory
from tests.engagement.volunteering.calling import a_work_day

pytestmark = pytest.mark.django_db

EMAIL = "ada.terril@example.net"


@pytest.fixture
def work_day():
    return a_work_day.of()


@pytest.fixture
def coordinator(work_day):
    return a_work_day.coordinator(work_day, name="Nora Chevalet")


@pytest.fixture
def letter(work_day, coordinator):
    """What Ada, who comes, got of Nora."""
    ada = ResidentFactory(name="Ada Terril", email=EMAIL)
    VolunteerFactory(work_day=work_day, resident=ada)
    return a_work_day.to(a_work_day.write(work_day, coordinator, now=timezone.now()), ada)


def passed_on():
    return Delivery.objects.select_related("mailing", "resident").filter(mailing__kind=replies.LETTER_KIND)


def page_of(delivery):
    return reverse("engagement:work_day_reply", args=[replies.token_of(delivery.pk)])


def test_without_a_mailbox_the_letter_leads_to_a_page(letter, settings):
    settings.INBOUND_DOMAIN = ""

    said = a_work_day.as_read(letter)

    assert said.from_address == ""
    assert page_of(letter) in said.text
    assert "Ne répondez pas à ce message" in said.text


def test_the_page_passes_the_words_on_once(letter, coordinator, client):
    shown = client.get(page_of(letter))
    typed = {"words": f"Je viens. {EMAIL}", "key": shown.context["form"].initial["key"]}

    for _press in range(2):
        answered = client.post(page_of(letter), typed, follow=True)

    assert "Votre réponse est partie" in answered.content.decode()
    assert passed_on().get().resident == coordinator
    assert Reply.objects.get().words == "Je viens. …"


def test_opening_the_page_says_nothing_to_anybody(letter, client):
    for method in (client.get, client.head):
        assert method(page_of(letter)).status_code == 200
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    "typed", [{"words": ""}, {"words": "x" * 5001}, {"words": "a\0b"}, {"words": "Oui", "key": "?"}]
)
def test_what_cannot_be_passed_on_stays_on_the_page(letter, client, typed):
    response = client.post(page_of(letter), {"key": uuid.uuid4(), **typed})

    assert response.status_code == 422
    assert not Reply.objects.exists()


def test_a_forged_page_is_nobodys(client):
    assert client.get(reverse("engagement:work_day_reply", args=["a" * 24])).status_code == 404
    assert client.get(reverse("engagement:work_day_replied", args=["a" * 24])).status_code == 404


def test_a_page_says_when_it_is_too_late(letter, work_day, client):
    with time_machine.travel(work_day.meeting.ends_at + dt.timedelta(days=31), tick=False):
        response = client.post(page_of(letter), {"words": "Oui", "key": uuid.uuid4()})

    assert "Il est trop tard" in response.content.decode()
    assert not Reply.objects.exists()
