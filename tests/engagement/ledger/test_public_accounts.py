"""What does everyone read of a project's accounts and of the commune's means?"""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from engagement.ledger import recording, showing
from engagement.models import ContributionKind, LedgerEntry, Project, Side
from meetings.models import Mandate
from tests.engagement.factories import (
    CommitmentFactory,
    ConventionFactory,
    KeptFileFactory,
    ProjectFactory,
    ProjectPageFactory,
)
from tests.engagement.factories_of_what_was_done import HourRateFactory, LedgerEntryFactory, YearMeansFactory
from tests.engagement.signing import sign
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

MONEY = ContributionKind.MONEY


def told() -> Project:
    """A project whose story everyone reads."""
    return ProjectPageFactory(title="Les bancs").project


def address(project: Project, name: str = "accounts") -> str:
    return reverse(f"engagement:{name}", args=[project.pk])


def read(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def halves(project: Project) -> None:
    """Seventy of the residents, thirty of the commune."""
    LedgerEntryFactory(project=project, value=Decimal(70), rate=HourRateFactory())
    LedgerEntryFactory(project=project, side=Side.COMMUNE, kind=MONEY, what="Gravier", quantity=30, value=30, unit="€")


# --- One project ------------------------------------------------------------------------------------------------


def test_a_balance_is_shown_with_both_halves_and_how_it_is_computed():
    project = ProjectFactory()
    halves(project)

    shown = showing.of(project)

    assert (shown.residents.share, shown.commune.share, shown.saved_share) == (70, 30, 70)
    assert (shown.total, shown.cost_alone, shown.saved) == (100, 100, 70)
    assert any("SMIC horaire brut" in line for line in shown.computed)


def test_a_project_without_promise_nor_entry_has_no_balance():
    assert showing.of(ProjectFactory()) is None


def test_a_promise_is_shown_before_anything_is_done():
    convention = ConventionFactory()
    CommitmentFactory(convention=convention, quantity=40, value=Decimal(480))

    shown = showing.of(sign(convention).project)

    assert shown.is_empty
    assert (shown.promised, shown.residents.brought.promised_hours) == (480, 40)


def test_a_promise_that_nobody_can_price_is_said_to_count_for_nothing():
    convention = ConventionFactory()
    CommitmentFactory(convention=convention, kind=ContributionKind.MATERIALS, unit="bacs")

    assert len(showing.of(sign(convention).project).computed) == 6


def test_everyone_reads_what_both_sides_brought(client):
    project = told()
    halves(project)

    page = read(client, address(project))

    assert "Chantier du samedi" in page
    assert "Gravier" in page
    assert "70\u202f%" in page


def test_a_project_that_nobody_told_has_no_public_accounts(client):
    draft = ProjectPageFactory(draft=True).project

    for project in (draft, ProjectFactory()):
        halves(project) if project is draft else None
        for name in ("accounts", "accounts_csv", "accounts_json"):
            assert client.get(address(project, name)).status_code == 404


def test_an_undone_entry_is_not_listed_and_stays_in_the_open_data(client):
    project = told()
    halves(project)
    wrong = LedgerEntryFactory(project=project, what="Compté deux fois")
    recording.undo(entry=wrong, reason="une raison privée", by=StaffFactory(participation=True), now=timezone.now())

    assert "Compté deux fois" not in read(client, address(project))
    entries = client.get(address(project, "accounts_json")).json()["entries"]
    assert [(entry["euros"], entry["undoes"]) for entry in entries[-2:]] == [("96.16", None), ("-96.16", wrong.pk)]


def test_open_data_holds_no_person_no_proof_and_no_private_reason(client):
    project = told()
    by = StaffFactory(participation=True, first_name="Basile", last_name="Coron", email="basile@example.org")
    entry = LedgerEntryFactory(
        project=project, validated_by=by, evidence=KeptFileFactory(name="signatures.pdf"), evidence_words="Armoire 3"
    )
    recording.undo(entry=entry, reason="une raison privée", by=by, now=timezone.now())
    LedgerEntryFactory(project=project, validated_by=by, evidence_words="Armoire 3")

    everything = "".join(read(client, address(project, name)) for name in ("accounts", "accounts_csv", "accounts_json"))

    for private in ("Basile", "Coron", "basile", by.username, "signatures", "Armoire", "raison privée"):
        assert private not in everything


def test_the_spreadsheet_of_a_project_adds_up_and_holds_no_formula(client):
    project = told()
    halves(project)
    LedgerEntryFactory(project=project, what="=1+1", value=Decimal("0.5"))
    wrong = LedgerEntryFactory(project=project, what="Compté deux fois")
    recording.undo(entry=wrong, reason="erreur", by=StaffFactory(participation=True), now=timezone.now())

    rows = list(
        csv.DictReader(io.StringIO(read(client, address(project, "accounts_csv")).lstrip("\ufeff")), delimiter=";")
    )

    assert sum(Decimal(row["euros"]) for row in rows) == Decimal("100.50")
    assert [row["what"] for row in rows][:3] == ["Chantier du samedi", "Gravier", "'=1+1"]


def test_many_entries_take_as_many_queries_as_few(client):
    project = told()
    halves(project)
    counts = []
    for more in (0, 60):
        LedgerEntryFactory.create_batch(more, project=project, validated_by=StaffFactory())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address(project))
        counts.append(len(queries))

    assert counts[1] <= counts[0] + 1  # the pages of the list
    assert counts[1] <= 15


