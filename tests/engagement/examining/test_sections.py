"""What do the other parts add to a project's record?"""

import pytest
from django.test import RequestFactory
from django.utils import timezone

from communities.registry import AlreadyRegistered, Registry
from engagement.desk import sections
from engagement.models import Project, Stage
from tests.engagement.factories import ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def nothing_registered(monkeypatch):
    monkeypatch.setattr(sections, "project_sections", Registry("sections of a test"))
    monkeypatch.setattr(sections, "passage_pages", Registry("pages of a test"))


def says(words):
    return lambda request, project, now: ("components/badge.html", {"word": words}) if words else None


def test_the_sections_stand_in_the_order_of_their_names_and_whoever_has_nothing_to_say_is_left_out(nothing_registered):
    sections.project_sections.register("30-ledger", says("Deux colonnes"))
    sections.project_sections.register("20-conventions", says("Une convention"))
    sections.project_sections.register("40-checks", says(""))

    shown = sections.of_project(request=RequestFactory().get("/"), project=ProjectFactory(), now=timezone.now())

    assert ["Une convention" in shown[0], "Deux colonnes" in shown[1], len(shown)] == [True, True, 2]


def test_a_name_taken_twice_is_an_error_at_start(nothing_registered):
    sections.project_sections.register("20-conventions", says("x"))

    with pytest.raises(AlreadyRegistered):
        sections.project_sections.register("20-conventions", says("y"))


def test_a_passage_may_have_a_page_of_its_own(nothing_registered):
    sections.passage_pages.register(Stage.DRAFTING, lambda project: f"/conventions/{project.pk}/")
    project: Project = ProjectFactory()

    assert sections.pages_of(project) == {"drafting": f"/conventions/{project.pk}/"}
