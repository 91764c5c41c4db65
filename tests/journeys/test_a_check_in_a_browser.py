"""From the letter to the answer on a small telephone without JavaScript; and axe finds nothing about checks."""

import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from communities.models import Town
from engagement.caring import reconciling, showing
from engagement.models import CheckKind, CheckState, Side, Stage, StewardshipCheck
from tests import nobody_stopped
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import KeptFileFactory, ProjectFactory
from tests.engagement.factories_of_what_was_done import DutyFactory, StewardshipCheckFactory
from tests.engagement.uploads import files
from tests.factories import StaffFactory, home_page
from tests.letterbox import Letterbox

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Drawn by Wagtail: the count of a search is an alert and a heading.
BUT_THE_COUNT = {"exclude": ["h2[role=alert]"]}


@pytest.fixture
def telephone(chromium: Browser) -> Any:
    context = chromium.new_context(
        locale="fr-FR", viewport={"width": 375, "height": 720}, java_script_enabled=False, timezone_id="Europe/Paris"
    )
    yield context.new_page()
    context.close()


def due_soon(**facts: Any) -> StewardshipCheck:
    today = timezone.localdate()
    return StewardshipCheckFactory(due_on=today + dt.timedelta(days=1), **facts)  # type: ignore[no-any-return]


@pytest.mark.journey
@pytest.mark.usefixtures("worker")
def test_who_looks_answers_from_the_letter_with_a_photograph_and_puts_it_right(
    telephone: Page, live_server: LiveServer, letterbox: Letterbox, settings: Any
) -> None:
    settings.POST_OPENS_AT, settings.POST_CLOSES_AT = 0, 24
    home_page()
    Town.load()
    Town.objects.update(town_hall="Mairie de Fosse-les-Briques", email="mairie@example.org", phone="0199000001")
    project = ProjectFactory(title="Les bancs du coron", stage=Stage.STEWARDSHIP)
    check = due_soon(project=project, resident=ResidentFactory(name="Ada Terril", email="ada@example.org"))
    reconciling.tick(now=timezone.now())
    letterbox.wait_for(1)
    text = letterbox.to("ada@example.org")[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    trouble = re.search(r"https://commune\.example(/entretien/\S+needs_work)", text)
    assert trouble

    telephone.goto(live_server.url + trouble[1])
    expect(telephone.locator("h1")).to_contain_text("Ada Terril, dans quel état est-ce")
    expect(telephone.locator("input[value=needs_work]")).to_be_checked()
    telephone.locator("textarea").fill("Une latte manque.")
    telephone.locator("input[type=file]").set_input_files(
        {"name": "banc.jpg", "mimeType": "image/jpeg", "buffer": files.photo()}
    )
    telephone.locator("main form button[type=submit]").click()

    expect(telephone.locator("h1")).to_contain_text("Merci, Ada Terril")
    answered = StewardshipCheck.objects.get(pk=check.pk)
    assert (answered.state, answered.words, bool(answered.photo)) == ("needs_work", "Une latte manque.", True)
    letterbox.wait_for(2)
    assert "Une latte manque." in letterbox.to("mairie@example.org")[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]

    telephone.get_by_text("Modifier ma réponse").click()
    telephone.locator("label", has_text="C’est fait").click()
    telephone.locator("main form button[type=submit]").click()

    expect(telephone.locator("main")).to_contain_text("C’est fait, tout va bien.")
    assert StewardshipCheck.objects.get(pk=check.pk).is_good


def everything(project: Any) -> None:
    """Duties of both sides, a photograph, what is overdue, what needs work, what is to come, a review."""
    DutyFactory(project=project)
    DutyFactory(project=project, what="Tondre", who="", when="En mai", side=Side.COMMUNE)
    photo = KeptFileFactory(media_type="image/jpeg", content=files.photo(), width=300, height=200)
    now, days = timezone.now(), dt.timedelta(days=1)
    found = {"state": CheckState.NEEDS_WORK, "words": "Une latte manque.", "photo": photo, "answered_at": now}
    today = timezone.localdate()
    StewardshipCheckFactory(project=project, due_on=today - 2 * days, is_photo_public=True, **found)
    StewardshipCheckFactory(project=project, due_on=today - days)
    StewardshipCheckFactory(project=project, due_on=today + days, resident=ResidentFactory())
    StewardshipCheckFactory(project=project, due_on=today + days, kind=CheckKind.REVIEW)


def test_no_page_of_the_desk_about_checks_stops_anyone(page: Page, live_server: LiveServer) -> None:
    project = ProjectFactory(stage=Stage.STEWARDSHIP, holder=ResidentFactory())
    everything(project)
    nobody_stopped.sign_in(page, StaffFactory(participation=True, reads="fr"), url=live_server.url)
    found = dict[str, str]()
    checks = [str(pk) for pk in project.checks.values_list("pk", flat=True)]
    addresses = [
        reverse("wagtailadmin_home"),
        reverse("stewardship:index"),
        reverse("stewardship:project", args=[project.pk]),
        reverse("stewardship:pass", args=[project.pk, "taken_back"]),
        *(reverse(f"stewardship:{name}", args=[pk]) for name in ("inspect", "type_in") for pk in checks),
        reverse("wagtail_bulk_action", args=["engagement", "stewardshipcheck", "call_off"]) + f"?id={checks[-1]}",
    ]

    for address in addresses:
        page.goto(live_server.url + address)
        assert urlsplit(page.url).path == urlsplit(address).path
        found |= nobody_stopped.faults(page, address, nobody_stopped.DESK, where=BUT_THE_COUNT)

    assert found == {}


def test_how_it_stands_is_readable_by_anyone(page: Page, live_server: LiveServer) -> None:
    project = ProjectFactory(stage=Stage.STEWARDSHIP)
    everything(project)
    shown = showing.of(project=project, today=timezone.localdate())
    part = render_to_string("components/stewardship.html", {"shown": shown})
    sheets = "".join(f'<link rel="stylesheet" href="/static/{name}">' for name in STYLES)
    head = f'<html lang="fr"><head><title>x</title><meta name="viewport" content="width=device-width">{sheets}</head>'
    whole = f'<!DOCTYPE html>{head}<body><main class="page wrap"><h1>Les bancs</h1>{part}</main></body></html>'

    def serve(route: Route) -> None:
        route.fulfill(body=whole, content_type="text/html; charset=utf-8")

    page.route("**/etat/", serve)
    page.goto(live_server.url + "/etat/")

    assert nobody_stopped.faults(page, "how it stands", nobody_stopped.DESK) == {}


STYLES = ["tokens.css", "base.css", "layout.css", "components/stewardship.css"]