# --- The commune's means ----------------------------------------------------------------------------------------


def test_everyone_reads_the_envelope_what_is_promised_and_what_is_left(client):
    YearMeansFactory(year=2026, euros=60_000, hours=900)
    convention = ConventionFactory()
    CommitmentFactory(
        convention=convention, side=Side.COMMUNE, kind=MONEY, quantity=1_500, unit="€", due_on=dt.date(2026, 6, 1)
    )
    sign(convention)

    page = read(client, "/moyens/")

    for figure in (
        "60\u202f000\u202f€",
        "1\u202f500\u202f€",
        "58\u202f500\u202f€",
        "900\u202fh",
        "Budget primitif 2026",
    ):
        assert figure in page


def test_a_year_that_promised_more_than_there_is_says_so(client):
    YearMeansFactory(year=2026, euros=100)
    convention = ConventionFactory()
    CommitmentFactory(
        convention=convention, side=Side.COMMUNE, kind=MONEY, quantity=150, unit="€", due_on=dt.date(2026, 6, 1)
    )
    sign(convention)

    page = read(client, "/moyens/")

    assert "Il est promis plus qu’il n’y a" in page
    assert "50\u202f€" in page


def test_before_the_council_voted_anything_the_page_says_what_will_be_there(client):
    assert "une fois que le conseil l’aura votée" in read(client, "/moyens/")


def test_what_both_sides_brought_is_told_by_mandate_and_by_year(client):
    Mandate.objects.create(starts_on=dt.date(2026, 3, 23), ends_on=dt.date(2032, 3, 21))
    project = ProjectFactory()
    halves(project)

    page = read(client, "/moyens/")

    assert "2026-2032" in page
    assert "70\u202f€" in page


def test_the_page_of_means_takes_as_many_queries_for_many_years_as_for_one(client):
    client.get("/moyens/")  # the site's own signposts are kept in memory
    counts = []
    for years in ([2026], range(2010, 2026)):
        for year in years:
            YearMeansFactory(year=year)
            LedgerEntryFactory(done_on=dt.date(year, 5, 1), side=Side.COMMUNE)
        with CaptureQueriesContext(connection) as queries:
            client.get("/moyens/")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 15


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=99999", "page=%00"])
def test_hostile_pages_of_the_list_are_pages_of_the_list(client, query):
    project = told()
    halves(project)

    assert client.get(f"{address(project)}?{query}").status_code == 200
    assert LedgerEntry.objects.count() == 2
