"""The page behind the letter: it shows, its buttons act, and strangers' links open nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from communities import own_links
from communities.models import KeepingQuestion, Resident
from communities.retention import contacts
from tests.communities.factories import ResidentFactory

ASKED = datetime(2026, 3, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Resident:
    made: Resident = ResidentFactory(name="Nora Chevalet")
    KeepingQuestion.objects.create(resident=made, asked_at=ASKED)
    return made


def page_of(person: Resident) -> str:
    return reverse("communities:keep_contact", args=[contacts.token_of(person)])


def test_opening_the_link_does_nothing(client: Client, person: Resident) -> None:
    for address in (page_of(person), f"{page_of(person)}?choix=effacer"):
        assert client.get(address).status_code == client.head(address).status_code == 200

    person.refresh_from_db()
    assert person.erased_at is None
    assert KeepingQuestion.objects.get().kept_at is None


def test_keep_me_is_one_press_however_often_it_is_pressed(client: Client, person: Resident) -> None:
    for _again in range(2):
        answer = client.post(page_of(person), {"choice": "garder"}, follow=True)

    assert "Nous gardons vos coordonnées" in answer.content.decode()
    assert KeepingQuestion.objects.get().kept_at is not None


def test_erase_me_is_one_press_and_the_link_leads_nowhere_afterwards(client: Client, person: Resident) -> None:
    answer = client.post(page_of(person), {"choice": "effacer"}, follow=True)

    assert "Vous êtes effacé" in answer.content.decode()
    assert Resident.objects.get().erased_at is not None
    assert not KeepingQuestion.objects.exists()
    assert client.get(page_of(person)).status_code == 404
    assert client.post(page_of(person), {"choice": "garder"}).status_code == 404


def test_someone_who_said_keep_me_may_still_be_erased(client: Client, person: Resident) -> None:
    client.post(page_of(person), {"choice": "garder"})

    assert "Effacez-moi" in client.get(f"{page_of(person)}?choix=effacer").content.decode()


@pytest.mark.parametrize("posted", [{}, {"choice": "x"}, {"choice": "\0"}, {"choice": "e" * 10_000}])
def test_nothing_else_than_the_two_words_does_anything(
    client: Client, person: Resident, posted: dict[str, Any]
) -> None:
    assert client.post(page_of(person), posted).status_code == 200

    person.refresh_from_db()
    assert person.erased_at is None
    assert KeepingQuestion.objects.get().kept_at is None


@pytest.mark.parametrize("token", ["abc", "a" * 24, "é" * 24, "a" * 5_000])
def test_a_forged_link_opens_nothing(client: Client, person: Resident, token: str) -> None:
    assert client.get(reverse("communities:keep_contact", args=[token])).status_code == 404


def test_a_link_of_another_purpose_or_to_an_earlier_address_opens_nothing(client: Client, person: Resident) -> None:
    other = own_links.sign("preferences", person)
    before = contacts.token_of(person)
    own_links.let_go_of(person.email, resident=Resident(email="another@example.org"))
    Resident.objects.filter(pk=person.pk).update(addresses_before=1)

    for token in (other, before):
        assert client.post(reverse("communities:keep_contact", args=[token]), {"choice": "effacer"}).status_code == 404
    assert Resident.objects.get().erased_at is None


def test_no_cookie_is_set(client: Client, person: Resident) -> None:
    answer = client.post(page_of(person), {"choice": "garder"})

    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_the_question_goes_with_whoever_is_erased_otherwise(person: Resident) -> None:
    contacts.let_go(person=person, now=ASKED + timedelta(days=1))

    assert not KeepingQuestion.objects.exists()
