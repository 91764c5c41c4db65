"""What is said to PostgreSQL often: the same rows, the same errors, the same marks as Django's own."""

import threading
from contextlib import closing, nullcontext
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import BigIntegerField
from django.utils import timezone

from communities.models import Delivery, DeliveryState, InboundMessage, InboundState, Resident, ready
from communities.models.ready import Blank, Question, Rows, moment, number
from tests.communities.factories import InboundMessageFactory, ResidentFactory
from tests.communities.post.factories import NOW, DeliveryFactory

pytestmark = pytest.mark.django_db

KNOWN = Question(lambda: Resident.objects.known().filter(pk=number("resident")).values_list("pk", "name"))
LETTERS: Rows[Delivery] = Rows(
    lambda: Delivery.objects.with_overtaken().filter(pk=number("letter")).select_related("resident").defer("reason")
)
COLUMNS = ("name", "id")


def test_a_question_gives_the_rows_of_its_query_for_whatever_it_is_asked() -> None:
    first, second = ResidentFactory.create_batch(2)

    assert KNOWN.ask(resident=first.pk) == [(first.pk, first.name)]
    assert KNOWN.ask(resident=second.pk) == [(second.pk, second.name)]
    assert KNOWN.ask(resident=0) == []


def test_a_question_is_made_sql_once_and_counted_each_time(django_assert_num_queries: Any) -> None:
    made: list[int] = []

    def asked() -> Any:
        made.append(1)
        return InboundMessage.objects.filter(received_at__lt=moment("now")).values_list("pk")

    question = Question(asked)
    with django_assert_num_queries(2):
        question.ask(now=timezone.now())
        question.ask(now=timezone.now())

    assert len(made) == 1


def test_a_blank_must_be_filled() -> None:
    with pytest.raises(KeyError):
        KNOWN.ask()


def test_columns_that_were_not_asked_are_read_when_needed(django_assert_num_queries: Any) -> None:
    resident = ResidentFactory()
    row = ready.made(Resident, COLUMNS, (resident.name, resident.pk))

    with django_assert_num_queries(0):
        assert (row, row.name) == (resident, resident.name)
    with django_assert_num_queries(1):
        assert row.token == resident.token


def test_rows_are_those_of_their_query_with_what_it_reads_beside_them(django_assert_num_queries: Any) -> None:
    letter = DeliveryFactory(thread="meeting:1", order=1)
    DeliveryFactory(thread="meeting:1", order=2, resident=letter.resident, state=DeliveryState.SENT, ended_at=NOW)

    with django_assert_num_queries(1):
        (row,) = LETTERS.read(letter=letter.pk)
        known, overtaken = row.resident, row.overtaken
    assert (row, known, known.name, overtaken) == (letter, letter.resident, letter.resident.name, True)
    assert not row._state.adding
    with django_assert_num_queries(1):
        assert row.reason == letter.reason
    assert LETTERS.read(letter=0) == []


def test_two_threads_that_ask_first_at_once_each_get_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """As two visitors of a fresh server do: the second begins to make the statement while the first is at it."""
    # Python 3.12 took away the lock of 3.11.
    monkeypatch.setattr(vars(Question)["statement"], "lock", nullcontext(), raising=False)
    first_is_at_it, second_is_at_it, first_is_done = threading.Event(), threading.Event(), threading.Event()

    class Meanwhile(Blank):
        def as_sql(self, compiler: Any, connection: Any) -> Any:
            if first_is_at_it.is_set():
                second_is_at_it.set()
                first_is_done.wait(5)
            else:
                first_is_at_it.set()
                second_is_at_it.wait(5)
            return super().as_sql(compiler, connection)

    annotated = Delivery.objects.select_related("resident").annotate(asked=Meanwhile("asked", BigIntegerField()))
    letters: Rows[Delivery] = Rows(lambda: annotated.order_by("pk"))
    first = threading.Thread(target=lambda: (letters.statement, first_is_done.set()))
    letter = DeliveryFactory()
    first.start()
    first_is_at_it.wait(5)

    assert [(each, each.resident) for each in letters.read(asked=7)] == [(letter, letter.resident)]
    first.join()


def test_a_row_that_is_there_stays_as_it_is() -> None:
    there = InboundMessageFactory(waiting=True, raw=b"first")
    again = InboundMessage(fingerprint=there.fingerprint, raw=b"second", received_at=timezone.now(), source="pipe")

    assert not ready.insert_once(again)
    assert bytes(InboundMessage.objects.get().raw) == b"first"


def test_a_new_row_has_its_key_and_every_value() -> None:
    message = InboundMessage(fingerprint="a", raw=b"\x00\xff", recipients=["a@b.c"], received_at=timezone.now())

    assert ready.insert_once(message)

    kept = InboundMessage.objects.get(pk=message.pk)
    assert (bytes(kept.raw), kept.recipients, kept.received_at) == (b"\x00\xff", ["a@b.c"], message.received_at)
    assert (kept.state, message._state.adding) == (InboundState.WAITING, False)


def test_what_a_constraint_forbids_is_refused_as_ever() -> None:
    there = InboundMessageFactory(waiting=True)
    again = InboundMessage(fingerprint=there.fingerprint, received_at=timezone.now())

    with pytest.raises(IntegrityError), transaction.atomic():
        ready.insert(again)


def test_a_change_writes_the_fields_that_it_names_alone() -> None:
    message = InboundMessageFactory(waiting=True, subject="before", sender="a@b.c")
    message.subject, message.sender = "after", "elsewhere"

    ready.update(message, ("subject",))

    message.refresh_from_db()
    assert (message.subject, message.sender) == ("after", "a@b.c")


def test_postgresql_keeps_the_statement_ready() -> None:
    KNOWN.ask(resident=1)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%communities_resident%'")
        assert cursor.fetchone()[0] >= 1


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_fell_since_the_last_request_is_opened_anew() -> None:
    resident = ResidentFactory()
    KNOWN.ask(resident=resident.pk)
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])

    connection.close_if_unusable_or_obsolete()  # as at each request's beginning

    assert KNOWN.ask(resident=resident.pk) == [(resident.pk, resident.name)]
