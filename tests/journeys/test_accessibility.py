"""axe finds nothing on any public page nor in the letters, light or dark, small or large; nobody else is asked."""

import datetime as dt
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.core.ratelimit import respond_429
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.views.defaults import server_error
from playwright.sync_api import Page, Route
from pytest_django.live_server_helper import LiveServer

from communities import throttling
from communities.robots import SECONDS_TO_READ
from meetings import registering
from tests import nobody_stopped, town
from tests.meetings.factories import MeetingPageFactory, RegistrationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOWN_AT = "/comme-servi/"


def from_nobody() -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return request


def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, HttpResponse]:
    """What is only shown after a button was pressed, or when something went wrong."""
    client, meeting = Client(), MeetingPageFactory(capacity=2)
    forgotten = RegistrationFactory(meeting=MeetingPageFactory(capacity=0), forgotten=True)
    register, sign_up = reverse("meetings:register", args=[meeting.uid]), reverse("communities:sign_up")
    opened = client.get(register).context["form"]["opened"].value()
    person = {"opened": opened, "name": "Ada Terril", "email": "ada@example.org"}
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=SECONDS_TO_READ), tick=False):
        shown = {
            "registration sent": client.post(register, person),
            "registration with a mistake": client.post(register, person | {"email": "ada"}),
            "no seat any more": client.post(register, person | {"email": "nora@example.org", "guests": 5}),
            "the seat is gone": client.post(
                reverse("meetings:confirm_registration", args=[registering.token_of(forgotten)])
            ),
            "sign-up with mistakes": client.post(sign_up, {}),
        }
        monkeypatch.setattr(throttling, "too_often", lambda **_asked: True)
        shown["too often"] = client.post(sign_up, person | {"whole_town": "on"})
    return shown | {"too many attempts": respond_429(from_nobody()), "failure": server_error(from_nobody())}


def served(answer: HttpResponse) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=answer.content, content_type="text/html")


def test_no_page_stops_anyone(page: Page, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    addresses = town.addresses() | {"sign in": reverse("account_login")}
    found: dict[str, str] = {}

    for name, address in addresses.items():
        page.goto(live_server.url + address)
        found |= nobody_stopped.faults(page, name, nobody_stopped.PUBLIC)
    for name, answer in answers(monkeypatch).items():
        page.route(f"**{SHOWN_AT}", served(answer))
        page.goto(live_server.url + SHOWN_AT)
        found |= nobody_stopped.faults(page, name, nobody_stopped.PUBLIC)

    assert found == {}
    assert asked == {urlsplit(live_server.url).netloc}


def test_the_answers_walked_are_those_they_are_called(monkeypatch: pytest.MonkeyPatch) -> None:
    town.addresses()

    assert [answer.status_code for answer in answers(monkeypatch).values()] == [200, 422, 409, 409, 200, 429, 429, 500]


def test_no_letter_stops_anyone(page: Page) -> None:
    found: dict[str, str] = {}

    for name, letter in town.letters().items():
        page.set_content(letter.html)
        found |= nobody_stopped.faults(page, name, nobody_stopped.PUBLIC)

    assert found == {}
