"""Calls, letters, rain and answers on a small telephone, without JavaScript; and axe finds nothing about them."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from communities.models import Delivery, Mailing, Resident, Town
from communities.space import guard, sessions
from engagement.models import CoordinatorLetter, Reply, Signup, WorkDay
from engagement.volunteering.calling import calls, panels, replies
from meetings.models import MeetingPage
from tests import nobody_stopped
from tests.engagement.factories_of_work_days import NeedFactory, ShiftFactory, VolunteerFactory, morning
from tests.engagement.volunteering.calling import a_work_day
from tests.factories import home_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def telephone(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=live_server.url,
        locale="fr-FR",
        viewport={"width": 375, "height": 720},
        java_script_enabled=False,
        timezone_id="Europe/Paris",
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def work_day() -> WorkDay:
    home_page()
    Town.load()
    Town.objects.update(town_hall="Mairie de Fosse-les-Briques", email="mairie@example.org", phone="0199000001")
    day = a_work_day.of(meeting__title="Les bancs du coron", fallback_on=morning(in_days=17).date())
    ShiftFactory(work_day=day, minimum=3)
    NeedFactory(work_day=day)
    VolunteerFactory(work_day=day, phone="06 39 98 00 01", given_name="Ada Terril", shifts=[day.shifts.get()])
    VolunteerFactory(work_day=day, resident__without_email=True, given_name="Basile Coron")
    return day


@pytest.fixture
def coordinator(work_day: WorkDay) -> Resident:
    return a_work_day.coordinator(work_day, name="Nora Chevalet")


def come_in(page: Page, resident: Resident, *, url: str) -> None:
    _session, secret = sessions.begin(resident=resident, device="Firefox", now=timezone.now())
    page.context.add_cookies([{"name": guard.COOKIE, "value": secret, "url": url}])


def address(name: str, *args: object) -> str:
    return reverse(f"engagement:{name}", args=args)


def press(page: Page, name: str) -> None:
    page.locator(f"main button[name={name}]").click()


@pytest.mark.journey
def test_a_call_leaves_in_three_presses_and_its_letter_leads_to_a_shift_in_two_pages(
    telephone: Page, live_server: LiveServer, work_day: WorkDay, coordinator: Resident
) -> None:
    member = a_work_day.member(work_day, name="Félix Gaillette")
    come_in(telephone, coordinator, url=live_server.url)
    telephone.goto(address("run_call", work_day.pk))
    press(telephone, "preview")
    expect(telephone.locator("main")).to_contain_text("Une personne sera sollicitée")
    press(telephone, "send")
    expect(telephone.locator("main")).to_contain_text("C’est envoyé")

    delivery = Delivery.objects.select_related("mailing", "resident").get(mailing__kind=calls.LETTER_KIND)
    button = re.search(r"https?://[^\s/]+(/\S+s=\d+)", a_work_day.as_read(delivery).text)
    assert delivery.resident == member
    assert button
    telephone.context.clear_cookies()
    telephone.goto(live_server.url + button[1])
    telephone.locator("main form button[type=submit]").first.click()

    expect(telephone.locator("h1")).to_contain_text("Merci")
    assert Signup.objects.filter(volunteer__resident=member).exists()


@pytest.mark.journey
def test_it_rains_and_one_press_later_there_are_numbers_to_call(
    telephone: Page, live_server: LiveServer, work_day: WorkDay, coordinator: Resident
) -> None:
    come_in(telephone, coordinator, url=live_server.url)
    telephone.goto(address("run_rain", work_day.pk))

    telephone.get_by_role("button", name="Annuler le chantier").click()

    expect(telephone.locator("h1")).to_contain_text("Le chantier est annulé")
    expect(telephone.locator("a[href='tel:+33639980001']").first).to_be_visible()
    expect(telephone.locator("main")).to_contain_text("Basile Coron")
    assert MeetingPage.objects.get(pk=work_day.meeting.pk).is_cancelled


@pytest.mark.journey
def test_a_letter_is_answered_on_its_page(telephone: Page, work_day: WorkDay, coordinator: Resident) -> None:
    letter = a_work_day.write(work_day, coordinator, now=timezone.now())
    delivery = Delivery.objects.filter(mailing=letter.mailing, resident__email__gt="").get()
    telephone.goto(address("work_day_reply", replies.token_of(delivery.pk)))
    expect(telephone.locator("h1")).to_contain_text("Répondre à Nora C.")

    telephone.locator("textarea").fill("J’apporte une soupe.")
    telephone.locator("main form button[type=submit]").click()

    expect(telephone.locator("h1")).to_contain_text("Votre réponse est partie")
    assert Reply.objects.get().words == "J’apporte une soupe."


def test_axe_finds_nothing_on_any_of_these_pages(
    page: Page, live_server: LiveServer, work_day: WorkDay, coordinator: Resident
) -> None:
    a_work_day.member(work_day)
    written = a_work_day.write(work_day, coordinator, now=timezone.now())
    delivery = Delivery.objects.filter(mailing=written.mailing).first()
    assert delivery
    token = replies.token_of(delivery.pk)
    come_in(page, coordinator, url=live_server.url)
    found: dict[str, str] = {}
    pages = {
        "call": address("run_call", work_day.pk),
        "write": address("run_write", work_day.pk),
        "letter": address("run_letter", work_day.pk, CoordinatorLetter.objects.get().pk),
        "rain": address("run_rain", work_day.pk),
        "whom to call": address("run_rain_done", work_day.pk),
        "answer": address("work_day_reply", token),
        "answered": address("work_day_replied", token),
    }
    for name, where in pages.items():
        page.goto(live_server.url + where)
        found |= nobody_stopped.faults(page, name, nobody_stopped.PUBLIC)
    page.goto(live_server.url + pages["call"])
    press(page, "preview")
    found |= nobody_stopped.faults(page, "before it leaves", nobody_stopped.PUBLIC)
    assert urlsplit(page.url).path == pages["call"]
    assert not found, "\n".join(found.values())


def test_the_section_of_the_work_day_stops_nobody(
    page: Page, live_server: LiveServer, work_day: WorkDay, coordinator: Resident
) -> None:
    a_work_day.write(work_day, coordinator, now=timezone.now())
    template, context = panels.of(None, coordinator, work_day, timezone.now()) or ("", {})  # type: ignore[arg-type]
    come_in(page, coordinator, url=live_server.url)
    page.goto(live_server.url + address("run_write", work_day.pk))
    page.evaluate(
        "html => { document.querySelector('main').innerHTML = '<h1>Le chantier</h1>' + html }",
        render_to_string(template, dict(context)),
    )

    assert nobody_stopped.faults(page, "section", nobody_stopped.PUBLIC) == {}
    assert Mailing.objects.exists()
