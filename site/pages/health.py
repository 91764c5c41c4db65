"""Can this process serve (alive), and can the whole town be served (ready)?"""

import datetime as dt
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from .models import Heartbeat

WORKER = "worker"
OLDEST_HEARTBEAT = dt.timedelta(minutes=3)


def beat(*, now: dt.datetime) -> None:
    """Write that the worker did what the clock asked."""
    Heartbeat.objects.update_or_create(name=WORKER, defaults={"beaten_at": now})


def database_answers(now: dt.datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def redis_answers(now: dt.datetime) -> bool:
    cache.set("readyz", "1", 10)
    return bool(cache.get("readyz") == "1")


def migrations_are_applied(now: dt.datetime) -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def worker_lives(now: dt.datetime) -> bool:
    heartbeat = Heartbeat.objects.filter(name=WORKER).first()
    return heartbeat is not None and heartbeat.age(now) < OLDEST_HEARTBEAT


CHECKS: dict[str, Callable[[dt.datetime], bool]] = {
    "database": database_answers,
    "redis": redis_answers,
    "migrations": migrations_are_applied,
    "worker": worker_lives,
}


def findings(*, now: dt.datetime) -> dict[str, bool]:
    """Each check by name, and whether it passes; a check that fails loudly does not pass."""
    return {name: passes(check, now) for name, check in CHECKS.items()}


def passes(check: Callable[[dt.datetime], bool], now: dt.datetime) -> bool:
    try:
        return check(now)
    except Exception:  # whatever the reason, it is not ready
        return False
