"""What do most tests start from? A town's first pages and its groups of staff: made once, by the rules that make them
in a new town, and then copied, row by row, for a tenth of the queries.

Where a copy would not be the same, because a test has made pages or groups of its own before, the rules make them.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import time_machine
from django.db import connection, transaction
from django.utils import timezone
from psycopg.errors import UniqueViolation
from wagtail.models import Site

from pages import groups, page_tree
from pages.models import HomePage
from tests import ground

# When the rows were made first; in a copy, the moment of the test stands in its place.
THEN = dt.datetime(2001, 2, 3, 4, 5, 6, 7, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Change:
    """The rows of one table that went, and those that came, in PostgreSQL's own copy format; its first column is the
    key.
    """

    table: str
    key: str
    gone: frozenset[bytes]
    come: frozenset[bytes]

    @property
    def keys(self) -> list[int]:
        return [int(row.split(b"\t")[0]) for row in self.gone]

    def is_possible(self) -> bool:
        """Whether what goes is there, and as it was."""
        there = f'select * from "{self.table}" where "{self.key}" = any(array{self.keys}::bigint[])'
        return not self.gone or rows_of(ground.answer(f"({there})")) == self.gone

    def make(self) -> None:
        rows = b"".join(self.come).replace(written(THEN), written(timezone.now()))
        with connection.cursor() as cursor:
            if self.gone:
                cursor.execute(f'delete from "{self.table}" where "{self.key}" = any(%s)', [self.keys])
        ground.put(self.table, rows)


def rows_of(content: bytes) -> frozenset[bytes]:
    return frozenset(content.splitlines(keepends=True))


def written(moment: dt.datetime) -> bytes:
    """As PostgreSQL writes it."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S.%f}+00".encode()


planted: dict[Callable[[], object], list[Change]] = {}


def tree() -> None:
    """The first pages of a town whose pages are Wagtail's welcome still."""
    page_tree.grow(site_url="https://commune.example", language="fr", now=timezone.now())


def desk() -> None:
    """The groups of staff."""
    groups.form(home=HomePage.objects.get())


def rehearse() -> None:
    """Do each once, note what it changes, and leave nothing behind but a distance between rows to come and these."""
    with time_machine.travel(THEN, tick=False), transaction.atomic():
        before = ground.survey().rows
        for deed in (tree, desk):
            deed()
            after = ground.survey().rows
            planted[deed] = changes(before, after)
            before = after
        transaction.set_rollback(True)
    Site.clear_site_root_paths_cache()


def changes(before: dict[str, bytes], after: dict[str, bytes]) -> list[Change]:
    differing = [table for table in before | after if before.get(table) != after.get(table)]
    old = {table: rows_of(before.get(table, b"")) for table in differing}
    new = {table: rows_of(after.get(table, b"")) for table in differing}
    return [
        Change(table, first_column(table), gone=old[table] - new[table], come=new[table] - old[table])
        for table in differing
    ]


def first_column(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'select * from "{table}" limit 0')
        return str(cursor.description[0].name)


def plant(deed: Callable[[], object]) -> None:
    """Do it: by copying what it did in the rehearsal, where that was and can be."""
    if not is_copied(planted.get(deed, [])):
        deed()


def is_copied(noted: list[Change]) -> bool:
    try:
        with transaction.atomic():
            if not noted or not all(change.is_possible() for change in noted):
                return False
            with ground.whatever_guards_rows():
                for change in noted:
                    change.make()
    except UniqueViolation:
        return False
    Site.clear_site_root_paths_cache()
    return True
