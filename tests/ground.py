"""What is true before any test? The rows that migrations made; a test with real transactions leaves them as they were.

Django empties every table after such a test, Wagtail's root page with the rest. Here each table gets its first rows
back, whatever triggers guard it, and in milliseconds.
"""

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Ground:
    """The rows of every table that had some, in PostgreSQL's own copy format."""

    tables: tuple[str, ...]
    rows: dict[str, bytes]

    def restore(self) -> None:
        """Bring every table back to its first rows; identifiers go on from where they are."""
        with connection.cursor() as cursor:
            cursor.execute("set session_replication_role = replica")
            for table in {*tables_with_rows(self.tables), *self.rows}:
                cursor.execute(f'delete from "{table}"')
            for table, rows in self.rows.items():
                with cursor.copy(f'copy "{table}" from stdin') as copy:
                    copy.write(rows)
            cursor.execute("set session_replication_role = default")


def survey() -> Ground:
    tables = tuple(sorted(connection.introspection.table_names()))
    return Ground(tables=tables, rows={table: content(table) for table in tables_with_rows(tables)})


def tables_with_rows(tables: tuple[str, ...]) -> list[str]:
    question = " union all ".join(f"select '{table}' where exists (select from \"{table}\")" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(question)
        return [table for (table,) in cursor.fetchall()]


def content(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f'copy "{table}" to stdout') as copy:
        return b"".join(bytes(part) for part in copy)
