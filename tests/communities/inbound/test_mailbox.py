"""A mailbox read by IMAP from a real server: each message once, marked only when it is kept."""

from collections.abc import Iterator
from datetime import timedelta
from imaplib import IMAP4
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from imap_tools.folder import MailBoxFolderManager
from pytest_django import Settings

from communities.inbound import mailbox, receiving, tasks
from communities.models import InboundMessage, InboundSource, Mailbox
from config.celery import app
from tests import mails

from . import imap

MESSAGES = [mails.words(f"Bonjour {number}", to=f"mairie@{mails.DOMAIN}") for number in range(3)]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _running() -> Iterator[imap.Server]:
    with imap.running() as server:
        yield server


@pytest.fixture
def server(_running: imap.Server, settings: Settings) -> imap.Server:
    """With three messages that nobody has read."""
    settings.INBOUND_IMAP_URL = _running.url
    _running.empty()
    _running.deliver(MESSAGES)
    return _running


def kept() -> list[bytes]:
    return [bytes(message.raw) for message in InboundMessage.objects.order_by("pk")]


def test_new_messages_are_kept_byte_for_byte_and_marked(server: imap.Server) -> None:
    assert mailbox.fetch(now=timezone.now()) == 3

    assert kept() == MESSAGES
    assert server.seen() == [True] * 3
    assert {message.source for message in InboundMessage.objects.all()} == {InboundSource.MAILBOX}


def test_the_next_reading_finds_only_what_came_since(server: imap.Server) -> None:
    mailbox.fetch(now=timezone.now())
    server.deliver([mails.words("Encore", to=f"mairie@{mails.DOMAIN}")])

    assert mailbox.fetch(now=timezone.now()) == 1
    assert mailbox.fetch(now=timezone.now()) == 0
    assert InboundMessage.objects.count() == 4


def test_messages_go_to_their_folder_when_there_is_one(server: imap.Server, settings: Settings) -> None:
    settings.INBOUND_IMAP_ARCHIVE = "Lus"
    with server.box() as box:
        if not box.folder.exists("Lus"):
            box.folder.create("Lus")

    mailbox.fetch(now=timezone.now())

    with server.box() as box:
        assert box.uids() == []
        box.folder.set("Lus")
        assert len(box.uids()) == 3


def test_a_crash_after_a_message_was_kept_makes_no_second_one(
    server: imap.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*args: object) -> None:
        raise OSError("the line is cut")

    with monkeypatch.context() as cut:
        cut.setattr(mailbox, "put_away", die)
        mailbox.fetch(now=timezone.now())
    assert (len(kept()), server.seen()) == (1, [False] * 3)

    mailbox.fetch(now=timezone.now())

    assert kept() == MESSAGES
    assert server.seen() == [True] * 3


def test_a_message_that_cannot_be_kept_is_not_marked(server: imap.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**facts: object) -> None:
        raise RuntimeError("the database is away")

    monkeypatch.setattr(receiving, "receive", fail)

    with pytest.raises(RuntimeError):
        mailbox.fetch(now=timezone.now())

    assert server.seen() == [False] * 3


def test_a_mailbox_that_was_made_anew_is_read_again_and_nothing_is_kept_twice(server: imap.Server) -> None:
    mailbox.fetch(now=timezone.now())
    Mailbox.objects.update(uid_validity=1)

    assert mailbox.fetch(now=timezone.now()) == 3
    assert InboundMessage.objects.count() == 3


def test_a_mailbox_that_cannot_be_read_is_noticed_until_it_can(settings: Settings) -> None:
    now = timezone.now()
    later = now + timedelta(minutes=11)
    settings.INBOUND_IMAP_URL = "imap://agora:a%20toy@127.0.0.1:9/INBOX"

    assert mailbox.fetch(now=now) == 0
    assert mailbox.trouble(now + timedelta(minutes=5)) is None
    found = mailbox.trouble(later)
    assert found is not None
    assert found.since == now
    assert "a toy" not in f"{found}"

    row = Mailbox.objects.get()
    mailbox.note_trouble(row, "still", now=later)
    row.refresh_from_db()
    assert row.trouble_since == now


