"""A person presses the plan, on a telephone and at a desk: the mark stands under the finger."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.engagement.places.asking"),
    pytest.mark.django_db(transaction=True),
]
SHARES = """ground => {  // where the mark's heart is; at one moment, since the page glides to its plan
    const picture = ground.querySelector(".plan__press").getBoundingClientRect()
    const mark = ground.querySelector(".plan__mark > circle").getBoundingClientRect()
    const [across, down] = [mark.x + mark.width / 2 - picture.x, mark.y + mark.height / 2 - picture.y]
    return [across / picture.width, down / picture.height]
}"""
WINDOWS = [
    pytest.param(width, id=name)
    for width, name in [(320, "smallest"), (368, "middle"), (375, "telephone"), (640, "wide"), (1280, "desk")]
]


@pytest.mark.parametrize("width", WINDOWS)
def test_the_mark_stands_where_the_plan_was_pressed(page: Page, live_server: LiveServer, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.set_default_timeout(8000)
    page.goto(f"{live_server.url}/place/")
    page.get_by_label("Adresse").fill("rue de Lens")
    plan = page.locator(".plan__press:visible")
    box = plan.bounding_box()
    assert box is not None

    plan.click(position={"x": box["width"] * 0.7, "y": box["height"] * 0.4})

    expect(page.locator(".plan__said")).to_be_in_viewport()
    across, down = page.locator(".plan__ground:visible").evaluate(SHARES)
    assert (across, down) == (pytest.approx(0.7, abs=0.01), pytest.approx(0.4, abs=0.01))
    expect(page.get_by_label("Adresse")).to_have_value("rue de Lens")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_key_that_sends_a_form_sends_it_and_presses_no_picture(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/place/")
    page.locator(".plan__press:visible").click(position={"x": 280, "y": 84})
    page.get_by_label("Titre").fill("Un banc")

    page.get_by_label("Titre").press("Enter")

    expect(page.locator("#done")).to_have_text("500,500")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_asking_for_a_place_shuts_nobody_out(page: Page, live_server: LiveServer, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{live_server.url}/place/")
    page.locator(".plan__press:visible").click(position={"x": 280, "y": 84})

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", WINDOWS)
def test_marks_are_as_large_in_a_small_window_and_lead_where_they_say(
    page: Page, live_server: LiveServer, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{live_server.url}/places/")

    for circle in page.locator(".plan__mark > circle").all():
        box = circle.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    page.get_by_role("link", name="2. Projet 2").click()
    expect(page).to_have_url(f"{live_server.url}/places/#2")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_marks_are_reached_by_the_keyboard_in_their_order(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/places/")

    names = []
    for _tab in range(3):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))

    assert names == ["1. Projet 1", "2. Projet 2", "3. Projet 3"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_plan_with_its_marks_shuts_nobody_out(page: Page, live_server: LiveServer, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{live_server.url}/places/")

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
