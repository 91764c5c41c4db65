"""My data: it can be read, put right, taken along and erased, by whom it belongs to and nobody else."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from wagtail.models import ModelLogEntry

from communities import erasing, personal_data, typography
from communities.models import Resident, SpaceSession
from communities.space import correcting, telling
from tests.communities.factories import ConsentEventFactory, MembershipFactory, NeighbourhoodFactory, ResidentFactory
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


def facts(**changed: str) -> dict[str, str]:
    return {"name": "Ada Terril", "language": "en", "phone": "0199000102"} | changed


def leaves(told: Any) -> Iterator[Any]:
    """Every value and every heading of plain data."""
    if isinstance(told, dict):
        for heading, value in told.items():
            yield heading
            yield from leaves(value)
    elif isinstance(told, list):
        for value in told:
            yield from leaves(value)
    else:
        yield told


# --- Reading and taking along ----------------------------------------------------------------------------------------


def test_the_page_and_both_files_tell_the_same_all_of_it(hers: Client, ada: Resident) -> None:
    MembershipFactory(resident=ada, community__name="Les <jardins> du coron")
    ConsentEventFactory(resident=ada, proof="Slip of 3 March")

    as_json = hers.get(f"{DATA}mes-donnees.json")
    held = json.loads(as_json.content)
    words = [unescape(hers.get(path).content.decode()) for path in (DATA, f"{DATA}mes-donnees.html")]

    for value in leaves(held):
        said = telling.plain(value)
        for page in words:
            assert said in page or said[:1].upper() + said[1:] in page, value
    assert "Les <jardins> du coron" in str(held)
    assert "attachment" in as_json.headers["Content-Disposition"]


def test_who_they_are_comes_first_and_dates_are_written_as_people_say_them(hers: Client, ada: Resident) -> None:
    Resident.objects.filter(pk=ada.pk).update(created_at=datetime(2026, 11, 27, 13, 31, tzinfo=UTC))
    ada.refresh_from_db()

    with translation.override("fr"):
        held = personal_data.held_on(resident=ada)
        told = telling.tree(held)

    words = [each.words for each in told[0].below]
    assert "Ada Terril" in words
    assert f"27{typography.BROAD}novembre 2026, 14{typography.NARROW}h{typography.NARROW}31" in words
    assert telling.plain("2026-11-27") == f"27{typography.BROAD}November 2026"
    assert telling.plain("2026-99-27") == "2026-99-27"
    assert "2026-11-27T14:31" in json.dumps(held)


def test_no_other_kind_of_file_is_made(hers: Client) -> None:
    assert hers.get(f"{DATA}mes-donnees.csv").status_code == 404


def test_nothing_stays_in_the_browser(hers: Client) -> None:
    for path in (DATA, f"{DATA}mes-donnees.json", f"{DATA}corriger/", "/mon-espace/"):
        assert "no-store" in hers.get(path).headers["Cache-Control"]


@pytest.mark.parametrize("page", ["", "mes-donnees.json", "corriger/", "adresse/", "effacer/"])
def test_a_stranger_is_sent_to_the_door(client: Client, ada: Resident, page: str) -> None:
    answer = client.get(DATA + page)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/mon-espace/entrer/?next=")
    assert client.head(DATA + page).status_code == 302


def test_a_button_pressed_too_late_says_that_nothing_was_done_and_leads_back(client: Client, ada: Resident) -> None:
    answer = client.post(f"{DATA}corriger/", facts(name="X"), headers={"Referer": f"http://testserver{DATA}corriger/"})

    assert answer.status_code == 403
    assert "nothing has been recorded" in answer.content.decode()
    assert answer.context["form"]["way_on"].value() == f"{DATA}corriger/"
    ada.refresh_from_db()
    assert ada.name == "Ada Terril"


# --- Putting right ---------------------------------------------------------------------------------------------------


def test_they_put_right_who_they_are(hers: Client, ada: Resident) -> None:
    home = NeighbourhoodFactory()

    answer = hers.post(
        f"{DATA}corriger/",
        facts(
            name="  Ada   Coron ",
            second_name="Basile",
            phone="+33 1 99 00 01 03",
            neighbourhood=str(home.pk),
            street="1 rue",
        ),
    )

    assert answer.headers["Location"] == DATA
    ada.refresh_from_db()
    assert (ada.name, ada.second_name, ada.phone, ada.street) == ("Ada Coron", "Basile", "0199000103", "1 rue")
    assert ada.neighbourhood == home
    assert ada.email == "ada@example.org"


def test_the_history_says_that_they_did_and_not_what(hers: Client, ada: Resident) -> None:
    hers.post(f"{DATA}corriger/", facts(street="3 rue du Coron"))

    entry = ModelLogEntry.objects.get(action=correcting.CORRECTED)
    assert (entry.user, entry.data) == (None, {})


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "www.achetez.example"},
        {"name": "\u200b"},
        {"name": "\x00"},
        {"second_name": "a@b"},
        {"phone": "1" * 10_000},
        {"street": "x" * 10_000},
        {"neighbourhood": "999999"},
        {"language": "xx"},
    ],
)
def test_what_cannot_be_is_said_beside_its_question(hers: Client, ada: Resident, wrong: dict[str, str]) -> None:
    answer = hers.post(f"{DATA}corriger/", facts(**wrong))

    assert answer.status_code == 422
    assert next(iter(wrong)) in answer.context["form"].errors
    ada.refresh_from_db()
    assert ada.name == "Ada Terril"


def test_nobody_is_put_right_by_someone_else(hers: Client) -> None:
    other = ResidentFactory(name="Nora Chevalet")

    hers.post(f"{DATA}corriger/", facts(name="Ada Coron", pk=str(other.pk), id=str(other.pk), resident=str(other.pk)))

    other.refresh_from_db()
    assert other.name == "Nora Chevalet"


# --- Erasing ---------------------------------------------------------------------------------------------------------


def test_the_page_of_erasing_says_what_goes_and_what_stays_and_does_nothing(hers: Client, ada: Resident) -> None:
    page = hers.get(f"{DATA}effacer/").content.decode()

    for words in ("What goes", "What stays, and why", "Erase my data now"):
        assert words in page
    ada.refresh_from_db()
    assert ada.erased_at is None


def test_without_the_tick_nothing_is_erased(hers: Client, ada: Resident) -> None:
    answer = hers.post(f"{DATA}effacer/")

    assert answer.status_code == 422
    assert "Tick this box first" in answer.content.decode()
    ada.refresh_from_db()
    assert ada.erased_at is None


def test_a_tick_and_a_button_erase_at_once_and_this_browser_is_out(hers: Client, ada: Resident) -> None:
    answer = hers.post(f"{DATA}effacer/", {"understood": "on"})

    assert "Your data has been erased" in answer.content.decode()
    ada.refresh_from_db()
    assert (ada.erased_at, ada.name, ada.email) == (NOW, "", "")
    assert not SpaceSession.objects.exists()
    assert hers.get("/mon-espace/").status_code == 302
    assert hers.post(f"{DATA}effacer/", {"understood": "on"}).status_code == 403
    entry = ModelLogEntry.objects.get(action=erasing.ERASED)
    assert (entry.user, entry.label) == (None, "erased person")
