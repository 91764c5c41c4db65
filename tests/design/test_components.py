"""Are the pieces of a page right by themselves: questions, errors, states?"""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string


class Example(forms.Form):
    name = forms.CharField(help_text="As you like to be called.")
    choice = forms.ChoiceField(choices=[("yes", "Oui"), ("no", "Non")], widget=forms.RadioSelect, help_text="One.")
    news = forms.BooleanField(required=False)
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1"}))


class Elements(HTMLParser):
    """Every element with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def ids(self) -> list[str]:
        return [attrs["id"] for _tag, attrs in self.found if attrs.get("id")]

    def all(self, attribute: str) -> list[str]:
        return [value for _tag, attrs in self.found if (value := attrs.get(attribute))]


def shown(template: str, **context: Any) -> str:
    return render_to_string(f"components/{template}.html", context)


@pytest.mark.parametrize("data", [None, {}], ids=["untouched", "sent empty"])
def test_what_describes_a_question_is_on_the_page_and_once(data: dict[str, str] | None) -> None:
    page = Elements(shown("form_fields", form=Example(data)))

    described = {name for names in page.all("aria-describedby") for name in names.split()}
    assert described <= set(page.ids())
    assert len(page.ids()) == len(set(page.ids()))


def test_every_question_has_a_label_that_points_to_it() -> None:
    page = Elements(shown("form_fields", form=Example()))

    boxes = {attrs["id"] for tag, attrs in page.found if tag == "input"}
    assert boxes == set(page.all("for"))


def test_a_mistake_is_told_on_top_with_a_way_to_its_question() -> None:
    page = shown("form_fields", form=Example({"choice": "yes"}))

    assert 'role="alert"' in page
    assert 'href="#id_name"' in page


def test_the_trap_of_robots_is_hidden_from_people() -> None:
    page = shown("field", field=Example()["website"])

    assert re.search(r'class="field field--trap" aria-hidden="true"', page)


def test_a_question_that_may_be_skipped_says_so() -> None:
    optional = shown("field", field=Example({})["name"]), shown("field_optional", field=Example()["news"])

    assert ["field__optional" in page for page in optional] == [False, True]


def test_a_stage_rail_says_what_is_done_and_where_we_are_without_colour() -> None:
    rail = [
        {"label": "idée", "is_past": True, "is_current": False},
        {"label": "en chantier", "is_past": False, "is_current": True},
        {"label": "livré", "is_past": False, "is_current": False},
    ]

    page = Elements(shown("stage_rail", rail=rail))

    assert page.all("aria-current") == ["step"]
    assert shown("stage_rail", rail=rail).count('class="hidden"') == 2


@pytest.mark.parametrize("kind", ["success", "warning", "error", ""])
def test_a_notice_shows_a_sign_for_its_kind(kind: str) -> None:
    page = shown("notice", kind=kind, text="C’est noté.")

    assert '<svg class="icon' in page
    assert "C’est noté." in page
