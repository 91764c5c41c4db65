"""Measure on servers of its own, durable as in production; print a table, write .local/bench.json."""

import logging
import os
import tempfile
from importlib import import_module
from pathlib import Path

import django

from config import garbage
from config.local import places, postgres, processes, redis, translations
from tests import servers
from tests.bench import starting
from tests.bench.figures import Figure, flat

BENCHES = [
    "tests.bench.letters",
    "tests.bench.growth",
    "tests.bench.replies",
    "tests.bench.pages",
    "tests.bench.feeds",
    "tests.bench.importing",
    "tests.bench.seats",
    "tests.bench.work_days",
    "tests.bench.ledger",
    "tests.bench.searching",
    # Last, for the disk is busy with its crashes for a while.
    "tests.bench.chaos",
]


def main() -> None:
    newcomers = starting.measure()
    temporary = Path(tempfile.mkdtemp(prefix="fifty-bench-"))
    children = processes.Children(logs=temporary)
    children.remove_at_the_end(temporary)
    try:
        start(temporary, children)
        figures = [figure for name in BENCHES for figure in import_module(name).measure()]
    finally:
        children.stop()
    show([*newcomers, *figures])
    keep([*newcomers, *figures])


def start(temporary: Path, children: processes.Children) -> None:
    """PostgreSQL and Redis, every table, Django."""
    (temporary / "static").mkdir()
    cluster = postgres.at(data=temporary / "pg", temporary=temporary)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": cluster.url(),
        "REDIS_URL": redis.url(temporary),
        # As where the mailbox is read: letters that a calendar program answers, of one resident each.
        "INBOUND_DOMAIN": "agora.commune.example",
        "MEDIA_ROOT": str(temporary / "media"),
        "STATIC_ROOT": str(temporary / "static"),
    }
    redis.start(temporary=temporary, data=temporary, children=children)
    servers.make_tables(cluster=cluster, logs=temporary)
    postgres.start(cluster, children=children)
    translations.compile_catalogues()
    django.setup()
    garbage.look_seldom()  # as config.wsgi does
    logging.disable(logging.INFO)


def show(figures: list[Figure]) -> None:
    for figure in figures:
        print(f"{written(figure.value):>10} {figure.unit:<4} {figure.what}  ({figure.note})")  # noqa: T201 - the table


def written(value: float) -> str:
    """Small figures with two decimals."""
    return f"{value:,.0f}" if value == round(value) or value >= 100 else f"{value:,.2f}"


def keep(figures: list[Figure]) -> None:
    places.STATE.mkdir(exist_ok=True)
    (places.STATE / "bench.json").write_text(flat(figures))


if __name__ == "__main__":
    main()
