"""Are the pages of conventions for everyone, on a telephone and at night? Can somebody sign there, start to end?"""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from engagement.conventions import freezing, models_of_a_town, on_screen
from engagement.models import Convention, ConventionTemplate, Side
from pages import page_tree
from tests import nobody_stopped
from tests.communities.factories import NeighbourhoodFactory, ResidentFactory
from tests.engagement.conventions.conventions import draft, officer, read_token, signed, supported, write
from tests.engagement.factories import ThemeFactory
from tests.factories import home_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES_OF_PAGES", "")


@pytest.fixture
def waiting():
    """Written from a town's own model, and asked of the resident who carries it."""
    home_page()
    models_of_a_town.plant(models=page_tree.words("modeles-de-conventions")["modele"])
    now, by = timezone.now(), officer()
    holder = ResidentFactory(name="Ada Terril", email="ada@example.org")
    project = supported(holder=holder, title="Les bancs du coron", place="Cité Bellevue")
    told = {"deliberation": "délibération du 26 mars 2026", "maintenance": "laver et revisser chaque automne"}
    convention = draft(by=by, now=now, project=project, **told)
    convention.template = ConventionTemplate.objects.first()
    clauses = [{"heading": each.heading, "text": each.text} for each in convention.template.clauses.all()]
    write(convention, by=by, now=now, articles=clauses)
    freezing.propose(convention=convention, by=by, now=now)
    who = {"name": holder.name, "email": holder.email, "resident": holder}
    return on_screen.ask(convention=convention, side=Side.RESIDENTS, by=by, now=now, **who)


def photographed(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES, f"{name}.png"), full_page=True)


def test_no_page_of_conventions_stops_anyone(page: Page, live_server: LiveServer, waiting) -> None:
    by = officer()
    place = {"neighbourhood": NeighbourhoodFactory(), "theme": ThemeFactory()}
    convention = signed(by=by, project=supported(**place), summary="Six bancs, construits et entretenus par eux.")
    signed(by=by, starts_on=dt.date(2020, 1, 1), months=12)
    to_read = reverse("engagement:read_convention", args=[read_token(convention)])
    to_sign = reverse("engagement:sign_convention", args=[on_screen.token_of(waiting)])
    addresses = {
        "register": "/conventions/",
        "nothing": "/conventions/?state=ended",
        "convention": convention.get_absolute_url(),
        "verify": "/conventions/verifier/",
        "verified": f"/conventions/verifier/?code={convention.code}&fingerprint=0",
        "unknown": "/conventions/verifier/?code=AAAAAAAAAA",
        "read": to_read,
        "sign": to_sign,
    }
    found = dict[str, str]()
    for name, address in addresses.items():
        page.goto(live_server.url + address)
        found |= faults(page, name)
    page.get_by_role("button", name="Envoyez-moi mon code").click()
    found |= faults(page, "with a code")

    assert found == {}


def faults(page: Page, name: str) -> dict[str, str]:
    """In every look, with a picture of each where somebody asked for them."""
    found = dict[str, str]()
    for look in nobody_stopped.PUBLIC:
        found |= nobody_stopped.faults(page, name, [look])
        photographed(page, f"{name}-{look.width}")
    return found


def test_a_resident_reads_asks_for_a_code_and_signs(page: Page, live_server: LiveServer, waiting) -> None:
    page.goto(live_server.url + reverse("engagement:sign_convention", args=[on_screen.token_of(waiting)]))
    assert "1,40" in page.content()

    page.get_by_role("button", name="Envoyez-moi mon code").click()
    waiting.refresh_from_db()
    page.get_by_label("six chiffres").fill(on_screen.code_of(waiting, sent_at=waiting.code_sent_at))
    page.get_by_label("J’ai lu ce texte").check()
    page.get_by_role("button", name="Signer", exact=True).click()

    assert page.get_by_role("heading", level=1).inner_text().startswith("C’est signé")
    assert Convention.objects.get(pk=waiting.convention_id).signatures.get().name == "Ada Terril"


def test_the_desk_of_conventions_stops_nobody(page: Page, live_server: LiveServer, waiting) -> None:
    by = officer()
    begun, done = draft(by=by, now=timezone.now()), signed(by=by)
    write(begun, by=by, title="Les bancs, encore", now=timezone.now())
    nobody_stopped.sign_in(page, by, url=live_server.url)
    views = {
        "index": [],
        "add": [],
        "inspect": [begun.pk],
        "edit": [begun.pk],
        "versions": [begun.pk],
        "end": [done.pk],
    }
    views |= {"paper": [waiting.convention_id], "ask": [waiting.convention_id]}

    found = dict[str, str]()
    for view, args in views.items():
        page.goto(live_server.url + reverse(f"conventions_desk:{view}", args=args))
        page.wait_for_load_state("networkidle")
        photographed(page, f"desk-{view}")
        found |= nobody_stopped.faults(page, view, [nobody_stopped.Look("light", 1280)], where="#main")

    page.goto(live_server.url + reverse("conventions_desk:edit", args=[begun.pk]))
    page.get_by_role("button", name="Keep, and add lines").first.click()
    assert page.url.endswith("?more=commune#commune")
    assert found == {}


def test_what_is_put_out_for_signature_comes_from_the_towns_own_words(waiting) -> None:
    convention = Convention.objects.get(pk=waiting.convention_id)

    assert "{" not in convention.text
    for words in (
        "précaire et révocable",
        "sans qu’ils aient à prouver une faute",
        "1,40",
        "Aucun produit phytosanitaire",
    ):
        assert words in convention.text
