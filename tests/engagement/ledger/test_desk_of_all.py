"""What do staff read of all accounts, bring in by sheets, and settle: values, means, mandates?"""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from engagement.models import ContributionKind, HourRate, HourSheet, LedgerEntry, Project, Side, YearMeans
from meetings.models import Mandate
from tests.engagement.factories import KeptFileFactory, ProjectFactory
from tests.engagement.factories_of_what_was_done import HourRateFactory, LedgerEntryFactory, YearMeansFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

INDEX, ADD = "/admin/ledger/", "/admin/ledger/add/"


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(StaffFactory(participation=True, reads="fr"))
    return client


# --- Lists and reports ------------------------------------------------------------------------------------------


def test_entries_are_filtered_and_exported(officer):
    kept, other = LedgerEntryFactory(what="Planches"), LedgerEntryFactory(what="Gravier", side=Side.COMMUNE)
    LedgerEntryFactory(what="Vis", done_on=dt.date(2020, 1, 1), evidence=KeptFileFactory())

    def names(query: str) -> list[str]:
        return [entry.what for entry in officer.get(f"{INDEX}?{query}").context["object_list"]]

    assert names(f"project={kept.project_id}") == ["Planches"]
    assert names("side=commune") == ["Gravier"]
    assert names("q=vis") == ["Vis"]
    assert names("done_on_from=2021-01-01") == ["Gravier", "Planches"]
    sheet = officer.get(f"{INDEX}?export=csv&project={other.project_id}").content.decode()
    assert "Gravier" in sheet
    assert "Planches" not in sheet


def test_undone_entries_are_told_from_those_that_stand(officer):
    wrong, kept = LedgerEntryFactory(what="Faux"), LedgerEntryFactory(what="Vrai")
    officer.post(reverse("ledger:undo", args=[wrong.pk]), {"reason": "erreur"})

    standing = officer.get(f"{INDEX}?which=standing").context["object_list"]
    undone = officer.get(f"{INDEX}?which=undone").context["object_list"]

    assert list(standing) == [kept]
    assert {entry.what for entry in undone} == {"Faux"}


@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_each_report_leaves_as_a_spreadsheet(officer, export):
    Mandate.objects.create(starts_on=dt.date(2026, 3, 23), ends_on=dt.date(2032, 3, 21))
    LedgerEntryFactory(project__title="Bancs", value=Decimal(70))

    for name in ("balance", "totals"):
        content = officer.get(reverse(f"ledger_reports:{name}") + f"?export={export}").getvalue()
        if export == "csv":
            assert "70" in content.decode()
        else:
            rows = list(load_workbook(io.BytesIO(content)).active.values)
            assert Decimal(70) in [Decimal(str(cell)) for cell in rows[1] if isinstance(cell, int | float)]


def test_the_balance_of_each_project_is_one_report(officer):
    project = LedgerEntryFactory(project__title="Bancs", value=Decimal(70)).project
    LedgerEntryFactory(project=project, side=Side.COMMUNE, kind=ContributionKind.MONEY, quantity=30, value=30)

    page = officer.get(reverse("ledger_reports:balance")).content.decode()

    assert "Bancs" in page
    assert "70\u202f%" in page


@pytest.mark.parametrize(
    "name", ["ledger:index", "ledger_reports:balance", "ledger_reports:totals", "hour_sheets:index"]
)
def test_a_long_list_takes_as_many_queries_as_a_short_one(officer, name):
    officer.get(reverse(name))
    counts = []
    for more in (1, 12):
        for number in range(more):
            entry = LedgerEntryFactory(done_on=dt.date(2026 - number, 5, 1))
            HourSheet.objects.create(
                project=entry.project, file_name="x.csv", uploaded_by=entry.validated_by, uploaded_at=timezone.now()
            )
        with CaptureQueriesContext(connection) as queries:
            officer.get(reverse(name))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_record_of_a_project_shows_its_accounts(officer):
    project = LedgerEntryFactory(what="Planches de chêne").project

    page = officer.get(reverse("projects_desk:inspect", args=[project.pk])).content.decode()

    assert "Planches de chêne" in page
    assert f"{ADD}?project={project.pk}" in page


