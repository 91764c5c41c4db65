"""Is the plan with its marks read by everyone: by eye, by ear, by keyboard?"""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from engagement.places.plan import Mark, Plan, Point
from tests import visible

TOWN = Plan(url="/media/plan.svg", width=1200, height=900, credit="Dessin de la ville")
BENCH = Mark(point=Point(412, 305), number=1, name="Un banc rue de Lens", href="/projets/banc/")
HEDGE = Mark(point=Point(0, 1000), number=12, name="Une haie <b>", href="/projets/haie/")


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def shown(*marks: Mark, **more: Any) -> str:
    with translation.override("fr"):
        return render_to_string(
            "components/plan.html", {"plan": TOWN, "title": "Où sont les projets", "marks": marks} | more
        )


def test_a_plan_is_named() -> None:
    plan = Tags(shown(BENCH)).of("svg")[0]

    assert plan["aria-labelledby"] == "plan_title"
    assert '<title id="plan_title">Où sont les projets</title>' in shown(BENCH)


def test_two_plans_of_a_page_have_names_of_their_own() -> None:
    assert 'id="other_title"' in shown(BENCH, id="other")


def test_a_mark_that_leads_somewhere_is_a_link_with_a_name() -> None:
    page = shown(BENCH, HEDGE)

    links = [link for link in Tags(page).of("a") if link.get("aria-label")]
    assert [(link["href"], link["aria-label"]) for link in links] == [
        ("/projets/banc/", "1. Un banc rue de Lens"),
        ("/projets/haie/", "12. Une haie <b>"),
    ]
    assert Tags(page).of("svg")[0]["role"] == "group"


def test_marks_that_lead_nowhere_are_one_picture() -> None:
    page = shown(Mark(point=Point(1, 2), number=1, name="Ici"))

    assert Tags(page).of("svg")[0]["role"] == "img"
    assert Tags(page).of("a") == []


def test_the_list_beside_it_says_all_the_plan_shows() -> None:
    words = visible.of(shown(BENCH, HEDGE))

    assert {"Un banc rue de Lens", "Une haie <b>", "Dessin de la ville"} <= set(words.read)
    assert [item["value"] for item in Tags(shown(BENCH, HEDGE)).of("li")] == ["1", "12"]


def test_a_page_that_has_the_list_itself_shows_it_once() -> None:
    assert Tags(shown(BENCH, listed=True)).of("li") == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_marks_stand_where_they_are_in_every_language(language: str) -> None:
    with translation.override(language):
        page = render_to_string("components/plan.html", {"plan": TOWN, "title": "x", "marks": [BENCH, HEDGE]})

    assert re.findall(r'x="([\d.]+%)" y="([\d.]+%)"', page) == [("41.2%", "30.5%"), ("0.0%", "100.0%")]


def test_a_mark_is_large_enough_for_a_finger_at_any_size_of_the_picture() -> None:
    """In pixels of the page, since the marks' drawing has no scale of its own: 24 at least (WCAG 2.5.8)."""
    page = Tags(shown(BENCH))

    assert all("viewbox" not in drawing for drawing in page.of("svg"))
    assert min(int(circle["r"] or 0) for circle in page.of("circle")) * 2 >= 24


def test_a_plan_without_marks_is_still_a_plan() -> None:
    assert TOWN.url in shown()


def test_no_style_is_written_in_the_page() -> None:
    assert "style=" not in shown(BENCH, HEDGE)
