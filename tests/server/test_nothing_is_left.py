"""Erased, is somebody left anywhere? Every column of every table, every file and the cache are walked for them."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from communities import erasing
from communities.folding import fold
from communities.models import Resident
from tests import a_whole_life, mails
from tests.somebody import EMAIL, FORMER, NAME, PHONE, SECOND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_french")]

# Texts under which a hand is, with their names: public archives, for as long as they can be disputed.
SIGNED = {
    ("engagement_convention", "text"),
    ("engagement_convention", "holder"),
    ("engagement_convention", "purpose"),
    ("engagement_conventionversion", "content"),
    ("engagement_signature", "name"),
    ("engagement_signature", "proven_email"),
}
TYPES = (
    "text",
    "character varying",
    "character",
    "json",
    "jsonb",
    "ARRAY",
    "tsvector",
    "bytea",
    "USER-DEFINED",
    "inet",
)
COLUMNS = """
    SELECT table_name, column_name, data_type FROM information_schema.columns JOIN information_schema.tables
    USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type = ANY(%s) ORDER BY 1, 2
"""


@pytest.fixture
def _french(settings: Settings) -> None:
    settings.INBOUND_DOMAIN = mails.DOMAIN


def columns() -> list[tuple[str, str, str]]:
    """Every column of every table in which words can be."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [list(TYPES)])
        return cursor.fetchall()


def contents(table: str, column: str, kind: str) -> Iterator[str]:
    """What the rows say there, as words; bytes as whoever reads them would see them."""
    shown = f"encode({column_of(column)}, 'escape')" if kind == "bytea" else f"{column_of(column)}::text"
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {shown} FROM "{table}" WHERE {column_of(column)} IS NOT NULL')
        for (words,) in cursor.fetchall():
            yield unescaped(words) if kind == "bytea" else words


def column_of(name: str) -> str:
    return f'"{name}"'


def unescaped(words: str) -> str:
    """PostgreSQL's escape format, as UTF-8 where it is."""
    raw = re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8)]), words.encode()).replace(b"\\\\", b"\\")
    return raw.decode("utf-8", "replace")


def signs() -> dict[str, list[list[str]]]:
    """For each thing that says who they were, the ways it is written; each way is words that all must be there."""
    digits = PHONE.removeprefix("0")
    spaced = " ".join(re.findall("..", PHONE))
    return {
        "name": [words(NAME)],
        "second name": [words(SECOND)],
        "e-mail": [[EMAIL.lower()], [FORMER.lower()], ["ines.briquette"]],
        "telephone": [[digits], [spaced]],
        "street": [["coquelicots"], ["coquelicot"]],
    }


def words(name: str) -> list[str]:
    """Both parts of a family name, by their stems: each alone belongs to others too."""
    return [fold(part)[:8] for part in name.split()[1].split("-")]


def said_in(text: str) -> set[str]:
    """What of them these words say."""
    folded = fold(text).replace("\\u00e8", "e")
    return {sign for sign, ways in signs().items() if any(all(part in folded for part in way) for way in ways)}


def found() -> set[tuple[str, str, str]]:
    """(table, column, sign): where they are."""
    return {
        (table, column, sign)
        for table, column, kind in columns()
        for text in contents(table, column, kind)
        for sign in said_in(text)
    }


def files() -> Iterable[Path]:
    return (path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def said_in_files() -> set[str]:
    return {
        f"{path.name}: {sign}"
        for path in files()
        for sign in said_in(path.name + path.read_bytes().decode("utf-8", "replace"))
    }


def said_in_the_cache() -> set[str]:
    client = cache._cache.get_client()  # type: ignore[attr-defined]
    said = [key + (client.get(key) or b"") for key in client.scan_iter("*") if client.type(key) == b"string"]
    return {sign for each in said for sign in said_in(each.decode("utf-8", "replace"))}


@pytest.fixture
def who() -> Resident:
    return a_whole_life.lived(now=timezone.now())


def test_nothing_that_says_who_they_were_is_left_anywhere_but_under_a_signed_convention(who: Resident) -> None:
    before = found()
    assert {sign for _table, _column, sign in before} == set(signs())
    assert len({table for table, _column, _sign in before}) > 15

    erasing.erase(resident=who, by=None, now=timezone.now() + dt.timedelta(minutes=1))

    left = {(table, column, sign) for table, column, sign in found() if (table, column) not in SIGNED}
    assert left == set()
    assert said_in_files() == set()
    assert said_in_the_cache() == set()


def test_everything_is_walked() -> None:
    walked = {table for table, _column, _kind in columns()}

    assert walked >= {
        "communities_resident",
        "wagtailcore_revision",
        "wagtailsearch_indexentry",
        "wagtailcore_modellogentry",
    }
    assert {kind for _table, _column, kind in columns()} >= {"text", "jsonb", "tsvector", "bytea", "ARRAY"}


@pytest.mark.parametrize("deed", a_whole_life.DEEDS)
def test_each_deed_leaves_something_that_erasing_has_to_take(deed: str) -> None:
    now = timezone.now()
    someone = a_whole_life.person(now)
    a_whole_life.DEEDS[deed](someone, now)

    erasing.erase(resident=someone, by=None, now=now)

    assert {place for place in found() if place[:2] not in SIGNED} == set()
