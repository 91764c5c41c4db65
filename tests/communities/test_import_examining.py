"""What would become of each line of a file: somebody new, somebody known, or refused, and why."""

import pytest

from communities.imports.examining import Verdict
from tests.communities.factories import ResidentFactory
from tests.communities.uploads import apply, reasons, receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (";a@example.org;;;", "no name"),
        ("Ada;;;;", "cannot be reached"),
        ("Ada;;;62000;", "cannot be reached"),
        ("Ada;ada(at)example.org;;;", "“ada(at)example.org” is not an e-mail address"),
        ("Ada;ada@example;;;", "not an e-mail address"),
        ("Ada;;call me;;", "“call me” is not a telephone number"),
        ("Ada;;12;;", "not a telephone number"),
        ("Ada;a@example.org;;;Atlantis", "No neighbourhood is called “Atlantis”"),
        ("=HYPERLINK(1);a@example.org;;;", "looks like a formula"),
        ("@Ada;a@example.org;;;", "looks like a formula"),
        ("#REF!;a@example.org;;;", "looks like a formula"),
        ("ada@example.org;a@example.org;;;", "is not a name"),
        (f"{'x' * 161};a@example.org;;;", "is too long"),
        ("Ada;a@example.org;;;;more", "more cells than there are headings"),
        ('"Ada"Terril;a@example.org;;;', "malformed"),
    ],
)
def test_a_line_that_cannot_be_taken_says_why(line: str, reason: str) -> None:
    received = receive(f"Nom;E-mail;Téléphone;Code postal;Quartier\n{line}\nBasile;basile@example.org;;;\n")

    assert reason in reasons(received)[2]
    assert received.report["counts"] == {Verdict.REFUSED: 1, Verdict.NEW: 1}


def test_a_repeated_line_is_refused_and_names_the_first() -> None:
    received = receive(
        "Nom;E-mail;Téléphone\n"
        "Ada Terril;ada@example.org;\n"
        "Basile Coron;ADA@example.org;\n"
        "Inès Briquette;;0199000102\n"
        "INES BRIQUETTE;;01 99 00 01 02\n"
    )

    assert reasons(received) == {
        3: "Same e-mail address as line 2; a household of two is one line with both names.",
        5: "Same person as line 4.",
    }


def test_someone_known_is_completed_and_never_replaced() -> None:
    resident = ResidentFactory(name="Ada Terril", email="ada@example.org", phone="", street="1 rue Connue", city="Ici")

    received = receive(
        "Nom;E-mail;Téléphone;Adresse;Ville\nSomeone Else;ADA@example.org;0199000102;9 rue Fausse;Ailleurs"
    )
    apply(received)

    resident.refresh_from_db()
    assert received.report["counts"] == {Verdict.COMPLETED: 1}
    assert (resident.name, resident.phone, resident.street, resident.city) == (
        "Ada Terril",
        "0199000102",
        "1 rue Connue",
        "Ici",
    )


def test_someone_known_by_telephone_gains_an_address() -> None:
    resident = ResidentFactory(without_email=True, name="Félix Gaillette", phone="0199000102")

    apply(receive("Nom;E-mail;Téléphone\nfelix gaillette;felix@example.org;+33 1 99 00 01 02"))

    resident.refresh_from_db()
    assert resident.email == "felix@example.org"


def test_someone_known_by_telephone_with_another_address_is_for_a_person_to_settle() -> None:
    ResidentFactory(name="Félix Gaillette", phone="0199000102", email="old@example.org")

    received = receive("Nom;E-mail;Téléphone\nFélix Gaillette;new@example.org;0199000102")

    assert "another e-mail address" in reasons(received)[2]


def test_a_second_import_of_the_same_file_finds_everyone_known() -> None:
    file = "Nom;E-mail;Téléphone\nAda;ada@example.org;\nBasile;;0199000102\n"
    apply(receive(file))

    again = receive(file)

    assert again.report["counts"] == {Verdict.KNOWN: 2}
