"""Can anybody edit or delete what was signed? Not with raw SQL either, as the application's user of the database."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from engagement.models import Convention, ConventionNotice, Side
from tests.engagement import the_application
from tests.engagement.conventions.conventions import NOW, officer, proposed, sign, signed
from tests.engagement.the_application import refused

pytestmark = pytest.mark.django_db
MAY_NOT = "42501"
TABLES = ["convention", "commitment", "conventionversion", "signature", "conventionnotice", "passage"]


@pytest.fixture
def convention() -> Convention:
    """Signed by both sides, told of once."""
    found = signed()
    ConventionNotice.objects.create(convention=found, kind="review", about_on=NOW.date(), posted_at=NOW)
    return found


@pytest.fixture
def as_the_application(convention: Convention) -> Iterator[None]:
    with the_application.in_its_place():
        yield


CHANGES = [
    "update engagement_convention set title = 'autre chose'",
    "update engagement_convention set text = text || '.'",
    "update engagement_convention set sha256 = repeat('0', 64)",
    "update engagement_convention set code = 'AAAAAAAAAA'",
    "update engagement_convention set signed_at = now()",
    "update engagement_convention set ends_on = '2099-01-01'",
    "update engagement_convention set summary = ''",
    "update engagement_convention set state = 'draft'",
    "update engagement_convention set state = 'proposed', signed_at = null",
    "update engagement_convention set state = 'dropped', signed_at = null",
    "update engagement_convention set state = 'ended', ended_on = '2026-04-01', ended_at = now(), end_reason = 'x',"
    " title = 'autre chose'",
    "delete from engagement_convention",
    "update engagement_commitment set quantity = 1",
    "update engagement_commitment set what = 'rien'",
    "delete from engagement_commitment",
    "insert into engagement_commitment (convention_id, side, kind, what, unit, who)"
    " select id, 'commune', 'money', 'plus', '', '' from engagement_convention",
    "update engagement_conventionversion set content = '{}'",
    "delete from engagement_conventionversion",
    "insert into engagement_conventionversion (convention_id, number, content, note, written_at)"
    " select id, 99, '{}', '', now() from engagement_convention",
    "update engagement_signature set name = 'quelqu’un'",
    "update engagement_signature set scan_id = null",
    "delete from engagement_signature",
    "insert into engagement_signature (convention_id, side, name, quality, means, signed_on, noted_at, sha256,"
    " proven_email) select id, 'third', 'x', '', 'screen', now(), now(), sha256, 'x@example.org'"
    " from engagement_convention",
    "update engagement_keptfile set content = 'x'",
    "delete from engagement_keptfile",
    "update engagement_conventionnotice set about_on = '2030-01-01'",
    "delete from engagement_conventionnotice",
    "update engagement_passage set words = 'x'",
    "delete from engagement_passage",
]


def test_the_application_cannot_change_or_remove_what_was_signed(as_the_application: None) -> None:
    assert {statement: refused(statement)[:2] for statement in CHANGES} == dict.fromkeys(CHANGES, "23")


WAYS_ROUND = [
    "truncate engagement_{table} cascade",
    "alter table engagement_{table} disable trigger all",
    "alter table engagement_{table} disable trigger user",
    "drop table engagement_{table} cascade",
    "create or replace rule nothing as on delete to engagement_{table} do instead nothing",
]


def test_the_application_can_neither_empty_a_table_nor_lift_its_triggers(as_the_application: None) -> None:
    tried = [statement.format(table=table) for table in (*TABLES, "keptfile") for statement in WAYS_ROUND]

    assert {statement: refused(statement) for statement in tried} == dict.fromkeys(tried, MAY_NOT)


@pytest.mark.parametrize(
    "statement",
    [
        "set session_replication_role = replica",
        "drop function a_signed_convention_only_ends() cascade",
        "create or replace function what_is_kept_is_never_changed() returns trigger language plpgsql as"
        " 'begin return old; end'",
    ],
)
def test_the_application_cannot_get_round_the_triggers(as_the_application: None, statement: str) -> None:
    assert refused(statement) == MAY_NOT


def test_all_that_may_happen_to_what_was_signed_is_its_end(as_the_application: None, convention: Convention) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "update engagement_convention set state = 'ended', ended_on = '2026-04-01', ended_at = now(),"
            " end_reason = 'Repris par la commune.'"
        )

    assert Convention.objects.get(pk=convention.pk).is_ended
    assert refused(
        "update engagement_convention set state = 'signed', ended_on = null, ended_at = null, end_reason = ''"
    )


@pytest.mark.parametrize("changed", [{"title": "x"}, {"text": "x"}, {"state": "draft"}])
def test_nor_does_the_owner_of_the_tables_by_mistake(convention: Convention, changed: dict[str, str]) -> None:
    with pytest.raises(DatabaseError, match=r"never changed|does not pass"), transaction.atomic():
        Convention.objects.filter(pk=convention.pk).update(**changed)


@pytest.mark.parametrize("changed", [{"title": "x"}, {"state": "dropped", "text": "x"}, {"state": "draft", "text": ""}])
def test_what_one_side_signed_is_never_written_again_not_even_when_it_is_dropped(changed: dict[str, str]) -> None:
    by = officer()
    convention = proposed(by=by)
    sign(convention, Side.RESIDENTS, by=by)

    with pytest.raises(DatabaseError, match=r"one side signed|does not pass|is frozen"), transaction.atomic():
        Convention.objects.filter(pk=convention.pk).update(**changed)
