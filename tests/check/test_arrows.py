"""Does a room know one to its left? What import-linter cannot see: relations between models, and templates."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOMS = ["config", "pages", "engagement", "meetings", "communities"]
TEMPLATES = Path(settings.SITE_ROOT) / "design" / "templates"
OF_A_ROOM = [(room, path) for room in ROOMS for path in sorted((TEMPLATES / room).rglob("*.html"))]
LIBRARIES = {
    path.stem: path.parts[-3]
    for room in ROOMS
    for root in (Path(settings.REPOSITORY), Path(settings.SITE_ROOT))
    for path in (root / room / "templatetags").glob("*.py")
}

OUR_MODELS = [model for model in apps.get_models() if model._meta.app_label in ROOMS]


def may_know(*, room: str, other: str) -> bool:
    return other not in ROOMS or ROOMS.index(other) >= ROOMS.index(room)


def rooms_named_in(source: str) -> set[str]:
    """Rooms that a template asks for: by address, by tag library, by another template."""
    addresses = re.findall(r"{%-?\s*url\s+[\"'](\w+):", source)
    libraries = re.findall(r"{%-?\s*load\s+([\w\s]+?)\s*-?%}", source)
    others = re.findall(r"{%-?\s*(?:include|extends)\s+[\"']([\w.]+)/", source)
    known = [LIBRARIES[name] for line in libraries for name in line.split() if name in LIBRARIES]
    return {*addresses, *known, *(other for other in others if other in ROOMS)}


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_no_model_points_to_a_room_on_its_left(model):
    room = model._meta.app_label
    pointed_to = {field.related_model._meta.app_label for field in model._meta.get_fields() if points(field)}

    assert [other for other in pointed_to if not may_know(room=room, other=other)] == []


def points(field) -> bool:
    """A relation written in the model itself, not the way back from another."""
    return bool(field.is_relation and field.related_model and not field.auto_created)


@pytest.mark.parametrize(("room", "path"), OF_A_ROOM, ids=lambda each: "/".join(getattr(each, "parts", (each,))[-3:]))
def test_no_template_of_a_room_asks_for_a_room_on_its_left(room, path):
    asked = rooms_named_in(path.read_text())

    assert [other for other in asked if not may_know(room=room, other=other)] == []


@pytest.mark.parametrize("path", sorted((TEMPLATES / "components").rglob("*.html")), ids=lambda path: path.name)
def test_a_component_belongs_to_everyone_and_extends_nobody(path):
    assert "{% extends" not in path.read_text()


def test_the_check_sees_an_arrow_to_the_left():
    asked = rooms_named_in('{% load meetings %}{% url "engagement:project" %}')

    assert {other for other in asked if not may_know(room="communities", other=other)} == {"meetings", "engagement"}
