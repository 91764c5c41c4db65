"""No page and no letter of ideas holds a word of English."""

import pytest
from django.test import Client
from django.utils import timezone

from communities.models import Mailing
from communities.post.composing import Letter
from communities.post.kinds import letter_kinds
from engagement import telling
from engagement.ideas import drafting, submitting, supporting
from engagement.models import Idea, IdeaStage, IdeaSupport
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


def letters() -> dict[str, Letter]:
    """Each as its reader gets it."""
    town_of_ideas.post_one_of_each(now=timezone.now())
    return {mailing.kind: town.as_read(mailing) for mailing in Mailing.objects.all()}


def test_no_letter_of_ideas_holds_english() -> None:
    said = {
        kind: [letter.subject, *letter.text.splitlines(), *visible.of(letter.html).read]
        for kind, letter in letters().items()
    }

    assert {kind: english(texts) for kind, texts in said.items() if english(texts)} == {}
    assert set(said) == {drafting.LETTER_KIND, submitting.LETTER_KIND, supporting.LETTER_KIND, telling.NEWS_KIND}


def test_a_letter_to_an_address_somebody_typed_carries_no_words_but_a_title_and_links_of_ours() -> None:
    typed = {kind: letter for kind, letter in letters().items() if kind != telling.NEWS_KIND}

    for letter in typed.values():
        assert "friche" not in letter.text
        assert letter.text.count("https://") == letter.text.count("https://commune.example/")


def test_a_letter_leaves_no_more_once_its_button_has_nothing_to_do() -> None:
    town_of_ideas.post_one_of_each(now=timezone.now())
    mailings = list(Mailing.objects.exclude(kind=telling.NEWS_KIND))
    assert not any(reasons(mailing) for mailing in mailings)

    Idea.objects.filter(sent_at__isnull=False).update(sent_at=None)
    IdeaSupport.objects.all().delete()
    Idea.objects.filter(stage=IdeaStage.DRAFT).filter(times_sent=0).delete()

    assert all(reasons(mailing) for mailing in mailings)


def reasons(mailing: Mailing) -> list[str]:
    kind = letter_kinds[mailing.kind]
    deliveries = list(mailing.deliveries.all())
    return list(kind.still_true(mailing=mailing, deliveries=deliveries, now=timezone.now()).values())
