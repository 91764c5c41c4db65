"""Another address: it changes by the button of a letter to it, and the old one is told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from communities.models import AddressChange, Delivery, Resident, SpaceSession
from communities.space import addressing
from tests.communities.factories import ResidentFactory
from tests.communities.space.coming_in import signed_in

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
DATA = "/mon-espace/mes-donnees/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def _first_of_march() -> Iterator[object]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ada() -> Resident:
    return ResidentFactory(name="Ada Terril", email="ada@example.org", phone="0199000102", language="en")


@pytest.fixture
def hers(client: Client, ada: Resident) -> Client:
    return signed_in(client, ada, now=NOW)


def link_of(change: AddressChange) -> str:
    return reverse("communities:space_new_address", args=[addressing.token_of(change)])


# --- Another address -------------------------------------------------------------------------------------------------


def test_an_address_changes_by_the_button_of_a_letter_to_it(hers: Client, ada: Resident) -> None:
    hers.post(f"{DATA}adresse/", {"email": "nouvelle@EXAMPLE.org"})
    change = AddressChange.objects.get()
    ada.refresh_from_db()
    assert ada.email == "ada@example.org"

    shown = hers.get(link_of(change))
    ada.refresh_from_db()
    assert (shown.status_code, ada.email) == (200, "ada@example.org")
    answer = hers.post(link_of(change))

    assert answer.headers["Location"] == DATA
    ada.refresh_from_db()
    assert (ada.email, ada.addresses_before, ada.confirmed_at) == ("nouvelle@example.org", 1, NOW)
    assert list(Delivery.objects.order_by("pk").values_list("mailing__kind", "test_address")) == [
        ("new-address", "nouvelle@example.org"),
        ("address-changed", "ada@example.org"),
    ]


def test_this_browser_stays_in_and_every_other_is_out(hers: Client, ada: Resident) -> None:
    elsewhere = signed_in(Client(), ada, now=NOW)
    change = addressing.ask(resident=ada, email="nouvelle@example.org", now=NOW)

    hers.post(link_of(change))

    assert hers.get("/mon-espace/").status_code == 200
    assert elsewhere.get("/mon-espace/").status_code == 302


def test_the_button_may_be_pressed_where_nobody_is_in(client: Client, ada: Resident) -> None:
    change = addressing.ask(resident=ada, email="nouvelle@example.org", now=NOW)

    answer = client.post(link_of(change))

    assert "Your address has been changed" in answer.content.decode()
    assert not SpaceSession.objects.exists()


def test_a_change_works_once_and_for_a_day_and_not_after_another(client: Client, ada: Resident) -> None:
    old = addressing.ask(resident=ada, email="vieille@example.org", now=NOW - addressing.GOOD_FOR)
    first, second = (addressing.ask(resident=ada, email=f"{name}@example.org", now=NOW) for name in ("un", "deux"))

    assert client.post(link_of(old)).status_code == 410
    assert client.post(link_of(first)).status_code == 200
    assert client.post(link_of(first)).status_code == 410
    assert client.post(link_of(second)).status_code == 410
    ada.refresh_from_db()
    assert ada.email == "un@example.org"


def test_an_address_of_somebody_else_is_not_taken_and_only_its_reader_learns_it(hers: Client, ada: Resident) -> None:
    ResidentFactory(email="nora@example.org")

    asked = hers.post(f"{DATA}adresse/", {"email": "Nora@example.org"})
    answer = hers.post(link_of(AddressChange.objects.get()))

    assert "A letter has just left" in asked.content.decode()
    assert answer.status_code == 409
    assert "already belongs to another record" in answer.content.decode()
    ada.refresh_from_db()
    assert ada.email == "ada@example.org"


def test_asking_for_many_addresses_is_stopped(hers: Client) -> None:
    statuses = [hers.post(f"{DATA}adresse/", {"email": f"{each}@example.org"}).status_code for each in range(6)]

    assert statuses == [200] * 5 + [429]


def test_changes_and_their_letters_are_forgotten_after_a_week(ada: Resident) -> None:
    addressing.ask(resident=ada, email="nouvelle@example.org", now=NOW)

    addressing.forget(now=NOW + addressing.KEPT)
    assert AddressChange.objects.exists()
    addressing.forget(now=NOW + addressing.KEPT + timedelta(seconds=1))

    assert not AddressChange.objects.exists()
    assert not Delivery.objects.exists()
