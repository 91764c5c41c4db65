"""A file of residents: read, reported line by line, applied whole and once, or not at all."""

import io
import threading
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from openpyxl import Workbook

from communities import columns, consent, importing, letters, tables, wordings
from communities.examining import Verdict
from communities.importing import StatedConsent
from communities.models import (
    Channel,
    Community,
    ConsentEvent,
    Delivery,
    Mailing,
    Membership,
    Origin,
    Priority,
    Resident,
    ResidentImport,
    SignUp,
)
from communities.post.kinds import letter_kinds
from tests.communities.factories import (
    CommunityFactory,
    ConsentEventFactory,
    NeighbourhoodFactory,
    ResidentFactory,
    SignUpFactory,
)
from tests.factories import StaffFactory

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
FORUM = StatedConsent(origin="Forum des associations", date=date(2027, 1, 15), proof="Classeur bleu, fiches 1 à 40")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def receive(
    content: bytes | str, *, stated: StatedConsent | None = None, community: Community | None = None
) -> ResidentImport:
    content = content.encode() if isinstance(content, str) else content
    return importing.receive(
        file=io.BytesIO(content),
        size=len(content),
        name="habitants.csv",
        community=community,
        stated=stated,
        by=StaffFactory(),
        now=NOW,
    )


def apply(received: ResidentImport) -> ResidentImport:
    return importing.apply(resident_import=received, now=NOW)


def workbook(*rows: list[Any]) -> bytes:
    book, written = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(written)
    return written.getvalue()


def reasons(received: ResidentImport) -> dict[int, str]:
    return {number: reason for number, _verdict, reason, _name in received.report["lines"] if reason}


# --- Reading ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_any_usual_encoding_and_separator_reads_the_same(encoding: str, separator: str) -> None:
    lines = ["Nom;Prénom;E-mail", "Gaillette;Félix;felix@example.org"]

    received = receive("\r\n".join(lines).replace(";", separator).encode(encoding))

    assert received.rows == [
        {
            "line": 2,
            "facts": {"family_name": "Gaillette", "given_name": "Félix", "email": "felix@example.org"},
            "trouble": "",
        }
    ]


@pytest.mark.parametrize(
    "headings",
    [
        "NOM;PRENOM;COURRIEL",
        "nom ; prénom ; mél",
        "Last name;First name;E-mail address",
        '"Nom de famille";"Prénom(s)";"Adresse e-mail :"',
    ],
)
def test_headings_are_understood_in_french_and_english(headings: str) -> None:
    apply(receive(f"{headings}\nTerril;Ada;ada@example.org"))

    resident = Resident.objects.get()
    assert (resident.name, resident.email) == ("Ada Terril", "ada@example.org")


def test_every_column_we_know_is_kept_and_the_others_are_named_and_left() -> None:
    NeighbourhoodFactory(name="Cité Belgique")
    file = (
        "Nom complet;Conjoint;Téléphone;Portable;Adresse;CP;Commune;Quartier;Date de naissance\n"
        "Ada Terril;Basile Coron;;0199000102;3 rue des Exemples;62000;Exempleville;cite belgique;1950-01-01\n"
    )

    received = receive(file)
    apply(received)

    assert received.report["unread"] == ["Date de naissance"]
    assert "1950" not in str(received.rows)
    resident = Resident.objects.get()
    assert str(resident) == "Ada Terril & Basile Coron"
    assert (resident.phone, resident.postal_address) == ("0199000102", "3 rue des Exemples\n62000 Exempleville")
    assert str(resident.neighbourhood) == "Cité Belgique"
    assert resident.preferred_channel == Channel.LETTER


def test_a_workbook_keeps_its_zeros_and_reads_the_results_of_formulas() -> None:
    received = receive(
        workbook(
            ["Nom", "Prénom", "Téléphone", "Code postal", "Adresse", "Ville"],
            ["Terril", "Ada", 199000102, 1000, "3 rue des Exemples", "Exempleville"],
            [],
            ["Coron", "Basile", 199000103.0, "62000", "", ""],
        )
    )

    apply(received)

    assert [row["line"] for row in received.rows] == [2, 4]
    ada, basile = Resident.objects.order_by("pk")
    assert (ada.phone, ada.postcode) == ("0199000102", "01000")
    assert basile.phone == "0199000103"


