"""No page and no letter of ideas holds a word of English."""

import pytest
from django.test import Client

from tests import town, town_of_ideas, visible
from tests.factories import home_page
from tests.pages.test_no_english_is_visible import english

pytestmark = pytest.mark.django_db


def test_no_page_of_ideas_holds_english(client: Client) -> None:
    home_page()
    pages = {name: client.get(address) for name, address in town_of_ideas.addresses().items()}

    said = {name: visible.of(answer.content.decode()).read for name, answer in pages.items()}

    assert {name: english(texts) for name, texts in said.items() if english(texts)} == {}


def test_the_pages_answer_as_they_are_called(client: Client) -> None:
    home_page()
    lost = {"a draft nobody knows", "a button of an earlier letter"}

    answers = {name: client.get(address).status_code for name, address in town_of_ideas.addresses().items()}

    assert answers == {name: 404 if name in lost else 200 for name in answers}


@pytest.mark.parametrize("kind", ["idea-draft", "confirm-idea", "idea-support"])
def test_a_letter_to_an_address_somebody_typed_carries_no_words_but_a_title_and_one_link_of_ours(kind: str) -> None:
    letter = town.letters()[kind]

    assert "friche" not in letter.text
    assert letter.text.count("https://") == letter.text.count("https://commune.example/")
