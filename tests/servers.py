"""Which servers do the tests run against? PostgreSQL and Redis of their own, started before Django reads its settings.

A pytest plugin (`-p tests.servers`): under xdist the first process starts the servers, the others find them in the
environment and take a Redis database of their own. The tables are made once for each set of migrations and copied
from `.local/tests` afterwards.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from config.local import places, postgres, processes, redis, tables, translations

STARTED = "FIFTY_TEST_SERVERS"
MIGRATED = places.STATE / "tests"
KEPT = 3


def number_of_this_worker() -> int:
    """0 without xdist, else 1 for gw0, 2 for gw1..."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start the servers once, and tell the settings where they are."""
    if STARTED not in os.environ:
        children = start()
        early_config.add_cleanup(lambda: os.environ.pop(STARTED, None))
        early_config.add_cleanup(children.stop)
    temporary = Path(os.environ[STARTED])
    os.environ["REDIS_URL"] = redis.url(temporary, number=number_of_this_worker())


def start() -> processes.Children:
    temporary = Path(tempfile.mkdtemp(prefix="fifty-tests-"))
    (temporary / "static").mkdir()
    children = processes.Children(logs=temporary)
    children.remove_at_the_end(temporary)
    os.environ |= {STARTED: str(temporary), "EMAIL_URL": "smtp://127.0.0.1:9"}
    os.environ |= {"MEDIA_ROOT": str(temporary / "media"), "STATIC_ROOT": str(temporary / "static")}
    redis.start(temporary=temporary, data=temporary, children=children)
    start_postgres(temporary=temporary, children=children)
    translations.compile_catalogues()
    return children


def start_postgres(*, temporary: Path, children: processes.Children) -> None:
    """A cluster whose first database has every table: each worker's own database is copied from it."""
    cluster = postgres.at(data=temporary / "pg", temporary=temporary, is_durable=False)
    os.environ["DATABASE_URL"] = cluster.url()
    make_tables(cluster=cluster, logs=temporary)
    postgres.start(cluster, children=children)


def make_tables(*, cluster: postgres.Cluster, logs: Path) -> None:
    """Every table in a cluster that is not started yet: copied where these migrations were made before."""
    kept = MIGRATED / tables.fingerprint("requirements-dev.txt")
    if kept.exists():
        shutil.copytree(kept, cluster.data)
        return
    postgres.initialise(cluster)
    if migrate(cluster=cluster, logs=logs):
        keep(cluster.data, at=kept)


def migrate(*, cluster: postgres.Cluster, logs: Path) -> bool:
    """Whether the migrations went through; where they did not, the tests that need tables will say why."""
    children = processes.Children(logs=logs)
    try:
        postgres.start(cluster, children=children)
        made = subprocess.run(
            [sys.executable, str(places.PROJECT / "site" / "manage.py"), "migrate", "--verbosity=0", "--skip-checks"],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
            stderr=subprocess.DEVNULL,
            check=False,
        )
        return made.returncode == 0
    finally:
        children.stop()


def keep(data: Path, *, at: Path) -> None:
    """Keep a stopped cluster for the next run, beside the last few that other migrations made."""
    MIGRATED.mkdir(parents=True, exist_ok=True)
    for other in sorted(MIGRATED.iterdir(), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        shutil.rmtree(other, ignore_errors=True)
    unfinished = Path(tempfile.mkdtemp(dir=MIGRATED))
    shutil.copytree(data, unfinished, dirs_exist_ok=True)
    unfinished.rename(at)


def database_url(name: str) -> str:
    """Where a database of the tests is, for a process of its own."""
    return os.environ["DATABASE_URL"].replace(f"/{postgres.DATABASE}?", f"/{name}?")
