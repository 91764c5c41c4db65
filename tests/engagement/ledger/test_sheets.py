"""How does an hour sheet come into the accounts?"""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.utils import translation
from openpyxl import Workbook

from communities.imports import tables
from engagement.ledger import balance, recording, sheet_columns, sheets
from engagement.models import ContributionKind, HourSheet, LedgerEntry, Project, Side
from tests.engagement.factories import ProjectFactory
from tests.engagement.factories_of_what_was_done import HourRateFactory, LedgerEntryFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 5, 20, 13, tzinfo=dt.UTC)
HEADING = "Date;Heures;Quoi"
SATURDAY = "04/04/2026;3,5;Pose des bancs"


@pytest.fixture(autouse=True)
def _an_hour_is_worth_something():
    HourRateFactory()
    HourRateFactory(kind=ContributionKind.TECHNICAL, euros=Decimal(35))


def received(*lines: str, heading: str = HEADING, project: Project | None = None) -> HourSheet:
    content = "\n".join([heading, *lines]).encode()
    return sheets.receive(
        file=io.BytesIO(content),
        size=len(content),
        name="heures.csv",
        project=project or ProjectFactory(),
        by=StaffFactory(participation=True),
        now=NOW,
    )


def verdicts(sheet: HourSheet) -> list[str]:
    return [verdict for _number, verdict, _reason, _words in sheet.report["lines"]]


def reason(*lines: str, heading: str = HEADING) -> str:
    with translation.override("en"):
        [[_number, verdict, said, _words]] = received(*lines, heading=heading).report["lines"]
    assert verdict == sheets.Verdict.REFUSED
    return said


def apply(sheet: HourSheet, **choice: bool) -> list[LedgerEntry]:
    sheets.apply(sheet=sheet, by=StaffFactory(participation=True), now=NOW, **choice)
    return list(LedgerEntry.objects.filter(project=sheet.project).order_by("pk"))


def test_a_sheet_is_reported_before_anything_is_written_and_then_written_once():
    sheet = received(SATURDAY, "11/04/2026;2 h 30;Peinture")

    assert not LedgerEntry.objects.exists()
    assert (sheet.report["counts"], sheet.report["hours"]) == ({"new": 2}, "6.00")

    first, second = apply(sheet)

    assert (first.side, first.kind, first.quantity, first.value) == (
        "residents",
        "hands",
        Decimal("3.5"),
        Decimal("42.07"),
    )
    assert (first.what, first.done_on, first.unit) == ("Pose des bancs", dt.date(2026, 4, 4), "h")
    assert (second.quantity, second.evidence_words) == (Decimal("2.5"), "heures.csv, ligne 3")
    assert len(apply(sheet)) == 2


def test_the_sample_file_comes_in_as_it_stands():
    lines = [";".join(line) for line in sheet_columns.SAMPLE[1:]]

    entries = apply(received(*lines, heading=";".join(sheet_columns.SAMPLE[0])))

    assert [(entry.side, entry.kind, entry.value) for entry in entries] == [
        (Side.RESIDENTS, ContributionKind.HANDS, Decimal("42.07")),
        (Side.COMMUNE, ContributionKind.TECHNICAL, Decimal("87.50")),
        (Side.RESIDENTS, ContributionKind.MATERIALS, Decimal(240)),
    ]
    assert [entry.evidence_words for entry in entries] == ["Feuille du 4 avril", "heures.csv, ligne 3", "Facture 118"]


def test_a_workbook_comes_in_too():
    workbook, file = Workbook(), io.BytesIO()
    workbook.active.append(["Date", "Nombre d’heures", "Tâche"])
    workbook.active.append([dt.date(2026, 4, 4), 3.5, "Pose des bancs"])
    workbook.save(file)
    size = file.tell()
    file.seek(0)

    by = StaffFactory(participation=True)
    sheet = sheets.receive(file=file, size=size, name="heures.xlsx", project=ProjectFactory(), by=by, now=NOW)

    assert [(entry.quantity, entry.done_on) for entry in apply(sheet)] == [(Decimal("3.5"), dt.date(2026, 4, 4))]


def test_names_of_people_are_neither_read_nor_kept():
    sheet = received("Ada Terril;04/04/2026;3;Pose", heading="Nom;Date;Heures;Quoi")

    assert sheet.report["unread"] == ["Nom"]
    assert "Terril" not in str(sheet.rows) + str(sheet.report)
    assert "Terril" not in str(LedgerEntry.objects.filter(pk__in=[entry.pk for entry in apply(sheet)]).values())


# --- What comes twice -------------------------------------------------------------------------------------------


def test_a_sheet_that_comes_twice_is_noticed_line_by_line():
    first = received(SATURDAY, SATURDAY, "11/04/2026;2;Peinture")
    apply(first)

    second = received(SATURDAY, SATURDAY, "18/04/2026;2;Vernis", project=first.project)

    assert verdicts(second) == ["known", "known", "new"]
    assert len(apply(second)) == 4


