"""Who is this? Found, written down, confirmed, told apart."""

import importlib
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from communities import residents
from communities.folding import fold
from communities.models import Channel, Resident
from tests.communities.factories import ResidentFactory

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_someone_who_telephones_is_found_by_number_and_name() -> None:
    resident = residents.find_or_create(phone="+33 1 99 00 01 02", name="Félix Gaillette", now=NOW)

    again = residents.find_or_create(phone="01.99.00.01.02", name="FELIX GAILLETTE", now=NOW)

    assert again == resident
    assert (resident.phone, resident.preferred_channel) == ("0199000102", Channel.PHONE)


def test_two_people_of_one_telephone_are_two_residents() -> None:
    felix = residents.find_or_create(phone="01 99 00 01 02", name="Félix Gaillette", now=NOW)
    ines = residents.find_or_create(phone="01 99 00 01 02", name="Inès Briquette", now=NOW)

    assert felix != ines


def test_someone_known_by_telephone_is_not_doubled_by_an_address_and_gains_it() -> None:
    felix = ResidentFactory(without_email=True, name="Félix Gaillette", phone="0199000102")

    found = residents.find_or_create(email="felix@example.org", phone="01 99 00 01 02", name="Felix Gaillette", now=NOW)

    assert found == felix
    felix.refresh_from_db()
    assert (felix.email, felix.confirmed_at, felix.name) == ("felix@example.org", None, "Félix Gaillette")


def test_someone_known_by_telephone_keeps_the_address_they_gave() -> None:
    felix = ResidentFactory(name="Félix Gaillette", phone="0199000102", email="felix@example.org")

    found = residents.find_or_create(email="other@example.org", phone="0199000102", name="Félix Gaillette", now=NOW)

    assert found == felix
    felix.refresh_from_db()
    assert felix.email == "felix@example.org"


def test_an_address_tells_more_than_a_telephone() -> None:
    ResidentFactory(without_email=True, name="Félix Gaillette", phone="0199000102")
    known = ResidentFactory(name="Félix Gaillette", email="felix@example.org", phone="")

    found = residents.find_or_create(email="felix@example.org", phone="0199000102", name="Félix Gaillette", now=NOW)

    assert found == known
    assert Resident.objects.filter(email="felix@example.org").count() == 1


def test_the_other_person_of_a_household_gets_a_record_and_the_address_of_their_own() -> None:
    felix = ResidentFactory(without_email=True, name="Félix Gaillette", phone="0199000102")

    ines = residents.find_or_create(email="ines@example.org", phone="0199000102", name="Inès Briquette", now=NOW)

    felix.refresh_from_db()
    assert (ines.email, felix.email) == ("ines@example.org", "")
    assert ines != felix


def test_an_address_belongs_to_one_resident_whatever_its_case() -> None:
    ResidentFactory(email="ada@example.org")

    with pytest.raises(IntegrityError, match="one_resident_per_email_whatever_the_case"), transaction.atomic():
        ResidentFactory(email="ADA@example.org")


def test_a_resident_can_be_reached_somehow() -> None:
    with pytest.raises(IntegrityError, match="a_resident_can_be_reached_somehow"), transaction.atomic():
        ResidentFactory(email="", phone="", street="")


def test_a_namesake_and_a_shared_telephone_may_be_the_same_person() -> None:
    resident = ResidentFactory(name="Inès Briquette", phone="0199000102")
    namesake = ResidentFactory(name="ines briquette")
    neighbour = ResidentFactory(name="Ada Terril", phone="01 99 00 01 02")
    ResidentFactory(name="Basile Coron", phone="")

    assert set(residents.duplicates(resident=resident)) == {namesake, neighbour}


def test_without_a_telephone_only_the_name_counts() -> None:
    resident = ResidentFactory(name="Inès Briquette", phone="")
    ResidentFactory(name="Basile Coron", phone="")

    assert not residents.duplicates(resident=resident)


@pytest.mark.parametrize(
    "words",
    ["gaillette", "FELIX", "félix gail", "rue des lilas", "felix@", "99 00 01", "0199000102", "Gaillette Félix"],
)
def test_a_resident_is_found_by_any_part_without_accents(words: str) -> None:
    resident = ResidentFactory(
        name="Félix Gaillette", email="felix@example.org", phone="01 99 00 01 02", street="3 rue des Lilas"
    )
    ResidentFactory(name="Ada Terril")

    assert list(Resident.objects.matching(words)) == [resident]


def test_a_name_is_found_without_its_address() -> None:
    ResidentFactory(name="Zoé Molette", second_name="Ada Terril", email="secret@example.org", phone="01 99 00 12 34")

    assert Resident.objects.called("terril zoe").count() == 1
    for address in ("secret", "0199001234", "example.org"):
        assert not Resident.objects.called(address).exists()


def test_a_name_that_grows_when_it_is_tidied_still_fits() -> None:
    longest = "\U0001d160" * 80

    assert len(residents.tidy_name(longest)) == 160


def test_residents_are_listed_as_a_french_reader_expects() -> None:
    for name in ("Zoé Terril", "Éloi Coron", "ada terril", "Emma Coron", "Œdipe Coron", "Odile Coron"):
        ResidentFactory(name=name)

    names = [resident.name for resident in Resident.objects.all()]

    assert names == ["ada terril", "Éloi Coron", "Emma Coron", "Odile Coron", "Œdipe Coron", "Zoé Terril"]


@pytest.mark.parametrize("text", ["Élan", "Œuvre", "Noël", "ﬁn", "Å", "ça et là", "L’Été"])
def test_the_database_folds_as_python_does(text: str) -> None:
    resident = ResidentFactory(name=text, email="x@example.org", second_name="", phone="", street="")

    resident.refresh_from_db()

    assert resident.folded.split("  ")[0] == fold(text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada\u00a0 Terril ", "Ada Terril"),
        ("Ada\nTerril", "Ada Terril"),
        ("E\u0301loi", "Éloi"),
        ("Ada\u200bTerril\x00", "Ada Terril"),
    ],
)
def test_what_is_typed_is_tidied(typed: str, kept: str) -> None:
    assert residents.tidy(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+33 1 99 00 01 02", "0199000102"),
        ("0033199000102", "0199000102"),
        ("01-99-00-01-02", "0199000102"),
        ("+33 (0)1 99 00 01 02", "0199000102"),
        ("+32 2 555 12 12", "+32 2 555 12 12"),
        ("3949", "3949"),
    ],
)
def test_a_french_telephone_is_written_one_way(typed: str, kept: str) -> None:
    assert residents.tidy_phone(typed) == kept


def test_whoever_preferred_a_text_message_is_called_on_that_telephone() -> None:
    texted = ResidentFactory(without_email=True, preferred_channel="sms")

    importlib.import_module("communities.migrations.0011_nobody_is_told_by_text_message").call_them(apps, None)

    texted.refresh_from_db()
    assert texted.preferred_channel == Channel.PHONE
