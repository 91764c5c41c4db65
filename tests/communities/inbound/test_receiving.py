"""A message is stored first, as it came, and only once."""

import io
import os
import subprocess
import sys
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from communities.inbound import receiving, sorting, tasks
from communities.inbound.reading import LARGEST
from communities.models import InboundMessage, InboundState
from communities.post import doorbell
from config.celery import app
from tests import mails
from tests.communities.factories import InboundMessageFactory

RAW = mails.words("Bonjour", to=f"mairie@{mails.DOMAIN}")

pytestmark = pytest.mark.django_db


def take(raw: bytes, **facts: Any) -> InboundMessage:
    return receiving.receive(raw=raw, **{"source": "pipe", "now": timezone.now()} | facts)


def test_a_message_is_kept_byte_for_byte_before_anybody_reads_it() -> None:
    message = take(RAW, recipients=[f"<Rebond+Abc@{mails.DOMAIN}>"])

    message.refresh_from_db()
    assert bytes(message.raw) == RAW
    assert message.state == InboundState.WAITING
    assert message.recipients == [f"rebond+abc@{mails.DOMAIN}"]


def test_a_message_is_kept_in_one_statement_and_one_that_comes_again_costs_one_more(
    django_assert_num_queries: Any,
) -> None:
    with django_assert_num_queries(1):
        take(RAW)
    with django_assert_num_queries(2):
        take(RAW)


@pytest.mark.django_db(transaction=True)
def test_only_what_can_be_read_again_does_not_wait_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def waits() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            return bool(cursor.fetchone()[0] != "off")

    while_reading: list[bool] = []
    monkeypatch.setattr(sorting, "mark", lambda *args, **facts: while_reading.append(waits()))
    before = waits()
    take(RAW)

    sorting.sort_waiting(now=timezone.now())

    assert (while_reading, waits()) == ([False], before)


def test_the_same_message_by_two_ways_is_one_row() -> None:
    by_another_way = b"Received: from mx.example.org\r\nDelivered-To: mairie@example.org\r\n" + RAW

    assert take(RAW) == take(RAW) == take(by_another_way) == take(RAW.replace(b"\r\n", b"\n"))


def test_a_message_identifier_used_twice_loses_no_message() -> None:
    assert take(RAW) != take(mails.words("Autre chose", to=f"mairie@{mails.DOMAIN}"))


def test_the_same_letter_to_two_of_our_addresses_is_two_messages() -> None:
    assert take(RAW, recipients=["reunions+a@x.org"]) != take(RAW, recipients=["reunions+b@x.org"])


def test_a_message_beyond_all_measure_is_kept_by_its_beginning_and_set_apart() -> None:
    message = take(b"Subject: x\r\n\r\n" + b"a" * LARGEST)

    assert message.state == InboundState.QUARANTINED
    assert len(message.raw) == receiving.HEADERS_READ


def test_the_command_rings_once_the_message_is_kept(
    django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[str] = []
    monkeypatch.setattr(doorbell, "call", rung.append)
    standard_input(monkeypatch, RAW)

    with django_capture_on_commit_callbacks(execute=True):
        call_command("receive_mail")

    assert rung == [tasks.sort.name]


def test_a_lost_ring_is_made_up_for_each_minute() -> None:
    InboundMessageFactory(waiting=True)

    tasks.sort()

    assert not InboundMessage.objects.waiting().exists()
    assert app.conf.beat_schedule["sort-mail"]["task"] == tasks.sort.name


def standard_input(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


def test_the_command_keeps_what_it_is_given(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    standard_input(monkeypatch, RAW)
    settings.INBOUND_RECIPIENT = f"rebond+abc@{mails.DOMAIN}"  # ORIGINAL_RECIPIENT, as the mail server sets it

    call_command("receive_mail")

    assert InboundMessage.objects.get().recipients == [f"rebond+abc@{mails.DOMAIN}"]
    assert InboundMessage.objects.get().state == InboundState.WAITING


def test_the_command_reads_at_once_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, RAW)

    call_command("receive_mail", "--now", "--recipient", f"rebond+abc@{mails.DOMAIN}")

    assert InboundMessage.objects.get().state != InboundState.WAITING


def test_without_a_database_the_mail_server_is_told_to_try_again() -> None:
    command = [sys.executable, "site/manage.py", "receive_mail"]
    away = os.environ | {
        "DATABASE_URL": "postgresql://127.0.0.1:9/away",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }

    ended = subprocess.run(command, input=RAW, env=away, capture_output=True, check=False)

    assert ended.returncode == 75, ended.stderr.decode()


def test_whatever_goes_wrong_the_mail_server_keeps_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(**facts: Any) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(receiving, "receive", stumble)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(RAW)))

    with pytest.raises(SystemExit) as ended:
        call_command("receive_mail")

    assert ended.value.code == 75


def test_a_message_that_makes_us_stumble_is_tried_again_then_set_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    stumbling, sound = InboundMessageFactory(waiting=True), InboundMessageFactory(waiting=True)
    read = sorting.outcome_of

    def stumble(message: InboundMessage, *, is_vouched: bool) -> Any:
        if message.pk == stumbling.pk:
            raise RuntimeError("no")
        return read(message, is_vouched=is_vouched)

    monkeypatch.setattr(sorting, "outcome_of", stumble)
    for _sweep in range(sorting.ATTEMPTS):
        tasks.sort()

    stumbling.refresh_from_db()
    sound.refresh_from_db()
    assert stumbling.state == InboundState.QUARANTINED
    assert "RuntimeError" in stumbling.outcome
    assert sound.ended_at


def test_what_fails_halfway_leaves_nothing_but_the_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    message = InboundMessageFactory(waiting=True)

    def stumble(message: InboundMessage, *, is_vouched: bool) -> Any:
        InboundMessageFactory(held=True)
        raise RuntimeError("no")

    monkeypatch.setattr(sorting, "outcome_of", stumble)
    tasks.sort()

    (left,) = InboundMessage.objects.all()
    assert (left, left.attempts, left.state) == (message, 1, InboundState.WAITING)


@pytest.mark.parametrize(
    "raw", [mails.nested(500), mails.crowded(5_000), b"", b"\x00" * 2_000], ids=["nested", "crowded", "empty", "nulls"]
)
def test_a_hostile_message_ends_in_a_row(raw: bytes) -> None:
    message = take(raw)

    sorting.sort_waiting(now=timezone.now())

    message.refresh_from_db()
    assert message.state == InboundState.QUARANTINED
    assert message.outcome
