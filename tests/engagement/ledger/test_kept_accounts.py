"""Can anybody change or remove what was brought? Not with raw SQL either, as the application's user of the database."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from engagement.ledger import balance, recording
from engagement.models import LedgerEntry, Side
from tests.engagement import the_application
from tests.engagement.factories import CommitmentFactory, KeptFileFactory
from tests.engagement.factories_of_what_was_done import HourRateFactory, LedgerEntryFactory
from tests.engagement.the_application import refused
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
MAY_NOT, MUST_NOT = "42501", "23"


@pytest.fixture
def entry() -> LedgerEntry:
    """With a rate and a proof; another one is undone already. There are a rate, a project and a promise besides."""
    HourRateFactory(from_on=dt.date(2025, 1, 1))
    CommitmentFactory()
    found = LedgerEntryFactory(rate=HourRateFactory(), evidence=KeptFileFactory())
    wrong = LedgerEntryFactory(project=found.project, validated_by=found.validated_by)
    recording.undo(entry=wrong, reason="erreur", by=StaffFactory(participation=True), now=timezone.now())
    return found


@pytest.fixture
def as_the_application(entry: LedgerEntry) -> Iterator[None]:
    with the_application.in_its_place():
        yield


SAME = (
    "insert into engagement_ledgerentry (project_id, side, kind, what, quantity, unit, value, rate_id, commitment_id,"
    " done_on, evidence_words, validated_by_id, recorded_at, reverses_id, reason)"
    " select {project}, {side}, {kind}, {what}, {quantity}, {unit}, {value}, {rate}, {commitment}, {day}, '',"
    " validated_by_id, now(), {of}, {reason}"
    " from engagement_ledgerentry where {which} limit 1"
)
ALIKE = {
    "project": "project_id", "side": "side", "kind": "kind", "what": "what", "unit": "unit", "rate": "rate_id",
    "commitment": "commitment_id", "day": "done_on",
}  # fmt: skip
STANDING = "reverses_id is null and id not in (select reverses_id from engagement_ledgerentry where reverses_id > 0)"
UNDONE = "id in (select reverses_id from engagement_ledgerentry where reverses_id > 0)"
OPPOSITE = ALIKE | {"quantity": "-quantity", "value": "-value", "of": "id", "reason": "'x'", "which": STANDING}


@pytest.mark.parametrize(
    "statement",
    [
        *(
            f"update engagement_ledgerentry set {change}"
            for change in [
                *("quantity = quantity + 1", "value = 0", "what = 'autre chose'", "side = 'commune'", "kind = 'money'"),
                *("done_on = '2020-01-01'", "unit = 'j'", "rate_id = null", "evidence_id = null", "reason = 'x'"),
                *("validated_by_id = null", "recorded_at = now()", "reverses_id = null", "commitment_id = null"),
                "quantity = quantity",
            ]
        ),
        "delete from engagement_ledgerentry",
        "delete from engagement_ledgerentry where reverses_id is not null",
        "update engagement_keptfile set content = 'x'",
        "delete from engagement_keptfile",
        "update engagement_hourrate set euros = 99",
        "update engagement_hourrate set source = 'x'",
        "delete from engagement_hourrate",
        "delete from engagement_project",
    ],
)
def test_the_application_cannot_change_or_remove_what_was_brought(as_the_application: None, statement: str) -> None:
    assert refused(statement)[:2] == MUST_NOT


@pytest.mark.parametrize(
    "changes",
    [
        {"quantity": "-quantity - 1"},
        {"value": "-value + 1"},
        {"quantity": "quantity", "value": "value"},
        {"reason": "''"},
        {"which": "reverses_id is not null", "quantity": "-quantity", "value": "-value"},
        {"which": UNDONE},
        {"of": "null"},
        {"of": "null", "quantity": "0", "value": "0", "reason": "''"},
        {"of": "id + 1"},
        {"project": "(select max(id) from engagement_project where id <> project_id)"},
        {"side": "'commune'"},
        {"kind": "'maintenance'"},
        {"what": "'autre chose'"},
        {"unit": "'j'"},
        {"rate": "null"},
        {"rate": "(select max(id) from engagement_hourrate where id <> rate_id)"},
        {"commitment": "(select max(id) from engagement_commitment)"},
        {"day": "done_on + 1"},
    ],
)
def test_an_entry_is_only_undone_once_by_its_exact_opposite(as_the_application: None, changes: dict[str, str]) -> None:
    assert refused(SAME.format(**OPPOSITE | changes))[:2] == MUST_NOT


def test_the_exact_opposite_is_taken(as_the_application: None, entry: LedgerEntry) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SAME.format(**OPPOSITE))

    assert balance.of(project=entry.project).done(Side.RESIDENTS) == 0


@pytest.mark.parametrize("table", ["ledgerentry", "hourrate", "keptfile"])
@pytest.mark.parametrize(
    "statement",
    [
        "truncate engagement_{table} cascade",
        "alter table engagement_{table} disable trigger all",
        "alter table engagement_{table} disable trigger user",
        "drop table engagement_{table} cascade",
        "create or replace rule nothing as on delete to engagement_{table} do instead nothing",
    ],
)
def test_the_application_can_neither_empty_a_table_nor_lift_its_triggers(
    as_the_application: None, table: str, statement: str
) -> None:
    assert refused(statement.format(table=table)) == MAY_NOT


@pytest.mark.parametrize(
    "statement",
    [
        "set session_replication_role = replica",
        "drop function what_is_kept_is_never_changed() cascade",
        "drop function a_rate_in_use_is_kept() cascade",
        "drop function a_reversal_is_the_exact_opposite() cascade",
    ],
)
def test_the_application_cannot_take_the_keepers_away(as_the_application: None, statement: str) -> None:
    assert refused(statement) == MAY_NOT


def test_our_own_code_cannot_either(entry: LedgerEntry) -> None:
    for change in (
        lambda: LedgerEntry.objects.filter(pk=entry.pk).update(value=0),
        lambda: LedgerEntry.objects.filter(pk=entry.pk).delete(),
        entry.save,
        lambda: LedgerEntry.objects.bulk_update([entry], ["what"]),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert LedgerEntry.objects.filter(validated_by=StaffFactory()).count() == 0