def test_a_wrong_password_is_a_trouble(server: imap.Server, settings: Settings) -> None:
    settings.INBOUND_IMAP_URL = server.url.replace("toy", "wrong")

    mailbox.fetch(now=timezone.now())

    assert Mailbox.objects.get().trouble.startswith("le nom ou le mot de passe n’est pas accepté (")


def test_a_folder_that_is_not_there_is_a_trouble(server: imap.Server, settings: Settings) -> None:
    settings.INBOUND_IMAP_URL = server.url.replace("INBOX", "Nulle%20part")

    mailbox.fetch(now=timezone.now())

    assert Mailbox.objects.get().trouble.startswith("le dossier à lire n’existe pas (")


def test_staff_are_told_which_mailbox_it_is_and_what_happened(settings: Settings) -> None:
    now = timezone.now()
    settings.INBOUND_IMAP_URL = "imap://reponses%40example.org:a%20toy@127.0.0.1:9/INBOX"
    mailbox.fetch(now=now - timedelta(hours=1))

    alert = mailbox.alert(now)

    assert alert is not None
    assert "La boîte reponses@example.org (127.0.0.1) n’est plus lisible" in str(alert.trouble)
    assert "personne n’y répond (" in str(alert.trouble)


def test_once_it_can_be_read_again_there_is_no_trouble(server: imap.Server) -> None:
    now = timezone.now()
    name = mailbox.place_of(server.url).name
    Mailbox.objects.create(name=name, trouble="no answer", trouble_since=now - timedelta(days=1))
    assert mailbox.trouble(now) is not None

    mailbox.fetch(now=now)

    assert mailbox.trouble(now) is None


def test_two_workers_do_not_read_it_at_once(server: imap.Server) -> None:
    with connection.copy().cursor() as elsewhere:
        elsewhere.execute("SELECT pg_advisory_lock(%s)", [mailbox.LOCK])

        assert mailbox.fetch(now=timezone.now()) == 0

        elsewhere.execute("SELECT pg_advisory_unlock(%s)", [mailbox.LOCK])
    elsewhere.connection.close()


def test_nothing_is_read_where_no_mailbox_is_given() -> None:
    tasks.fetch()

    assert not Mailbox.objects.exists()
    assert mailbox.trouble(timezone.now()) is None
    assert app.conf.beat_schedule["fetch-mail"]["task"] == tasks.fetch.name


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("imaps://a%40b:p%2F%3Aw@mx.example.org", ("mx.example.org", 993, True, "a@b", "p/:w", "INBOX")),
        ("imap://a:b@127.0.0.1:1143/Courrier", ("127.0.0.1", 1143, False, "a", "b", "Courrier")),
    ],
)
def test_an_address_says_all_there_is_to_know(url: str, place: tuple[object, ...]) -> None:
    assert mailbox.place_of(url) == mailbox.Place(*place)  # type: ignore[arg-type]


def test_a_message_that_the_server_would_not_hand_over_stays_new(
    server: imap.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = IMAP4.uid

    def refuse(line: IMAP4, command: str, *words: str) -> Any:
        return ("NO", [b"[SERVERBUG] later"]) if command == "FETCH" else real(line, command, *words)

    with monkeypatch.context() as busy:
        busy.setattr(IMAP4, "uid", refuse)
        assert mailbox.fetch(now=timezone.now()) == 0
    assert "SERVERBUG" in Mailbox.objects.get().trouble
    assert server.seen() == [False] * 3

    assert mailbox.fetch(now=timezone.now()) == 3


def test_a_server_that_does_not_number_for_good_is_a_trouble(
    server: imap.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MailBoxFolderManager, "status", lambda *_asked: {})

    assert mailbox.fetch(now=timezone.now()) == 0

    assert "UIDVALIDITY" in Mailbox.objects.get().trouble


def test_a_password_that_no_line_can_carry_is_a_trouble(server: imap.Server, settings: Settings) -> None:
    settings.INBOUND_IMAP_URL = server.url.replace("toy", "%C3%A9t%C3%A9")

    assert mailbox.fetch(now=timezone.now()) == 0

    assert Mailbox.objects.get().trouble
