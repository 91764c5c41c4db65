"""A town is saved and put back as docs/server.md says: with its triggers, and with what PostgreSQL works out itself."""

import os
import subprocess
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from config.local import accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """The address of an empty database."""
    server = os.environ["DATABASE_URL"]
    name = f"{connection.settings_dict['NAME']}_elsewhere"
    with psycopg.connect(server, autocommit=True) as asked:
        asked.execute(f'CREATE DATABASE "{name}" TEMPLATE template0'.encode())
        yield address_of(name)
        asked.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def address_of(name: str) -> str:
    return os.environ["DATABASE_URL"].replace("/fifty?", f"/{name}?")


def program(name: str) -> str:
    return str(accounts.installed() / "pginstall18" / "bin" / name)


def triggers(address: str) -> list[tuple[str, ...]]:
    question = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"
    with psycopg.connect(address) as asked:
        return asked.execute(question).fetchall()


def test_what_is_saved_at_night_can_be_put_back(elsewhere: str) -> None:
    town = address_of(connection.settings_dict["NAME"])

    saved = subprocess.run([program("pg_dump"), "-Fc", town], capture_output=True, check=True).stdout
    subprocess.run([program("pg_restore"), "--exit-on-error", "-d", elsewhere], input=saved, check=True)

    assert triggers(elsewhere) == triggers(town)
    assert ("engagement_convention", "a_signed_convention_only_ends") in triggers(elsewhere)