def test_excels_own_separator_line_is_obeyed() -> None:
    received = receive('sep=,\nNom,E-mail\n"Terril, Ada",ada@example.org')

    assert received.rows[0]["facts"]["family_name"] == "Terril, Ada"


def test_the_sample_file_is_one_that_imports() -> None:
    received = receive("\n".join(";".join(line) for line in columns.SAMPLE))

    assert received.report["counts"] == {Verdict.NEW: 2}


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "0 bytes"),
    "only blank lines": (b"\n\n;;\n", "No column gives the names"),
    "fifty megabytes": (b"Nom;E-mail\n" + b"x" * 50 * 1024 * 1024, "weighs 50 MB"),
    "wrong headings": (b"Foo;Bar\n1;2", "No column gives the names.*Foo, Bar"),
    "no way to reach anyone": ("Nom;Prénom\nTerril;Ada".encode(), "how to reach people"),
    "no headings": (b"Ada Terril;ada@example.org", "No column gives the names"),
    "two columns of names": (b"Nom;Nom;E-mail\na;b;c", "say the same thing"),
    "an old Excel file renamed": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "old Excel"),
    "a text with what no text holds": ("\ufeffNom;E-mail\nA\0da;ada@example.org".encode(), "neither a CSV"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "neither a CSV"),
    "an open quotation mark": (
        b'Nom;E-mail\nTerril;a@example.org\n"Coron;b@example.org\nx;y',
        "Line 3 opens a quotation",
    ),
    "a broken zip": (b"PK\x03\x04" + b"\0" * 100, "damaged"),
    "undefined characters": (b"Nom;E-mail\n\x81\x8d;a@example.org", "characters"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_that_is_no_list_says_why_and_leaves_nothing(case: str) -> None:
    content, reason = UNREADABLE[case]

    with pytest.raises(tables.Unreadable, match=reason):
        receive(content)

    assert not ResidentImport.objects.exists()


def test_a_document_that_is_no_workbook_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")

    with pytest.raises(tables.Unreadable, match="This is not an"):
        receive(packed.getvalue())


def repacked(content: bytes, *, part: str, by: bytes) -> bytes:
    """A workbook with one of its parts replaced."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, by if name == part else source.read(name))
    return target.getvalue()


def test_a_workbook_that_unpacks_to_a_hundred_megabytes_is_refused_unopened() -> None:
    bomb = repacked(workbook(["Nom", "E-mail"]), part="xl/worksheets/sheet1.xml", by=b" " * 100 * 1024 * 1024)
    assert len(bomb) < 200_000

    with pytest.raises(tables.Unreadable, match="unpacks to far more"):
        receive(bomb)


def test_a_workbook_of_nested_entities_is_refused() -> None:
    laughs = b'<!DOCTYPE a [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY a%d "%s">' % (depth, b"&a%d;" % (depth - 1) * 10 if depth else b"&a;" * 10) for depth in range(9)
    )
    bomb = repacked(workbook(["Nom", "E-mail"]), part="xl/worksheets/sheet1.xml", by=laughs + b"]><a>&a8;</a>")

    with pytest.raises(tables.Unreadable, match="damaged"):
        receive(bomb)


def test_a_row_numbered_out_of_this_world_is_refused() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Nom</t></is></c></row>'
        b'<row r="999999999"><c r="A999999999"><v>1</v></c></row></sheetData></worksheet>'
    )

    with pytest.raises(tables.Unreadable, match="more than 50000 lines"):
        receive(repacked(workbook(["Nom"]), part="xl/worksheets/sheet1.xml", by=sheet))


def test_what_a_workbook_says_of_its_own_size_is_not_believed() -> None:
    content = workbook(["Nom", "E-mail"], ["Ada", "ada@example.org"], ["Basile", "basile@example.org"])
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    lying = repacked(content, part="xl/worksheets/sheet1.xml", by=sheet.replace(b'ref="A1:B3"', b'ref="A1:B1"'))

    assert len(receive(lying).rows) == 2


def test_more_lines_than_a_town_has_residents_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROWS", 3)
    lines = [f"Ada {number};ada-{number}@example.org" for number in range(3)]

    assert len(receive("\n".join(["Nom;E-mail", *lines])).rows) == 3
    with pytest.raises(tables.Unreadable, match="more than 3 lines"):
        receive("\n".join(["Nom;E-mail", *lines, "One too many;x@example.org"]))


# --- Examining -------------------------------------------------------------------------------------------------------


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


# --- Applying --------------------------------------------------------------------------------------------------------


def test_a_report_writes_nobody_down() -> None:
    receive("Nom;E-mail\nAda;ada@example.org", stated=FORUM)

    assert not Resident.objects.exists()
    assert not Mailing.objects.exists()


def test_a_stated_consent_is_held_with_its_proof_and_nobody_is_written_to() -> None:
    community = CommunityFactory()
    received = receive(
        "Nom;E-mail;Téléphone\nAda;ada@example.org;\nBasile;;0199000102", stated=FORUM, community=community
    )

    applied = apply(received)

    events = ConsentEvent.objects.order_by("pk")
    assert [event.channel for event in events] == [Channel.EMAIL, Channel.PHONE]
    assert {(event.scope, event.origin, event.wording) for event in events} == {
        (consent.scope_of(community), Origin.IMPORT, wordings.IMPORTED)
    }
    assert events[0].proof == (
        f"import {applied.pk} · Forum des associations · 2027-01-15 · Classeur bleu, fiches 1 à 40"
    )
    assert community.members.count() == 2
    assert applied.report["consents"] == 2
    assert not Delivery.objects.exists()


def test_without_a_community_a_stated_consent_is_for_the_whole_town() -> None:
    apply(receive("Nom;E-mail\nAda;ada@example.org", stated=FORUM))

    assert ConsentEvent.objects.get().scope == consent.TOWN
    assert not Membership.objects.exists()


@pytest.mark.parametrize(("withdrawn_on", "is_told"), [(date(2027, 1, 14), True), (date(2027, 1, 15), False)])
def test_a_stated_consent_never_overrules_a_later_withdrawal(withdrawn_on: date, is_told: bool) -> None:
    community = CommunityFactory()
    resident = ResidentFactory(email="ada@example.org")
    scope = consent.scope_of(community)
    ConsentEventFactory(resident=resident, scope=scope)
    ConsentEventFactory(
        resident=resident,
        scope=scope,
        granted=False,
        occurred_at=datetime(withdrawn_on.year, withdrawn_on.month, withdrawn_on.day, 12, tzinfo=UTC),
    )

    apply(receive("Nom;E-mail\nAda;ada@example.org", stated=FORUM, community=community))

    assert bool(consent.scopes_held(resident=resident, channel=Channel.EMAIL)) is is_told
    assert community.members.exists() is is_told


def test_who_asked_to_hear_no_more_of_anything_is_left_alone_by_any_later_file() -> None:
    community = CommunityFactory()
    resident = ResidentFactory(email="ada@example.org")
    ConsentEventFactory(resident=resident, scope=consent.TOWN)
    consent.withdraw_everything(resident=resident, channel=Channel.EMAIL, origin=Origin.MAIL, now=NOW)

    apply(receive("Nom;E-mail\nAda;ada@example.org", stated=FORUM, community=community))
    apply(receive("Nom;E-mail\nAda;ada@example.org", community=community))

    assert consent.scopes_held(resident=resident, channel=Channel.EMAIL) == set()
    assert not Delivery.objects.exists()


def test_without_a_stated_consent_each_address_gets_one_letter_that_asks_and_nothing_else() -> None:
    community = CommunityFactory(name="Les bancs de la cité")

    applied = apply(receive("Nom;E-mail;Téléphone\nAda;ada@example.org;\nBasile;;0199000102", community=community))

    mailing, delivery, sign_up = Mailing.objects.get(), Delivery.objects.get(), SignUp.objects.get()
    assert (mailing.kind, mailing.key) == ("confirm-sign-up", letters.key_of(applied))
    assert (delivery.resident.email, delivery.priority) == ("ada@example.org", Priority.BULK)
    assert list(sign_up.communities.all()) == [community]
    assert not ConsentEvent.objects.exists()
    assert not Membership.objects.exists()
    assert (applied.report["asked"], applied.report["without_email"]) == (1, 1)
    kind = letter_kinds["confirm-sign-up"]
    values = kind.personal(mailing=mailing, deliveries=[delivery])[delivery.pk]
    text = kind.compose(mailing=mailing, language="en").filled(values).text
    assert "Les bancs de la cité" in text
    assert "the only letter you get from that list" in text


def test_nobody_is_asked_who_said_yes_or_no_or_was_asked_before() -> None:
    ResidentFactory(email="yes@example.org", allows=[consent.TOWN])
    ConsentEventFactory(resident=ResidentFactory(email="no@example.org"), granted=False)
    SignUpFactory(resident=ResidentFactory(email="asked@example.org"))

    applied = apply(receive("Nom;E-mail\nA;yes@example.org\nB;no@example.org\nC;asked@example.org\nD;new@example.org"))

    assert Delivery.objects.get().resident.email == "new@example.org"
    assert applied.report["left_alone"] == 3


def test_applying_twice_does_no_more() -> None:
    received = receive("Nom;E-mail\nAda;ada@example.org")

    first = apply(received)
    second = importing.apply(resident_import=received, now=NOW + timedelta(minutes=1))

    assert first.applied_at == second.applied_at == NOW
    assert Resident.objects.count() == Delivery.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_apply_once() -> None:
    received = receive("\n".join(["Nom;E-mail", *(f"Ada {number};ada-{number}@example.org" for number in range(300))]))

    def click() -> None:
        apply(received)
        connection.close()

    clicks = [threading.Thread(target=click) for _click in range(2)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()

    assert Resident.objects.count() == SignUp.objects.count() == Delivery.objects.count() == 300
    assert Mailing.objects.count() == 1


def test_an_import_that_breaks_halfway_leaves_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    received = receive("Nom;E-mail\nAda;ada@example.org", stated=FORUM)

    def broken(**facts: Any) -> None:
        raise IntegrityError("something failed after the residents were written")

    monkeypatch.setattr("communities.asking.take_their_word", broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        apply(received)

    assert not Resident.objects.exists()
    received.refresh_from_db()
    assert not received.is_applied


def test_what_changed_since_the_report_counts() -> None:
    received = receive("Nom;E-mail\nAda;ada@example.org", stated=FORUM)
    resident = ResidentFactory(name="Ada", email="ada@example.org")

    applied = apply(received)

    assert Resident.objects.get() == resident
    assert applied.report["counts"] == {Verdict.KNOWN: 1}


def test_once_applied_the_file_is_forgotten_and_the_reasons_stay() -> None:
    applied = apply(receive("Nom;E-mail\nAda;ada@example.org\nBasile;nowhere"))

    applied.refresh_from_db()
    assert applied.rows == []
    assert applied.report["lines"] == [[3, "refused", "“nowhere” is not an e-mail address.", ""]]


def test_a_dropped_file_is_forgotten_and_an_applied_one_stays() -> None:
    dropped, applied = receive("Nom;E-mail\nAda;ada@example.org"), apply(receive("Nom;E-mail\nBea;bea@example.org"))

    importing.drop(resident_import=dropped)
    importing.drop(resident_import=applied)

    assert list(ResidentImport.objects.all()) == [applied]


def test_a_consent_half_stated_is_refused_by_the_database() -> None:
    with (
        pytest.raises(IntegrityError, match="a_stated_consent_says_where_when_and_by_which_proof"),
        transaction.atomic(),
    ):
        ResidentImport.objects.create(file_name="x", consent_origin="Forum", uploaded_at=NOW)


@pytest.mark.parametrize("stated", [FORUM, None])
def test_a_bigger_file_costs_no_more_queries(stated: StatedConsent | None, django_assert_max_num_queries: Any) -> None:
    community = CommunityFactory()

    def file(start: int, lines: int) -> str:
        people = (f"Ada {number};ada-{number}@example.org" for number in range(start, start + lines))
        return "\n".join(["Nom;E-mail", *people])

    with django_assert_max_num_queries(40) as small:
        apply(receive(file(0, 10), stated=stated, community=community))
    with django_assert_max_num_queries(len(small.captured_queries)):
        apply(receive(file(1_000, 1_000), stated=stated, community=community))
