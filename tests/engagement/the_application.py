"""The database as the application meets it in production, through a role that owns no table."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction

ROLE = "the_application"


@contextmanager
def in_its_place() -> Iterator[None]:
    """May do with rows what deploy/database.sql lets it; in a transaction that the test ends."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
        cursor.execute(f"create role {ROLE} nologin")
        cursor.execute(f"grant usage on schema public to {ROLE}")
        cursor.execute(f"grant select, insert, update, delete on all tables in schema public to {ROLE}")
        cursor.execute(f"grant usage, select on all sequences in schema public to {ROLE}")
        cursor.execute(f"set local role {ROLE}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("reset role")


def tried(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("set constraints all immediate")


def refused(statement: str) -> str:
    """Why (SQLSTATE, PostgreSQL's appendix A): 23 for what must hold, 42501 for what they may not do, nothing for what
    was done; that leaves no trace, so that what is tried next meets the same rows.
    """
    with transaction.atomic():
        try:
            tried(statement)
        except DatabaseError as refusal:
            return str(getattr(refusal.__cause__, "sqlstate", ""))
        transaction.set_rollback(True)
    return ""
