"""What do staff see and write of the accounts?"""

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
from tests.engagement.factories import (
    CommitmentFactory,
    HourRateFactory,
    KeptFileFactory,
    LedgerEntryFactory,
    ProjectFactory,
    YearMeansFactory,
)
from tests.engagement.signing import sign
from tests.engagement.uploads import files
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

INDEX, ADD = "/admin/ledger/", "/admin/ledger/add/"
PDF = files.pdf()


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(StaffFactory(participation=True, reads="fr"))
    return client


@pytest.fixture
def communication(client: Client) -> Client:
    client.force_login(StaffFactory(communication=True, reads="fr"))
    return client


def entry(**changes: object) -> dict[str, object]:
    """Eight hours, as they are typed in."""
    today = timezone.localdate().isoformat()
    return {
        "side": "residents",
        "kind": "hands",
        "what": "Chantier du samedi",
        "done_on": today,
        "quantity": "8",
    } | changes


def add(client: Client, project: Project, **changes: object):
    return client.post(f"{ADD}?project={project.pk}", entry(**changes))


# --- Writing down -----------------------------------------------------------------------------------------------


def test_hours_are_written_down_with_who_answers_for_them(officer):
    HourRateFactory(from_on=dt.date(2020, 1, 1))
    project = ProjectFactory()

    answer = add(officer, project, quantity="3.5")

    assert answer["Location"] == f"{INDEX}?project={project.pk}"
    written = LedgerEntry.objects.get()
    assert (written.project, written.quantity, written.value) == (project, Decimal("3.5"), Decimal("42.07"))
    assert written.validated_by.groups.get().name == "Participation"


def test_the_project_is_asked_for_first(officer):
    page = officer.get(ADD).content.decode()

    assert 'name="project"' in page
    assert officer.post(ADD, entry()).status_code == 404


def test_what_keeps_a_promise_is_prefilled_and_names_it(officer):
    commitment = CommitmentFactory(what="Bâtir les bancs")
    sign(commitment.convention)
    project = commitment.convention.project
    HourRateFactory(from_on=dt.date(2020, 1, 1))

    form = officer.get(f"{ADD}?project={project.pk}&commitment={commitment.pk}").context["form"]
    add(officer, project, commitment=commitment.pk)

    assert (form.initial["side"], form.initial["what"]) == ("residents", "Bâtir les bancs")
    assert LedgerEntry.objects.get().commitment == commitment


def test_a_promise_of_another_project_cannot_be_chosen(officer):
    commitment = CommitmentFactory()
    sign(commitment.convention)
    HourRateFactory(from_on=dt.date(2020, 1, 1))

    assert add(officer, ProjectFactory(), commitment=commitment.pk).status_code == 422
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"done_on": "2199-01-01"}, "done_on"),
        ({"done_on": "1999-01-01"}, "done_on"),
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "-3"}, "quantity"),
        ({"kind": "materials", "value": "3"}, "unit"),
        ({"kind": "materials", "unit": "m³"}, "value"),
        ({"what": ""}, "what"),
        ({"kind": "love"}, "kind"),
    ],
)
def test_a_refusal_stands_beside_its_field(officer, changes, field):
    HourRateFactory(from_on=dt.date(2020, 1, 1))

    answer = add(officer, ProjectFactory(), **changes)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not LedgerEntry.objects.exists()


def test_the_same_entry_is_asked_about_before_it_is_written_again(officer):
    HourRateFactory(from_on=dt.date(2020, 1, 1))
    project = ProjectFactory()
    add(officer, project)

    assert "again" in add(officer, project).context["form"].errors
    add(officer, project, again="on")

    assert LedgerEntry.objects.count() == 2


def test_a_proof_is_kept_and_shown_to_whoever_may_see_the_accounts(officer):
    project = ProjectFactory()
    file = SimpleUploadedFile("facture.pdf", PDF, content_type="application/pdf")
    add(officer, project, kind="money", side="commune", quantity="80", evidence=file, evidence_words="Classeur 3")
    written = LedgerEntry.objects.get()
    address = reverse("ledger:evidence", args=[written.pk])

    answer = officer.get(address)

    assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Client().get(address).status_code == 302


def test_a_file_that_is_no_proof_is_refused_and_nothing_is_kept(officer):
    file = SimpleUploadedFile("virus.svg", b"<svg onload='alert(1)'/>", content_type="image/svg+xml")

    answer = add(officer, ProjectFactory(), kind="money", quantity="80", evidence=file)

    assert list(answer.context["form"].errors) == ["evidence"]
    assert not LedgerEntry.objects.exists()


# --- Undoing ----------------------------------------------------------------------------------------------------


def test_an_entry_is_undone_with_its_reason_and_says_so(officer):
    wrong = LedgerEntryFactory()

    officer.post(reverse("ledger:undo", args=[wrong.pk]), {"reason": "compté deux fois"})

    page = officer.get(reverse("ledger:inspect", args=[wrong.pk])).content.decode()
    assert "compté deux fois" in page
    assert reverse("ledger:undo", args=[wrong.pk]) not in page
    assert LedgerEntry.objects.get(reverses=wrong).quantity == -8


def test_an_entry_without_a_reason_stays(officer):
    entry = LedgerEntryFactory()

    page = officer.post(reverse("ledger:undo", args=[entry.pk]), {"reason": " "}, follow=True).content.decode()

    assert "Écrivez pourquoi il est annulé" in page
    assert LedgerEntry.objects.count() == 1


def test_undoing_twice_by_a_double_press_undoes_once(officer):
    entry = LedgerEntryFactory()

    for _press in range(2):
        officer.post(reverse("ledger:undo", args=[entry.pk]), {"reason": "erreur"}, follow=True)

    assert LedgerEntry.objects.count() == 2


def test_communication_reads_the_accounts_and_writes_nothing(communication):
    entry = LedgerEntryFactory()

    assert communication.get(reverse("ledger:inspect", args=[entry.pk])).status_code == 200
    assert communication.get(INDEX).status_code == 200
    for address in (ADD, reverse("ledger:undo", args=[entry.pk]), reverse("hour_sheets:upload")):
        assert communication.post(address, {"reason": "x"})["Location"] == "/admin/"
    assert LedgerEntry.objects.count() == 1


@pytest.mark.parametrize("way", ["edit", "delete", "change", "copy"])
def test_there_is_no_address_that_changes_an_entry(client, way):
    client.force_login(StaffFactory(administration=True))
    entry = LedgerEntryFactory()

    for address in (f"/admin/ledger/{way}/{entry.pk}/", f"/admin/ledger/{entry.pk}/{way}/"):
        assert client.post(address, {"what": "x"}).status_code == 404


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
