"""What is true before any test? The rows that migrations made; a test with real transactions leaves them as they were.

Django empties every table after such a test, Wagtail's root page with the rest. Here each table gets its first rows
back, whatever triggers guard it, and in milliseconds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import connection

PATIENCE = "30s"
# A test that emptied the database made its sequences start again.
BEHIND = """
    select setval(quote_ident(first.name)::regclass, first.number)
    from unnest(%s::text[], %s::bigint[]) as first (name, number)
    join pg_sequences now on now.sequencename = first.name
    where coalesce(now.last_value, 0) < first.number
"""


@dataclass(frozen=True)
class Ground:
    """The rows of every table that had some, in PostgreSQL's own copy format."""

    tables: tuple[str, ...]
    rows: dict[str, bytes]
    numbers: dict[str, int]

    def restore(self) -> None:
        """Bring every table back to its first rows; new identifiers are never those of first rows.

        Whoever still holds a row (a server that a failed test left running, say) makes the next tests fail, not wait.
        """
        with connection.cursor() as cursor, whatever_guards_rows():
            cursor.execute(f"set lock_timeout = '{PATIENCE}'")
            for table in {*tables_with_rows(self.tables), *self.rows}:
                cursor.execute(f'delete from "{table}"')
            for table, rows in self.rows.items():
                put(table, rows)
            cursor.execute(BEHIND, [list(self.numbers), list(self.numbers.values())])
            cursor.execute("set lock_timeout = default")
        # A test that emptied the database numbered them anew, and they are remembered by their numbers.
        ContentType.objects.clear_cache()


def survey() -> Ground:
    tables = tuple(sorted(connection.introspection.table_names()))
    rows = {table: content(table) for table in tables_with_rows(tables)}
    return Ground(tables=tables, rows=rows, numbers=numbers())


def tables_with_rows(tables: tuple[str, ...]) -> list[str]:
    question = " union all ".join(f"select '{table}' where exists (select from \"{table}\")" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(question)
        return [table for (table,) in cursor.fetchall()]


def content(table: str) -> bytes:
    return answer(f'"{table}"')


def answer(question: str) -> bytes:
    """The rows of a table, or of a query in brackets, in copy format."""
    with connection.cursor() as cursor, cursor.copy(f"copy {question} to stdout") as copy:
        return b"".join(bytes(part) for part in copy)


def put(table: str, rows: bytes) -> None:
    with connection.cursor() as cursor, cursor.copy(f'copy "{table}" from stdin') as copy:
        copy.write(rows)


@contextmanager
def whatever_guards_rows() -> Iterator[None]:
    """Rows change as told: no trigger runs, and none looks for what a row refers to."""
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        yield
        cursor.execute("set session_replication_role = default")


def send_others_away() -> None:
    """End what threads and processes of the tests left open: a database in use cannot be dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )


def numbers() -> dict[str, int]:
    """The last identifier that each sequence gave; nothing for one that gave none yet."""
    with connection.cursor() as cursor:
        cursor.execute("select sequencename, last_value from pg_sequences where last_value is not null")
        return dict(cursor.fetchall())
