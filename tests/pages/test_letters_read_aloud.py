"""What each letter says of itself: a subject of its own, a true reason, links that end as sentences do."""

import re

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from communities.post.composing import Letter
from tests import town

# What a woman reads as meant for someone else.
TO_A_MAN = re.compile(r"\b(invité|attendu|prévenu|informé|inscrit|bienvenu)\b(?!\(e\)|e)")
LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)


@pytest.fixture(scope="module")
def letters(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Letter]:
    """Written once: here they are only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        written = town.letters()
        transaction.set_rollback(True)
    return written


def test_a_letter_speaks_to_women_and_men(letters: dict[str, Letter]) -> None:
    found = {kind: TO_A_MAN.findall(letter.text) for kind, letter in letters.items()}

    assert {kind: words for kind, words in found.items() if words} == {}


def test_a_reminder_and_the_question_asked_again_are_told_apart_by_their_subjects(letters: dict[str, Letter]) -> None:
    assert letters["reminder"].subject.startswith("Rappel")
    assert letters["nudge"].subject.startswith("Viendrez-vous")


def test_who_is_no_longer_invited_is_not_told_that_it_concerns_them(letters: dict[str, Letter]) -> None:
    foot = letters["withdrawal"].text.partition("\n-- \n")[2]

    assert "envoyé une invitation" in foot
    assert "concerne" not in foot


def test_no_link_of_a_letter_ends_with_a_colon(letters: dict[str, Letter]) -> None:
    links = {kind: [words.strip() for words in LINK.findall(letter.html)] for kind, letter in letters.items()}

    assert {kind for kind, words in links.items() if any(each.endswith(":") for each in words)} == set()


def test_who_wrote_without_a_name_is_named_once(letters: dict[str, Letter]) -> None:
    assert "ada@example.org a répondu à l’un de nos messages." in letters["forwarded"].text
    assert "(ada@example.org)" not in letters["forwarded"].text
