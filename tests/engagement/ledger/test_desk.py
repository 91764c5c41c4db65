"""What do staff see and write of the accounts?"""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from engagement.models import LedgerEntry, Project
from tests.engagement.factories import CommitmentFactory, ProjectFactory
from tests.engagement.factories_of_what_was_done import HourRateFactory, LedgerEntryFactory, YearMeansFactory
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


@pytest.mark.parametrize("typed", ["", "x", "0"])
def test_going_on_without_a_project_is_answered_by_a_sentence(officer, typed: str):
    shown = officer.get(reverse("ledger:add"))
    answer = officer.get(reverse("ledger:add"), {"project": typed})

    assert not shown.context["form"].errors
    assert answer.context["form"].errors["project"]


def test_the_means_of_a_year_read_as_print_writes_them(officer):
    YearMeansFactory(euros=60000, hours=1900)

    shown = re.sub(r"\s", "", officer.get(reverse("year_means:index")).content.decode())

    assert ">60000€<" in shown
    assert ">1900<" in shown


def test_the_same_entry_is_asked_about_before_it_is_written_again(officer):
    HourRateFactory(from_on=dt.date(2020, 1, 1))
    project = ProjectFactory()
    first = officer.get(reverse("ledger:add") + f"?project={project.pk}").content.decode()
    add(officer, project)

    assert 'name="again"' not in first
    assert "again" in add(officer, project).context["form"].errors
    add(officer, project, again="on")

    assert LedgerEntry.objects.count() == 2


def test_a_proof_is_kept_and_shown_to_those_who_keep_the_accounts(officer):
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
    assert communication.get(reverse("ledger:evidence", args=[entry.pk]))["Location"] == "/admin/"
    for address in (ADD, reverse("ledger:undo", args=[entry.pk]), reverse("hour_sheets:upload")):
        assert communication.post(address, {"reason": "x"})["Location"] == "/admin/"
    assert LedgerEntry.objects.count() == 1


@pytest.mark.parametrize("way", ["edit", "delete", "change", "copy"])
def test_there_is_no_address_that_changes_an_entry(client, way):
    client.force_login(StaffFactory(administration=True))
    entry = LedgerEntryFactory()

    for address in (f"/admin/ledger/{way}/{entry.pk}/", f"/admin/ledger/{entry.pk}/{way}/"):
        assert client.post(address, {"what": "x"}).status_code == 404
