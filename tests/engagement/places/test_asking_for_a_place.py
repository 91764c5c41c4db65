"""Does pressing the plan only move the mark, and does everyone else do without it?"""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from engagement.places import fields
from engagement.places.plan import WIDTHS, Plan, Point
from tests.engagement.places.asking import PlaceForm

TOWN = Plan(url="/media/plan.svg", width=1200, height=900, credit="Dessin de la ville")
PRESS = {"point.560.x": "280", "point.560.y": "210"}


def form(**data: str) -> PlaceForm:
    return PlaceForm(data, plan=TOWN)


def shown(asked: PlaceForm) -> str:
    with translation.override("fr"):
        return render_to_string("components/form_fields.html", {"form": asked})


def test_a_press_places_the_mark_and_sends_nothing() -> None:
    asked = form(title="Un banc", **PRESS)

    assert asked.is_placing
    assert not asked.is_valid()
    assert 'name="point" value="500,500"' in shown(asked)


def test_a_press_keeps_what_was_typed_and_blames_nobody_for_the_rest() -> None:
    page = shown(form(title="", address="rue de Lens", **PRESS))

    assert 'value="rue de Lens"' in page
    assert "field__error" not in page
    assert 'role="alert"' not in page


def test_another_press_moves_the_mark() -> None:
    assert 'name="point" value="500,500"' in shown(form(title="Un banc", point="1,2", **PRESS))


def test_a_mark_can_be_taken_away() -> None:
    asked = form(title="Un banc", point="412,305", **{"point.remove": "1"})

    assert asked.is_placing
    assert 'name="point" value=""' in shown(asked)
    assert "plan__mark" not in shown(asked)


def test_sending_the_form_keeps_the_mark() -> None:
    asked = form(title="Un banc", point="412,305")

    assert asked.is_valid()
    assert asked.cleaned_data["point"] == Point(412, 305)


def test_sending_by_a_key_on_the_picture_is_sending_and_keeps_the_mark() -> None:
    asked = form(title="Un banc", point="412,305", **{"point.560.x": "0", "point.560.y": "0"})

    assert asked.is_valid()
    assert asked.cleaned_data["point"] == Point(412, 305)


@pytest.mark.parametrize("point", ["", "5000,1", "<script>", "NaN,NaN"])
def test_no_point_is_an_answer_too(point: str) -> None:
    asked = form(title="Un banc", point=point)

    assert asked.is_valid()
    assert asked.cleaned_data["point"] is None
    assert "<script" not in shown(asked)


def test_a_point_that_is_needed_is_asked_for() -> None:
    asked = form(title="Un banc")
    asked.fields["point"].required = True

    assert asked.errors["point"]


def test_a_known_place_is_shown_with_its_mark() -> None:
    asked = PlaceForm(initial={"point": Point(412, 305)}, plan=TOWN)

    assert 'x="41.2%" y="30.5%"' in shown(asked)


def test_a_form_with_a_prefix_knows_its_own_picture() -> None:
    asked = PlaceForm({"idea-point.560.x": "280", "idea-point.560.y": "210"}, prefix="idea", plan=TOWN)

    assert asked.is_placing
    assert 'name="idea-point" value="500,500"' in shown(asked)


def test_a_town_without_a_plan_is_not_asked_for_a_point() -> None:
    asked = PlaceForm({"title": "Un banc", **PRESS}, plan=None)

    assert asked.is_valid()
    assert "point" not in asked.cleaned_data


def test_a_picture_without_its_plan_shows_nothing() -> None:
    assert fields.PointInput().render("point", None) == ""


def test_two_forms_may_show_two_plans() -> None:
    other = Plan(url="/media/other.svg", width=100, height=100)
    first, second = PlaceForm(plan=TOWN), PlaceForm(plan=other)

    assert "/media/plan.svg" in shown(first)
    assert "/media/other.svg" in shown(second)


def test_each_width_shows_the_whole_picture_and_no_style_is_written_in_the_page() -> None:
    page = shown(PlaceForm(plan=TOWN))

    assert 'width="260" height="195"' in page
    assert 'width="560" height="420"' in page
    assert "style=" not in page
    assert "<script" not in page


def test_whoever_cannot_press_a_picture_is_told_what_to_do_instead() -> None:
    page = shown(PlaceForm(plan=TOWN))

    assert "un quartier ou une adresse suffit" in page
    assert 'aria-describedby="id_point_helptext"' in page
    assert page.count('alt="Poser le repère sur le plan de la ville"') == len(WIDTHS)
    assert page.count('tabindex="-1"') == len(WIDTHS)
    assert "Dessin de la ville" in page
