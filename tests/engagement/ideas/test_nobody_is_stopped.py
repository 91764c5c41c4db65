"""axe finds nothing on what is shown after a press on the pages of ideas: mistakes, thanks, second thoughts."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, Route
from pytest_django.live_server_helper import LiveServer

from engagement.ideas import carrying, drafting, supporting
from engagement.models import Scheme
from tests import nobody_stopped, town_of_ideas
from tests.engagement.factories import IdeaFactory
from tests.engagement.ideas.writing import begun
from tests.engagement.uploads import files
from tests.factories import home_page
from tests.journeys.test_accessibility import SHOWN_AT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def answers() -> dict[str, HttpResponse]:
    home_page()
    client, idea = Client(), begun()
    draft = reverse("engagement:draft", args=[drafting.token_of(idea)])
    mine = reverse("engagement:my_idea", args=[carrying.token_of(town_of_ideas.asked())])
    shown = IdeaFactory(public=True)
    supported = reverse("engagement:idea_support", args=[supporting.token_of(town_of_ideas.support(shown))])
    bad = files.sent(b"<svg/>", name="dessin.svg")
    pages = {
        "a first page with mistakes": client.post(reverse("engagement:propose"), {"name": "www.exemple.org"}),
        "a draft with mistakes": client.post(draft, {"title": "www.exemple.org", "pictures": [bad], "do": "send"}),
        "an empty answer": client.post(mine, {"do": "answer"}),
        "withdraw, sure?": client.post(mine, {"do": "withdraw"}),
        "a support with mistakes": client.post(shown.get_absolute_url(), {"email": "nora"}),
        "a support confirmed": client.post(supported, {"do": "join"}),
        "a support taken back": client.post(supported, {"do": "withdraw"}),
    }
    Scheme.objects.update_or_create(pk=Scheme.load().pk, defaults={"takes_ideas": False})
    return pages | {"a pause": client.get(reverse("engagement:propose")), "a draft in a pause": client.get(draft)}


def served(answer: HttpResponse) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=answer.content, content_type="text/html")


def test_no_answer_stops_anyone(page: Page, live_server: LiveServer) -> None:
    found: dict[str, str] = {}

    for name, answer in answers().items():
        page.route(f"**{SHOWN_AT}", served(answer))
        page.goto(live_server.url + SHOWN_AT)
        found |= nobody_stopped.faults(page, name, nobody_stopped.PUBLIC)

    assert found == {}


def test_the_answers_walked_are_those_they_are_called() -> None:
    assert [answer.status_code for answer in answers().values()] == [422, 422, 422, 200, 422, 200, 200, 200, 200]
