"""An address whose person was erased: no list brings it back, and its owner may."""

import io
from datetime import UTC, datetime

import pytest
from django.conf import LazySettings

from communities import erased_addresses, erasing, signing_up
from communities.imports import importing, unnaming
from communities.models import ErasedAddress, Resident, ResidentImport
from tests.communities.factories import ResidentFactory
from tests.factories import StaffFactory

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
NAME, ADDRESS = "Ada Terril", "ada@example.org"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def received(*lines: str) -> ResidentImport:
    """A file of names, addresses and telephones."""
    content = "\n".join(["nom;courriel;téléphone", *lines]).encode()
    said = {"name": "liste.csv", "community": None, "stated": None, "by": StaffFactory()}
    return importing.receive(file=io.BytesIO(content), size=len(content), now=NOW, **said)


def erased() -> Resident:
    resident: Resident = ResidentFactory(name=NAME, email=ADDRESS, phone="0199000102")
    erasing.erase(resident=resident, by=None, now=NOW)
    return resident


def test_only_a_mark_that_cannot_be_read_is_kept() -> None:
    erased()

    mark = ErasedAddress.objects.get()
    assert "ada" not in str(mark.mark)
    assert len(mark.mark) == 64
    assert mark.erased_on.isoformat() == "2027-03-01"


def test_a_list_does_not_bring_an_erased_person_back() -> None:
    erased()

    file = importing.apply(resident_import=received(f"{NAME};ADA@example.org;", "Nora;nora@example.org;"), now=NOW)

    assert not Resident.objects.with_email(ADDRESS).exists()
    assert Resident.objects.with_email("nora@example.org").exists()
    assert file.report["lines"] == [
        [2, "refused", "This person had their data erased: only they themselves can sign up again.", ""]
    ]


def test_they_themselves_come_back_and_a_list_then_knows_them() -> None:
    erased()
    signing_up.ask(email=ADDRESS, name=NAME, wish=signing_up.Wish(whole_town=True), now=NOW)

    file = received(f"{NAME};{ADDRESS};")

    assert file.report["counts"] == {"known": 1}


def test_a_file_that_waits_lets_go_of_their_line() -> None:
    resident = ResidentFactory(name=NAME, email=ADDRESS, phone="0199000102")
    file = received(f"{NAME};{ADDRESS};", "Nora;nora@example.org;", f"{NAME};;+33 1 99 00 01 02")

    unnaming.forget(resident=resident)

    file.refresh_from_db()
    assert [row["line"] for row in file.rows] == [3]
    assert NAME not in str(file.report)


def test_erasing_twice_keeps_one_mark_and_nobody_without_an_address_has_one() -> None:
    erased()
    erased()
    erasing.erase(resident=ResidentFactory(without_email=True), by=None, now=NOW)

    assert ErasedAddress.objects.count() == 1


def test_a_new_key_still_knows_the_marks_of_the_key_before(settings: LazySettings) -> None:
    erased()
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"

    assert erased_addresses.among([ADDRESS.upper(), "nora@example.org", ""]) == {ADDRESS}


def test_a_whole_file_is_looked_up_at_once(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert erased_addresses.among([f"{number}@example.org" for number in range(500)]) == set()
