"""A coordinator ticks who is there on a telephone whose network comes and goes; and no page of the day stops anyone."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from communities.models import Resident, SpaceSession
from communities.space import guard, sessions
from engagement.models import Attendance, DayAccount, WorkDay
from tests import nobody_stopped
from tests.communities.factories import ResidentFactory
from tests.engagement.factories_of_work_days import NeedFactory, ShiftFactory, VolunteerFactory
from tests.engagement.volunteering.presence.days import a_day, came, closed, project_of, who_runs
from tests.factories import StaffFactory, home_page

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SMALL, LARGE = {"width": 375, "height": 720}, {"width": 1280, "height": 800}
KEPT, SAVED = "Gardé sur ce téléphone", "Enregistré"


@pytest.fixture
def work_day() -> WorkDay:
    """Two who signed up for the morning; one brings wheelbarrows."""
    home_page()
    work_day = a_day()
    shift = ShiftFactory(work_day=work_day, role="Désherber les bacs")
    need = NeedFactory(work_day=work_day)
    VolunteerFactory(work_day=work_day, resident__name="Ada Terril", shifts=[shift], items={need: 2}, guests=1)
    VolunteerFactory(work_day=work_day, resident__name="Basile Coron", shifts=[shift])
    return work_day


def come_in(page: Page, resident: Resident, url: str) -> None:
    _session, secret = sessions.begin(resident=resident, device="Firefox sur Android", now=timezone.now())
    page.context.add_cookies([{"name": guard.COOKIE, "value": secret, "url": url}])


@pytest.fixture
def telephone(chromium: Browser, live_server: LiveServer, work_day: WorkDay) -> Iterator[Page]:
    context = chromium.new_context(locale="fr-FR", viewport=SMALL, timezone_id="Europe/Paris")  # type: ignore[arg-type]
    page = context.new_page()
    come_in(page, who_runs(work_day), live_server.url)
    page.goto(live_server.url + reverse("engagement:run_presence", args=[work_day.pk]))
    yield page
    context.close()


def there(page: Page, name: str, *, hours: str | None = None) -> None:
    line = page.locator("fieldset", has=page.locator("legend", has_text=name)).first
    line.get_by_label("Là", exact=True).check()
    if hours:
        line.get_by_label("Heures par personne").fill(hours)


def save(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer", exact=True).click()


def told(page: Page, words: str) -> None:
    expect(page.locator("[data-told]")).to_contain_text(words, timeout=20_000)


def presences() -> dict[str, float]:
    return {str(row): float(row.people * row.hours) for row in Attendance.objects.all()}


def test_what_is_ticked_without_network_is_kept_and_leaves_by_itself(telephone: Page) -> None:
    telephone.context.set_offline(True)

    there(telephone, "Ada Terril", hours="2,5")
    save(telephone)
    told(telephone, KEPT)
    nothing_yet = Attendance.objects.count()
    telephone.context.set_offline(False)

    told(telephone, SAVED)
    assert nothing_yet == 0
    assert list(presences().values()) == [5.0]


def test_a_reload_loses_nothing_that_was_typed(telephone: Page) -> None:
    there(telephone, "Ada Terril")
    telephone.get_by_label("Qui", exact=True).first.fill("Nora Chevalet")
    told(telephone, KEPT)

    telephone.reload()
    told(telephone, KEPT)
    expect(telephone.get_by_label("Qui", exact=True).first).to_have_value("Nora Chevalet")
    save(telephone)

    told(telephone, SAVED)
    assert Attendance.objects.filter(given_name="Nora Chevalet").count() == 1
    assert Attendance.objects.count() == 2
    telephone.reload()
    expect(telephone.locator("[data-told]")).to_be_empty()


def test_an_impatient_thumb_doubles_nothing(telephone: Page) -> None:
    telephone.get_by_label("Qui", exact=True).first.fill("Nora Chevalet")
    there(telephone, "Basile Coron")

    telephone.get_by_role("button", name="Enregistrer", exact=True).dblclick()
    told(telephone, SAVED)
    save(telephone)
    told(telephone, SAVED)

    assert Attendance.objects.count() == 2


def test_an_answer_lost_on_the_way_doubles_nothing(telephone: Page) -> None:
    """The server wrote it and the telephone never heard: it sends again, under the same key."""
    lost = {"first": True}

    def lose(route: object) -> None:
        if lost.pop("first", False):
            route.fetch()  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    telephone.route("**/presence/", lambda route: lose(route) if route.request.method == "POST" else route.continue_())
    telephone.get_by_label("Qui", exact=True).first.fill("Nora Chevalet")
    save(telephone)
    told(telephone, KEPT)

    telephone.reload()

    told(telephone, SAVED)
    assert Attendance.objects.filter(given_name="Nora Chevalet").count() == 1


def test_a_session_that_ended_loses_nothing(telephone: Page, work_day: WorkDay, live_server: LiveServer) -> None:
    there(telephone, "Ada Terril")
    resident = SpaceSession.objects.get().resident
    SpaceSession.objects.all().delete()

    save(telephone)
    expect(telephone.get_by_role("link", name="Revenir dans mon espace")).to_be_visible()
    come_in(telephone, resident, live_server.url)
    telephone.reload()

    told(telephone, SAVED)
    assert Attendance.objects.count() == 1


def test_two_telephones_keep_both_lines_and_say_what_was_overwritten(telephone: Page, work_day: WorkDay) -> None:
    volunteer = work_day.volunteers.get(resident__name="Ada Terril")
    came_meanwhile = {"shift": work_day.shifts.get(), "people": 1, "hours": 1, "ticked_at": timezone.now()}
    there(telephone, "Ada Terril", hours="3")
    there(telephone, "Basile Coron")
    Attendance.objects.create(work_day=work_day, volunteer=volunteer, key=work_day.meeting.uid, **came_meanwhile)

    save(telephone)

    told(telephone, "entre-temps")
    told(telephone, "Ada Terril")
    assert sorted(presences().values()) == [3.0, 6.0]


def test_everyone_else_is_there_by_one_press_without_javascript(
    chromium: Browser, live_server: LiveServer, work_day: WorkDay
) -> None:
    context = chromium.new_context(locale="fr-FR", viewport=SMALL, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    come_in(page, who_runs(work_day), live_server.url)

    page.goto(live_server.url + reverse("engagement:run_presence", args=[work_day.pk]))
    page.get_by_role("button", name="Tous les autres sont là").first.click()
    page.get_by_role("link", name="La liste est complète").click()
    page.get_by_role("button", name="La liste est juste").click()

    expect(page.locator("main")).to_contain_text("9 h comptées")
    context.close()


def told_day(work_day: WorkDay) -> WorkDay:
    """Its list is confirmed, and how it went is told."""
    project_of(work_day)
    came(work_day, resident=ResidentFactory(name="Nora Chevalet"))
    done = closed(work_day)
    now = timezone.now()
    DayAccount.objects.create(work_day=done, words="Les bacs sont prêts.", written_at=now, public_at=now, seen_at=now)
    return done


def test_no_page_of_the_day_stops_anyone(page: Page, live_server: LiveServer, work_day: WorkDay) -> None:
    community = work_day.meeting.communities.get()
    come_in(page, who_runs(work_day), live_server.url)
    runs = [reverse(f"engagement:{name}", args=[work_day.pk]) for name in ("run_presence", "run_presence_confirm")]
    after = [reverse(f"engagement:{name}", args=[work_day.pk]) for name in ("run_presence", "run_account", "run_thank")]
    public = [
        reverse("engagement:work_day_thanks", args=[work_day.meeting.uid]),
        reverse("engagement:community_thanks", args=[community.slug]),
    ]

    found = {key: fault for path in runs for key, fault in look(page, live_server, path).items()}
    told_day(work_day)
    for path in [*after, *public, reverse("engagement:my_hours")]:
        found |= look(page, live_server, path, after=True)

    assert found == {}


def test_no_page_of_days_done_stops_any_staff(page: Page, live_server: LiveServer, work_day: WorkDay) -> None:
    account = told_day(work_day).account
    client = Client()
    client.force_login(StaffFactory(administration=True, reads="fr"))
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    paths = [
        reverse("days_done:index"),
        reverse("days_done:inspect", args=[work_day.pk]),
        reverse("day_accounts:index"),
        reverse("day_accounts:inspect", args=[account.pk]),
        reverse("insurer:index"),
        reverse("insurer:names", args=[work_day.pk]),
    ]
    found: dict[str, str] = {}

    for path in paths:
        answer = page.goto(live_server.url + path)
        assert answer is not None
        assert answer.ok, path
        photograph(page, path)
        found |= nobody_stopped.faults(page, path, nobody_stopped.DESK, where=nobody_stopped.BUT_WAGTAIL)

    assert found == {}


def look(page: Page, live_server: LiveServer, path: str, *, after: bool = False) -> dict[str, str]:
    answer = page.goto(live_server.url + path)
    assert answer is not None
    assert answer.ok, path
    photograph(page, f"{path}-after" if after else path)
    return nobody_stopped.faults(page, path, nobody_stopped.PUBLIC)


def photograph(page: Page, path: str) -> None:
    """For whoever wants to see what axe saw: SHOTS=/tmp/shots."""
    folder = os.environ.get("SHOTS")
    for size in (SMALL, LARGE) if folder else ():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        name = path.strip("/").replace("/", "-")[-50:]
        page.screenshot(path=Path(str(folder), f"{name}-{size['width']}.png"), full_page=True)
