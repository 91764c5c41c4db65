"""A person is erased while a worker writes to them: neither waits for the other for ever."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from communities import erasing
from communities.inbound import sorting
from communities.models import Delivery, DeliveryState, Resident
from tests.communities.factories import InboundMessageFactory, ResidentFactory
from tests.communities.post.factories import DeliveryFactory
from tests.factories import StaffFactory

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
PATIENCE = 10

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("in_english")]


def in_another_connection(work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        work()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def wait_until_somebody_waits() -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    pytest.fail("nobody waits")


def test_a_letter_is_posted_while_its_reader_is_erased() -> None:
    resident = Resident.objects.get(pk=ResidentFactory(name="Ada Terril").pk)
    waiting, staff = DeliveryFactory(resident=resident), StaffFactory()

    with transaction.atomic():
        Delivery.objects.filter(pk=waiting.pk).update(order=1)
        erasing_them = in_another_connection(lambda: erasing.erase(resident=resident, by=staff, now=NOW))
        wait_until_somebody_waits()
        DeliveryFactory(resident=resident)
    erasing_them.join()

    resident.refresh_from_db()
    assert resident.erased_at == NOW
    assert not resident.name
    waiting.refresh_from_db()
    assert waiting.state == DeliveryState.SKIPPED


def test_erasing_waits_for_nobody_who_merely_names_them() -> None:
    resident, staff = Resident.objects.get(pk=ResidentFactory().pk), StaffFactory()

    with transaction.atomic():
        DeliveryFactory(resident=resident)
        erasing_them = in_another_connection(lambda: erasing.erase(resident=resident, by=staff, now=NOW))
        erasing_them.join(PATIENCE)
        assert not erasing_them.is_alive()


def test_what_a_worker_reads_at_this_moment_goes_too() -> None:
    resident, staff = Resident.objects.get(pk=ResidentFactory(email="ada@example.org").pk), StaffFactory()
    message = InboundMessageFactory(waiting=True)

    with transaction.atomic():
        sorting.sort_one(message.pk, now=NOW)
        erasing_them = in_another_connection(lambda: erasing.erase(resident=resident, by=staff, now=NOW))
        wait_until_somebody_waits()
    erasing_them.join()

    message.refresh_from_db()
    assert (bytes(message.raw), message.sender) == (b"", "")


def test_a_token_is_looked_up_in_its_index(db: None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("PREPARE by_token AS SELECT id FROM communities_resident WHERE token = $1")
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute("EXPLAIN EXECUTE by_token('abc')")
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("DEALLOCATE by_token")

    assert "one_resident_per_token" in plan