def test_four_people_who_worked_the_same_hours_are_four_lines():
    assert verdicts(received(*[SATURDAY] * 4)) == ["new"] * 4


def test_lines_that_look_known_are_written_when_somebody_says_that_they_are_others():
    first = received(SATURDAY)
    apply(first)

    assert len(apply(received(SATURDAY, project=first.project), again=True)) == 2


def test_what_was_undone_may_come_again():
    first = received(SATURDAY)
    [entry] = apply(first)
    recording.undo(entry=entry, reason="erreur", by=entry.validated_by, now=NOW)

    assert verdicts(received(SATURDAY, project=first.project)) == ["new"]


def test_what_was_written_since_the_report_is_not_written_again():
    sheet = received(SATURDAY)
    LedgerEntryFactory(
        project=sheet.project, what="Pose des bancs", quantity=Decimal("3.5"), done_on=dt.date(2026, 4, 4)
    )

    assert len(apply(sheet)) == 1


def test_a_dropped_sheet_is_forgotten_and_an_applied_one_stays():
    waiting, applied = received(SATURDAY), received(SATURDAY)
    apply(applied)

    for sheet in (waiting, applied):
        sheets.drop(sheet=sheet, by=StaffFactory(participation=True))

    assert list(HourSheet.objects.all()) == [applied]


# --- What is refused --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (";3;Pose", "no day"),
        ("31/02/2026;3;Pose", "not a day"),
        ("samedi;3;Pose", "not a day"),
        ("04/04/2026;;Pose", "no quantity"),
        ("04/04/2026;beaucoup;Pose", "not a figure"),
        ("04/04/2026;3h75;Pose", "not a figure"),
        ("04/04/2026;-3;Pose", "not a figure"),
        ("04/04/2026;1e9;Pose", "not a figure"),
        ("04/04/2026;0;Pose", "more than nothing"),
        ("04/04/2026;3;", "does not say what"),
        ("04/04/2026;3;" + "x" * 256, "too long"),
        ("04/04/2027;3;Pose", "still to come"),
        ("04/04/2020;3;Pose", "what such an hour was worth"),
    ],
)
def test_a_line_that_cannot_be_written_says_why(line, words):
    assert words in reason(line)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("04/04/2026;3;Pose;voisin;;;", "no side"),
        ("04/04/2026;3;Pose;???;;;", "no side"),
        ("04/04/2026;3;Pose;;amour;;", "no kind"),
        ("04/04/2026;3;Gravier;;matériaux;;90", "in what it is counted"),
        ("04/04/2026;3;Gravier;;matériaux;m³;", "worth in euros"),
    ],
)
def test_a_line_of_another_kind_says_what_it_lacks(line, words):
    assert words in reason(line, heading="Date;Quantité;Quoi;Côté;Nature;Unité;Valeur")


@pytest.mark.parametrize("heading", ["Date;Quoi", "Heures;Quoi", "Date;Heures", "Date;Jour;Heures;Quoi"])
def test_a_file_without_its_columns_is_not_read(heading):
    with pytest.raises(tables.Unreadable):
        received("1;2;3;4", heading=heading)


def test_a_refused_line_does_not_keep_the_others_out():
    sheet = received(SATURDAY, "hier;3;Pose")

    assert verdicts(sheet) == ["new", "refused"]
    assert len(apply(sheet)) == 1
    assert [line[0] for line in HourSheet.objects.get().report["lines"]] == [3]


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("3", "3"),
        ("3,5", "3.5"),
        ("3.25", "3.25"),
        ("3h", "3"),
        ("3 h 30", "3.5"),
        ("2h15", "2.25"),
        ("2,5 h", "2.5"),
        ("1.75 heures", "1.75"),
        ("1 234,50 €", "1234.5"),
    ],
)
def test_figures_are_read_as_people_write_them(cell, hours):
    assert sheet_columns.amount(cell) == Decimal(hours)


@pytest.mark.parametrize(
    "cell", ["04/04/2026", "2026-04-04", "4/4/2026", "04.04.2026", "04/04/26", "2026-04-04 00:00:00"]
)
def test_days_are_read_as_people_write_them(cell):
    assert sheet_columns.day(cell) == dt.date(2026, 4, 4)


def test_a_long_sheet_takes_as_many_queries_as_a_short_one(django_assert_max_num_queries):
    sheet = received(*[f"04/04/2026;{number};Pose" for number in range(1, 401)])

    with django_assert_max_num_queries(9):
        sheets.apply(sheet=sheet, by=sheet.uploaded_by, now=NOW)

    assert balance.of(project=sheet.project).hours(Side.RESIDENTS) == 80_200
