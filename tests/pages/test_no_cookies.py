"""A browser that keeps no cookie does everything a resident can do, and no public page ever gives it one."""

import datetime as dt

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import signing_up, unsubscribing
from communities.robots import SECONDS_TO_READ
from meetings import registering, rsvp
from meetings.calendars import own_calendar
from meetings.models import Answer, CalendarKey, Choice, Invitation, Registration
from tests import town
from tests.communities.factories import CommunityFactory, ResidentFactory, SignUpFactory
from tests.meetings.factories import InvitationFactory, MeetingPageFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict() -> Client:
    """A browser whose forms are checked as in production, and which sends back no cookie."""
    return Client(enforce_csrf_checks=True)


def fill_in(strict: Client, path: str, **answers: object) -> HttpResponse:
    """Open a form, take the time to read it, send it; forget whatever cookie came with it."""
    opened = strict.get(path).context["form"]["opened"].value()
    strict.cookies.clear()
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=SECONDS_TO_READ), tick=False):
        return strict.post(path, {"opened": opened, "name": "Ada Terril", "email": "ada@example.org", **answers})


def test_no_public_page_sets_a_cookie(strict: Client) -> None:
    given = {name: strict.get(address).cookies.output() for name, address in town.addresses().items()}

    assert {name: cookies for name, cookies in given.items() if cookies} == {}


def test_an_answer_needs_no_cookie(strict: Client) -> None:
    token = rsvp.token_of(InvitationFactory())

    answer = strict.post(reverse("meetings:answer", args=[token]), {"choice": "yes", "guests": "0"})

    assert answer.headers["Location"] == reverse("meetings:answer_recorded", args=[token])
    assert Answer.objects.get().choice == Choice.YES
    assert not answer.cookies


def test_a_registration_needs_no_cookie(strict: Client) -> None:
    meeting = MeetingPageFactory()

    answer = fill_in(strict, reverse("meetings:register", args=[meeting.uid]), guests="0")

    assert answer.status_code == 200
    assert Registration.objects.get().meeting == meeting
    assert not answer.cookies


def test_taking_the_seat_needs_no_cookie(strict: Client) -> None:
    token = registering.token_of(RegistrationFactory())

    answer = strict.post(reverse("meetings:confirm_registration", args=[token]))

    assert answer.status_code == 302
    assert Invitation.objects.get().answers.get().choice == Choice.YES
    assert not answer.cookies


def test_a_calendar_of_ones_own_needs_no_cookie(strict: Client) -> None:
    resident = ResidentFactory()

    answer = strict.post(reverse("meetings:my_calendar", args=[own_calendar.token_of(resident)]), {"do": "open"})

    assert answer.status_code == 302
    assert CalendarKey.objects.get().resident == resident
    assert not answer.cookies


def test_signing_up_confirming_and_stopping_need_no_cookie(strict: Client) -> None:
    confirm = reverse("communities:confirm_sign_up", args=[signing_up.token_of(SignUpFactory())])
    stop = reverse("communities:unsubscribe", args=[unsubscribing.token_of(ResidentFactory(allows=["town"]))])

    answers = [
        fill_in(strict, CommunityFactory().get_absolute_url()),
        fill_in(strict, reverse("communities:sign_up"), whole_town="on"),
        strict.post(confirm),
        strict.post(stop),
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 302]
    assert not any(answer.cookies for answer in answers)
