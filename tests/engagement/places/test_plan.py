"""Where was the plan pressed, whatever a browser or a stranger sends?"""

import io
from xml.etree import ElementTree

import pytest
from django.core.files.images import ImageFile
from hypothesis import given
from hypothesis import strategies as st
from wagtail.images import get_image_model

from engagement.places import plan
from engagement.places.plan import Plan, Point
from pages.demo.projects import DRAWINGS
from tests.engagement.uploads import files

TOWN = Plan(url="/media/plan.svg", width=1200, height=900, credit="Dessin de la ville")
DRAWING = DRAWINGS / "plan-de-la-ville.svg"


@pytest.mark.parametrize("text", ["0,0", "412,305", "1000,1000", "7,1000"])
def test_a_point_is_read_as_it_is_written(text: str) -> None:
    assert str(plan.read(text)) == text


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_every_point_survives_an_address(x: int, y: int) -> None:
    assert plan.read(str(Point(x, y))) == Point(x, y)


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        412.5,
        ["412,305"],
        "412",
        "412,",
        ",305",
        "412,305,1",
        "-1,5",
        "1001,5",
        "5,1001",
        "99999999999999999999,5",
        "nan,nan",
        "inf,5",
        "1e2,5",
        "4.5,5",
        " 412,305",
        "412,305\n",
        "412, 305",
        "٤١٢,٣٠٥",
        "<script>,5",
        "0x10,5",
    ],
)
def test_anything_else_is_no_point(text: object) -> None:
    assert plan.read(text) is None


@given(st.text())
def test_no_text_at_all_breaks_the_reading(text: str) -> None:
    assert plan.read(text) is None or str(plan.read(text)).count(",") == 1


@pytest.mark.parametrize(("x", "y"), [(-1, 0), (0, 1001)])
def test_a_point_beside_the_picture_cannot_exist(x: int, y: int) -> None:
    with pytest.raises(ValueError, match="lies on the picture"):
        Point(x, y)


def test_a_point_says_where_it_is_in_shares_of_the_picture() -> None:
    assert (Point(412, 5).left, Point(412, 5).top) == ("41.2%", "0.5%")


@pytest.mark.parametrize(
    ("width", "across", "down", "point"),
    [
        (560, 280, 210, Point(500, 500)),
        (260, 130, 98, Point(500, 503)),
        (560, 560, 420, Point(1000, 1000)),
        (560, 0, 210, Point(0, 500)),
        (260, 1, 0, Point(4, 0)),
    ],
)
def test_a_press_is_a_share_of_the_picture_as_it_was_shown(width: int, across: int, down: int, point: Point) -> None:
    data = {f"where.{width}.x": str(across), f"where.{width}.y": str(down)}

    assert plan.pressed(data=data, name="where", plan=TOWN) == point


def test_the_same_spot_pressed_on_a_telephone_and_on_a_desk_is_the_same_place() -> None:
    narrow = plan.pressed(data={"p.260.x": "65", "p.260.y": "49"}, name="p", plan=TOWN)
    wide = plan.pressed(data={"p.560.x": "140", "p.560.y": "105"}, name="p", plan=TOWN)

    assert narrow is not None
    assert wide is not None
    assert abs(narrow.x - wide.x) + abs(narrow.y - wide.y) <= 4


def test_a_key_that_presses_the_corner_places_nothing() -> None:
    assert plan.pressed(data={"p.560.x": "0", "p.560.y": "0"}, name="p", plan=TOWN) is None


@pytest.mark.parametrize("hostile", ["", "-5", "561", "99999", "9" * 12, "NaN", "inf", "1e3", "5.5", "٥", " 5"])
def test_a_press_beside_the_picture_or_in_no_number_places_nothing(hostile: str) -> None:
    assert plan.pressed(data={"p.560.x": hostile, "p.560.y": "7"}, name="p", plan=TOWN) is None


@pytest.mark.parametrize("data", [{}, {"p.560.x": "5"}, {"p.560.y": "5"}, {"p.300.x": "5", "p.300.y": "5"}])
def test_a_press_that_is_not_whole_places_nothing(data: dict[str, str]) -> None:
    assert plan.pressed(data=data, name="p", plan=TOWN) is None


@pytest.mark.parametrize(("width", "height"), [(1, 1000), (1000, 1)])
def test_a_plan_of_any_shape_can_be_pressed(width: int, height: int) -> None:
    shape = Plan(url="", width=width, height=height)

    assert plan.pressed(data={"p.260.x": "260", "p.260.y": "0"}, name="p", plan=shape) == Point(1000, 0)


@pytest.mark.django_db
def test_a_drawn_plan_is_shown_as_it_is() -> None:
    with DRAWING.open("rb") as file:
        image = get_image_model().objects.create(title="Plan", file=ImageFile(file, name="plan.svg"))

    shown = plan.of(image=image, credit="La ville")

    assert shown.url.endswith(".svg")
    assert round(shown.width / shown.height, 2) == 1.33
    assert shown.credit == "La ville"


@pytest.mark.django_db
def test_a_photographed_plan_is_shown_light() -> None:
    photo = ImageFile(io.BytesIO(files.photo("PNG", size=(2800, 2100))), name="plan.png")
    image = get_image_model().objects.create(title="Plan", file=photo)

    shown = plan.of(image=image)

    assert (shown.width, shown.height) == (1400, 1050)
    assert shown.url.endswith(".webp")


def test_the_demonstration_has_a_plan_of_its_own_without_a_word_in_it() -> None:
    drawn = ElementTree.fromstring(DRAWING.read_text())

    kinds = {element.tag.rpartition("}")[2] for element in drawn.iter()}
    assert kinds <= {"svg", "g", "path", "circle"}
    assert "http" not in DRAWING.read_text().replace("http://www.w3.org/2000/svg", "")
    assert DRAWING.stat().st_size < 20_000