# --- Sheets -----------------------------------------------------------------------------------------------------


def uploaded(client: Client, *lines: str, project: Project) -> HourSheet:
    content = "\n".join(["Date;Heures;Quoi", *lines]).encode()
    file = SimpleUploadedFile("heures.csv", content)
    client.post(reverse("hour_sheets:upload"), {"project": project.pk, "file": file})
    return HourSheet.objects.latest("pk")


def test_a_sheet_comes_in_in_three_steps(officer):
    HourRateFactory(from_on=dt.date(2020, 1, 1))
    sheet = uploaded(officer, "04/04/2026;3;Pose", "hier;2;Vis", project=ProjectFactory())

    page = officer.get(reverse("hour_sheets:report", args=[sheet.pk])).content.decode()
    assert "n’est pas un jour" in page
    assert not LedgerEntry.objects.exists()

    officer.post(reverse("hour_sheets:apply", args=[sheet.pk]))

    assert LedgerEntry.objects.get().what == "Pose"
    refused = officer.get(reverse("hour_sheets:refused", args=[sheet.pk])).content.decode()
    assert "n’est pas un jour" in refused


def test_a_sheet_may_be_forgotten(officer):
    sheet = uploaded(officer, "04/04/2026;3;Pose", project=ProjectFactory())

    officer.post(reverse("hour_sheets:drop", args=[sheet.pk]))

    assert not HourSheet.objects.exists()


def test_a_file_that_cannot_be_read_says_why_beside_it(officer):
    file = SimpleUploadedFile("vide.csv", b"")

    answer = officer.post(reverse("hour_sheets:upload"), {"project": ProjectFactory().pk, "file": file})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])


# --- Rates, means, mandates -------------------------------------------------------------------------------------


def test_a_value_of_an_hour_is_written_with_its_day_and_source(officer):
    said = {"kind": "hands", "euros": "12.02", "from_on": "2026-01-01", "source": "SMIC horaire brut"}

    officer.post(reverse("hour_rates:add"), said)
    assert HourRate.objects.get().euros == Decimal("12.02")

    officer.post(reverse("hour_rates:add"), said | {"source": "", "from_on": "2027-01-01"})
    assert HourRate.objects.count() == 1


def test_a_value_in_use_is_followed_and_never_changed(officer):
    rate = HourRateFactory()
    LedgerEntryFactory(rate=rate)
    said = {"kind": "hands", "euros": "20", "from_on": "2026-01-01", "source": "autre"}

    answer = officer.post(reverse("hour_rates:edit", args=[rate.pk]), said)

    assert "Ajoutez une nouvelle valeur" in answer.content.decode()
    rate.refresh_from_db()
    assert rate.euros == Decimal("12.02")


def test_nobody_deletes_a_value_of_an_hour_nor_a_year(client):
    client.force_login(StaffFactory(administration=True))
    rate, year = HourRateFactory(), YearMeansFactory()

    client.post(reverse("hour_rates:delete", args=[rate.pk]))
    client.post(reverse("year_means:delete", args=[year.pk]))

    assert HourRate.objects.exists()
    assert YearMeans.objects.exists()


def test_the_means_of_a_year_are_settled_once(officer):
    said = {"year": "2027", "euros": "60000", "hours": "900", "source": "Budget primitif 2027"}

    officer.post(reverse("year_means:add"), said)
    officer.post(reverse("year_means:add"), said)

    assert [means.source for means in YearMeans.objects.all()] == ["Budget primitif 2027"]


def test_a_mandate_is_written_down_at_the_desk(officer):
    said = {"starts_on": "2026-03-23", "ends_on": "2032-03-21", "meetings_wanted": "200"}

    officer.post(reverse("mandates:add"), said)

    assert str(Mandate.objects.get()) == "2026-2032"
    assert "2026-2032" in officer.get(reverse("mandates:index")).content.decode()
