"""A file of residents is read: whatever its encoding, its separator or its program, and never trusted."""

import io
import zipfile

import pytest

from communities.imports import columns, tables
from communities.imports.examining import Verdict
from communities.models import Channel, Resident, ResidentImport
from tests.communities.factories import NeighbourhoodFactory
from tests.communities.uploads import apply, receive, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


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


@pytest.mark.parametrize(
    ("part", "end", "filler"),
    [
        ("xl/styles.xml", b"</fonts>", b"<font/>" * 300_000),
        ("xl/worksheets/sheet1.xml", b"</sheetData>", b"<row>" + b"<c/>" * 300_000 + b"</row>"),
    ],
)
def test_a_workbook_that_is_small_and_takes_minutes_to_read_is_refused(part: str, end: bytes, filler: bytes) -> None:
    content = workbook(["Nom", "E-mail"], ["Ada", "ada@example.org"])
    whole = zipfile.ZipFile(io.BytesIO(content)).read(part)

    with pytest.raises(tables.Unreadable, match="unpacks to far more"):
        receive(repacked(content, part=part, by=whole.replace(end, filler + end)))


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
