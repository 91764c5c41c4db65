"""Are the tables those that the code wants, and is there a town in them? Asked of the database, in milliseconds."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg
from psycopg import sql

from .places import PROJECT

ROOMS = ("communities", "meetings", "engagement", "site/pages", "site/config")
LETTERS_TO_LEAVE = """
    select count(*) from communities_delivery
    where state = 'pending' and channel = 'email' and next_attempt_at <= now()
"""


def fingerprint(lock: str) -> str:
    """What tables depend on: our migrations, and the releases of everything else."""
    digest = hashlib.sha256((PROJECT / lock).read_bytes())
    for path in sorted(migrations()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def migrations() -> Iterator[Path]:
    for room in ROOMS:
        yield from (PROJECT / room).rglob("migrations/*.py")


def are_current(url: str, *, lock: str) -> bool:
    """Whether the note that `mark` left on the database still holds."""
    with psycopg.connect(url) as connection:
        note = connection.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"
        ).fetchone()
        return note is not None and note[0] == note_for(connection, lock=lock)


def mark(url: str, *, lock: str) -> None:
    """Note on the database that these migrations ran."""
    with psycopg.connect(url) as connection:
        name = sql.Identifier(connection.info.dbname)
        note = sql.Literal(note_for(connection, lock=lock))
        connection.execute(sql.SQL("comment on database {} is {}").format(name, note))


def note_for(connection: psycopg.Connection[tuple[object, ...]], *, lock: str) -> str:
    return f"{fingerprint(lock)} {count(connection, 'django_migrations')}"


def count(connection: psycopg.Connection[tuple[object, ...]], table: str) -> int:
    """How many rows, 0 for a table that does not exist."""
    if connection.execute("select to_regclass(%s)", [table]).fetchone() == (None,):
        return 0
    found = connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchone()
    return int(str(found[0])) if found else 0


def have_a_town(url: str) -> bool:
    """Whether a town was ever started or loaded here."""
    with psycopg.connect(url) as connection:
        return count(connection, "pages_homepage") > 0


def letters_to_leave(url: str) -> int:
    """How many letters the post should already have sent."""
    with psycopg.connect(url) as connection:
        found = connection.execute(LETTERS_TO_LEAVE).fetchone()
        return int(found[0]) if found else 0


def staff_among(url: str, usernames: Sequence[str]) -> list[str]:
    """Which of these accounts exist, in the order given."""
    with psycopg.connect(url) as connection:
        known = connection.execute("select username from auth_user where username = any(%s)", [list(usernames)])
        found = {username for (username,) in known.fetchall()}
    return [username for username in usernames if username in found]
