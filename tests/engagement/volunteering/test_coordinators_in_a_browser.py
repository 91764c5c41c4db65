"""A coordinator's pages in Chromium, on a phone and on a screen: axe finds nothing, and nothing is wider than it."""

import os

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from communities.models import Resident
from communities.space import guard, sessions
from engagement.models import WorkDay
from engagement.volunteering.planning import proposing, repeating
from tests import nobody_stopped
from tests.communities.factories import ConsentEventFactory
from tests.engagement.factories_of_work_days import VolunteerFactory
from tests.engagement.volunteering.plans import community_of, coordinator, in_days, made
from tests.meetings.factories import meeting_index

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOW = timezone.now()
SHOTS = os.environ.get("SHOTS", "")


def a_day_of(ada: Resident) -> WorkDay:
    """Published, in a series, with somebody who comes."""
    work_day = proposing.publish(
        work_day=made(ada, summary="On taille.", practical="Des gants.", place="Le verger"), by=ada, now=NOW
    )
    VolunteerFactory(
        work_day=work_day,
        given_name="Basile",
        guests=2,
        phone="0699887766",
        remark="J’arrive à dix heures.",
        shifts=[work_day.shifts.first()],
        items={work_day.needs.first(): 2},
    )
    repeating.repeat(work_day=work_day, days=[in_days(17), in_days(24)], by=ada, now=NOW)
    return work_day


def pages_of(work_day: WorkDay, ada: Resident) -> dict[str, str]:
    here = f"/mon-espace/chantiers/{work_day.pk}"
    draft = WorkDay.objects.filter(meeting__live=False).order_by("pk")[0]
    return {
        "the list": "/mon-espace/chantiers/",
        "a new one": f"/mon-espace/chantiers/nouveau/{community_of(ada).slug}/",
        "one": f"{here}/",
        "to change": f"{here}/modifier/",
        "to publish": f"/mon-espace/chantiers/{draft.pk}/publier/",
        "to drop": f"/mon-espace/chantiers/{draft.pk}/supprimer/",
        "once more": f"{here}/encore/",
        "a series": f"{here}/serie/?rhythm=weekly&until={in_days(60)}",
        "how often": f"{here}/serie/",
        "to invite": f"{here}/inviter/",
        "the letter": f"{here}/inviter/lettre/",
    }


def come_in(page: Page, live_server: LiveServer, resident: Resident) -> None:
    _session, secret = sessions.begin(resident=resident, device="Chromium", now=timezone.now())
    page.context.add_cookies([{"name": guard.COOKIE, "value": secret, "url": live_server.url}])


def test_no_page_of_a_coordinator_stops_anyone(page: Page, live_server: LiveServer) -> None:
    meeting_index()
    ada = coordinator(name="Ada Terril")
    ConsentEventFactory(resident=ada, scope=f"community:{community_of(ada).pk}")
    work_day = a_day_of(ada)
    come_in(page, live_server, ada)
    found: dict[str, str] = {}

    for name, address in pages_of(work_day, ada).items():
        page.goto(live_server.url + address)
        found |= nobody_stopped.faults(page, name, nobody_stopped.PUBLIC)
        look(page, name)

    assert found == {}


def look(page: Page, name: str) -> None:
    """With SHOTS=folder, what it looks like on a phone and on a screen."""
    for width in (375, 1280) if SHOTS else ():
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=f"{SHOTS}/{name.replace(' ', '-')}-{width}.png", full_page=True)


def test_a_shift_is_written_down_by_hand_without_javascript(page: Page, live_server: LiveServer) -> None:
    meeting_index()
    ada = coordinator()
    come_in(page, live_server, ada)
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto(f"{live_server.url}/mon-espace/chantiers/nouveau/{community_of(ada).slug}/")

    page.locator("[name=title]").fill("Chantier du verger")
    page.locator("[name=day]").fill(in_days(10).isoformat())
    page.locator("[name=begins]").fill("09:00")
    page.locator("[name=ends]").fill("12:00")
    page.locator("[name=place]").fill("Le vieux verger")
    page.locator("[name=shifts-0-role]").fill("Tailler")
    page.locator("form.form button[type=submit]").last.click()

    assert "done=made" in page.url
    assert WorkDay.objects.get().shifts.get().role == "Tailler"
