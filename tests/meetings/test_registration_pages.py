"""What someone who asks for a seat reads once the form is sent."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.robots import SECONDS_TO_READ
from meetings import registering, rsvp
from meetings.models import AnswerChannel, Choice, MeetingPage, Registration
from tests.meetings.factories import AnnouncementFactory, MeetingPageFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


def test_the_page_says_for_how_long_the_seat_is_kept(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registering, "HELD_FOR", dt.timedelta(hours=7))
    address = reverse("meetings:register", args=[MeetingPageFactory().uid])
    opened = client.get(address).context["form"]["opened"].value()

    with time_machine.travel(timezone.now() + dt.timedelta(seconds=SECONDS_TO_READ), tick=False):
        page = client.post(address, {"opened": opened, "name": "Ada Terril", "email": "ada@example.org"})

    registration = Registration.objects.get()
    assert registration.held_until - registration.created_at == dt.timedelta(hours=7)
    assert "dans les 7 heures" in page.content.decode()


def test_one_connection_cannot_hold_a_whole_room(client: Client) -> None:
    meeting = MeetingPageFactory(capacity=100)
    address = reverse("meetings:register", args=[meeting.uid])
    opened = client.get(address).context["form"]["opened"].value()

    with time_machine.travel(timezone.now() + dt.timedelta(seconds=SECONDS_TO_READ), tick=False):
        forms = [{"opened": opened, "name": "Ada", "email": f"a{n}@example.org", "guests": "9"} for n in range(4)]
        answers = [client.post(address, form).status_code for form in forms]

    assert answers == [200, 200, 429, 429]
    assert Registration.objects.count() == 2


def test_a_link_already_confirmed_leads_to_the_answer_given_since(client: Client) -> None:
    registration = RegistrationFactory()
    link = reverse("meetings:confirm_registration", args=[registering.token_of(registration)])
    client.post(link)
    invitation = registration.meeting.invitations.get()
    rsvp.answer(invitation=invitation, choice=Choice.NO, channel=AnswerChannel.MAIL, now=timezone.now())

    opened = client.get(link, follow=True)

    assert opened.redirect_chain == [(reverse("meetings:answer", args=[rsvp.token_of(invitation)]), 302)]
    assert "<strong>non</strong>" in opened.content.decode()
    assert "Envoyer ma réponse" in opened.content.decode()


@pytest.mark.parametrize(("days", "said"), [(1, True), (0, False)])
def test_who_asked_before_the_meeting_moved_reads_so_before_the_button(client: Client, days: int, said: bool) -> None:
    meeting = AnnouncementFactory().meeting
    registration = RegistrationFactory(meeting=meeting, sequence=0)
    later = {"starts_at": meeting.starts_at + dt.timedelta(days=days), "title": "Un autre titre"}
    MeetingPage.objects.filter(pk=meeting.pk).update(ends_at=meeting.ends_at + dt.timedelta(days=days), **later)

    page = client.get(reverse("meetings:confirm_registration", args=[registering.token_of(registration)]))

    assert ("La date ou le lieu a changé depuis notre message" in page.content.decode()) == said
