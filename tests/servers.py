"""Which servers do the tests run against? PostgreSQL and Redis of their own, started before Django reads its settings.

A pytest plugin (`-p tests.servers`): under xdist the first process starts the servers, the others find them in the
environment and take a Redis database of their own.
"""

import os
import tempfile
from pathlib import Path

import pytest
from config.local import postgres, processes, redis, translations

STARTED = "FIFTY_TEST_SERVERS"


def number_of_this_worker() -> int:
    """0 without xdist, else 1 for gw0, 2 for gw1..."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start the servers once, and tell the settings where they are."""
    if STARTED not in os.environ:
        children = start()
        early_config.add_cleanup(children.stop)
    temporary = Path(os.environ[STARTED])
    os.environ["REDIS_URL"] = redis.url(temporary, number=number_of_this_worker())


def start() -> processes.Children:
    temporary = Path(tempfile.mkdtemp(prefix="fifty-tests-"))
    children = processes.Children(logs=temporary)
    children.remove_at_the_end(temporary)
    cluster = postgres.at(data=temporary / "pg", temporary=temporary, is_durable=False)
    postgres.initialise(cluster)
    postgres.start(cluster, children=children)
    redis.start(temporary=temporary, data=temporary, children=children)
    translations.compile_catalogues()
    os.environ |= {STARTED: str(temporary), "DATABASE_URL": cluster.url(), "EMAIL_URL": "smtp://127.0.0.1:9"}
    os.environ |= {"MEDIA_ROOT": str(temporary / "media"), "STATIC_ROOT": str(temporary / "static")}
    return children


def database_url(name: str) -> str:
    """Where a database of the tests is, for a process of its own."""
    return os.environ["DATABASE_URL"].replace(f"/{postgres.DATABASE}?", f"/{name}?")
