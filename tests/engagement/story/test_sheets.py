"""The sheet of a delivered project: written at the desk, read by everyone once it is public."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from engagement.models import ProjectSheet, Side, Stage
from engagement.story import sheets
from tests.engagement.factories import ProjectFactory, ProjectPageFactory
from tests.engagement.factories_of_what_was_done import LedgerEntryFactory, ProjectSheetFactory
from tests.engagement.printed import can_be_heard, pages, said
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet() -> ProjectSheet:
    """A public one, of the founding example."""
    project = ProjectFactory(stage=Stage.DELIVERED, place="Chemin de la Fosse", delivered_on=dt.date(2019, 6, 1))
    ProjectPageFactory(title="Les chemins des agriculteurs", slug="chemins", project=project, pictures=True)
    LedgerEntryFactory(project=project, quantity=Decimal(1200), value=Decimal(70000))
    LedgerEntryFactory(
        project=project, side=Side.COMMUNE, kind="money", quantity=Decimal(30000), value=Decimal(30000), unit="€"
    )
    made: ProjectSheet = ProjectSheetFactory(project=project, public=True)
    return made


def test_the_page_says_what_it_cost_and_what_it_taught(client: Client, sheet: ProjectSheet) -> None:
    page = client.get("/projets/chemins/fiche/").content.decode()

    for words in ("Quatre mois", "32 habitants", "70\u202f%", "La fierté", "Le savoir-faire reconnu", "Les limites"):
        assert words in page


def test_the_same_in_two_pages_to_print(client: Client, sheet: ProjectSheet) -> None:
    answer = client.get("/projets/chemins/fiche.pdf")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert len(pages(answer.content)) == 2
    assert can_be_heard(answer.content, title="Fiche de projet – Les chemins des agriculteurs")
    assert "Chemin de la Fosse" in said(answer.content)
    assert "30 000 €" in said(answer.content)


@pytest.mark.parametrize("path", ["/projets/chemins/fiche/", "/projets/chemins/fiche.pdf"])
def test_a_sheet_that_is_not_public_or_whose_page_is_not_is_nowhere(
    client: Client, sheet: ProjectSheet, path: str
) -> None:
    ProjectSheet.objects.update(public_at=None)
    assert client.get(path).status_code == 404

    ProjectSheet.objects.update(public_at=timezone.now())
    sheet.project.page.unpublish()
    assert client.get(path).status_code == 404


def test_a_sheet_without_a_public_page_cannot_be_shown() -> None:
    with pytest.raises(sheets.NoPage):
        sheets.show(sheet=ProjectSheetFactory(), wanted=True, by=StaffFactory(communication=True), now=timezone.now())


def test_an_empty_sheet_cannot_be_shown() -> None:
    empty = ProjectSheetFactory(project=ProjectPageFactory(stage=Stage.DELIVERED).project, objectives=" ")

    with pytest.raises(sheets.SaysNothing):
        sheets.show(sheet=empty, wanted=True, by=StaffFactory(communication=True), now=timezone.now())


def test_a_sheet_shown_again_keeps_its_first_day(sheet: ProjectSheet) -> None:
    before, later = sheet.public_at, timezone.now() + dt.timedelta(days=1)

    sheets.show(sheet=sheet, wanted=True, by=StaffFactory(communication=True), now=later)

    assert sheet.public_at == before


def test_lines_are_read_whatever_begins_them() -> None:
    sheet = ProjectSheet(satisfactions="- La fierté\n• Le savoir-faire\n\n   \n– Le reste")

    assert sheet.good_sides == ["La fierté", "Le savoir-faire", "Le reste"]
