"""What a letter that comes back does to its address."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from communities import bouncing, links
from communities.inbound import reading, reports
from communities.models import Channel, Delivery, DeliveryState, InboundState, Mailing, Suppression
from communities.post.preparing import BOUNCE
from tests import mails
from tests.communities.factories import ResidentFactory

from .conftest import Arrive

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def letter(**facts: Any) -> Delivery:
    """One that left for Jeanne's address."""
    mailing = Mailing.objects.create(kind="invitation", key="1", title="Réunion", created_at=NOW)
    if "resident" not in facts and "test_address" not in facts:
        facts["resident"] = ResidentFactory(email=mails.RESIDENT)
    return Delivery.objects.create(
        mailing=mailing, state=DeliveryState.SENT, ended_at=NOW, next_attempt_at=NOW, **facts
    )


def return_path(delivery: Delivery) -> str:
    return f"rebond+{links.sign(BOUNCE, delivery.pk)}@{mails.DOMAIN}"


def is_blocked() -> bool:
    return bool(Suppression.objects.blocking([mails.RESIDENT]))


def test_a_final_failure_blocks_the_address_at_once_with_its_reason(arrive: Arrive) -> None:
    delivery = letter()

    message = arrive(mails.bounce(to=return_path(delivery), recipient=mails.RESIDENT, why="550 5.1.1 No such user"))

    delivery.refresh_from_db()
    assert delivery.bounced_at == message.received_at
    assert delivery.bounce_reason == Suppression.objects.get().reason == "550 5.1.1 No such user"
    assert (message.state, message.resident) == (InboundState.HANDLED, delivery.resident)


def test_a_text_message_that_comes_back_blocks_no_address(arrive: Arrive) -> None:
    delivery = letter(channel=Channel.SMS)

    arrive(mails.bounce(to=return_path(delivery), recipient=mails.RESIDENT, why="550 5.1.1 No such number"))

    delivery.refresh_from_db()
    assert delivery.bounced_at
    assert not is_blocked()


@pytest.mark.parametrize("named", [mails.RESIDENT.upper(), "her.other.mailbox@example.com"])
def test_whoever_reads_why_it_came_back_learns_no_address(arrive: Arrive, named: str) -> None:
    delivery = letter()

    arrive(mails.bounce(to=return_path(delivery), recipient=mails.RESIDENT, why=f"550 <{named}> gone"))

    delivery.refresh_from_db()
    assert delivery.bounce_reason == "550 <…> gone"


def test_the_same_report_twice_changes_nothing(arrive: Arrive) -> None:
    delivery = letter()

    for number in range(2):
        arrive(b"X-Way: %d\r\n" % number + mails.bounce(to=return_path(delivery), recipient=mails.RESIDENT))

    assert Suppression.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "action", "why", "is_hard"),
    [
        ("5.1.1", "failed", "550 5.1.1 No such user", True),
        ("5.2.1", "failed", "550 mailbox disabled", True),
        ("5.0.0", "failed", "550 unknown", True),
        ("5.4.1", "failed", "550 5.4.1 Recipient address rejected: access denied", True),
        ("5.2.2", "failed", "552 5.2.2 over quota", False),
        ("5.7.1", "failed", "550 5.7.1 blocked by policy", False),
        ("5.4.7", "failed", "delivery time expired", False),
        ("4.2.2", "delayed", "452 4.2.2 Mailbox full", False),
        ("4.4.1", "failed", "no answer from host", False),
        ("5.1.1", "delayed", "will try again", False),
    ],
)
def test_what_is_final_and_what_is_of_the_moment(
    arrive: Arrive, status: str, action: str, why: str, is_hard: bool
) -> None:
    delivery = letter()

    arrive(mails.bounce(to=return_path(delivery), recipient=mails.RESIDENT, status=status, action=action, why=why))

    delivery.refresh_from_db()
    assert bool(delivery.bounced_at) == is_blocked() == is_hard
    assert bool(delivery.delayed_at) == (not is_hard)


def test_a_report_about_very_many_is_read_within_a_second() -> None:
    fields = b"a:b\n\n" * 26_000
    part = b"--b\r\nContent-Type: message/delivery-status\r\n\r\n" + fields
    incoming = reading.read(b"Content-Type: multipart/report; boundary=b\r\n\r\n" + part * 200 + b"--b--\r\n")
    started = time.process_time()

    assert reports.read(incoming)

    assert time.process_time() - started < 1


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_good_news_is_no_bounce(arrive: Arrive, action: str) -> None:
    delivery = letter()

    message = arrive(mails.bounce(to=return_path(delivery), recipient=mails.RESIDENT, status="2.0.0", action=action))

    assert message.state == InboundState.NOTHING
    assert not is_blocked()


@pytest.mark.parametrize(
    ("text", "is_hard"),
    [
        ("550 5.1.1 <jeanne.martin@example.net>: Recipient address rejected", True),
        ("Remote host said: 550 Requested action not taken: mailbox unavailable", True),
        ("La boîte aux lettres est pleine (552 5.2.2)", False),
        ("We could not deliver your message.", False),
    ],
)
def test_a_server_that_follows_no_standard_is_understood_by_the_return_path(
    arrive: Arrive, text: str, is_hard: bool
) -> None:
    delivery = letter()

    arrive(mails.words(text, to=return_path(delivery), sender="mailer-daemon@mx.example.net", subject="failure notice"))

    delivery.refresh_from_db()
    assert bool(delivery.bounced_at) == is_blocked() == is_hard
    assert delivery.bounce_reason


def test_an_absent_persons_program_is_no_bounce(arrive: Arrive) -> None:
    delivery = letter()
    raw = mails.words(
        "Je suis absente. Poste 5512, code 5.1.1", to=return_path(delivery), headers={"Auto-Submitted": "auto-replied"}
    )

    message = arrive(raw)

    assert message.state == InboundState.NOTHING
    assert not is_blocked()


def test_a_return_path_that_we_did_not_sign_blocks_nobody(arrive: Arrive) -> None:
    letter()

    message = arrive(mails.bounce(to=f"rebond+{'a' * 24}@{mails.DOMAIN}", recipient=mails.RESIDENT))

    assert message.state == InboundState.QUARANTINED
    assert not is_blocked()


def test_an_address_that_is_no_longer_theirs_leaves_their_new_one_alone(arrive: Arrive) -> None:
    delivery = letter(resident=ResidentFactory(email="new@example.net"))

    arrive(mails.bounce(to=return_path(delivery), recipient=mails.RESIDENT))

    delivery.refresh_from_db()
    assert delivery.bounced_at
    assert not Suppression.objects.exists()


def test_a_letter_to_the_town_hall_itself_blocks_nobody(arrive: Arrive) -> None:
    delivery = letter(test_address="mairie@example.org")

    arrive(mails.bounce(to=return_path(delivery), recipient="mairie@example.org"))

    delivery.refresh_from_db()
    assert delivery.bounced_at
    assert not Suppression.objects.exists()


SOFT = bouncing.Bounce(is_hard=False, reason="452 Mailbox full")


@pytest.mark.parametrize(
    ("days", "is_too_often"),
    [([0, 4, 8], True), ([0, 1, 2], False), ([0, 8], False), ([0, 4, 100], False), ([0, 3, 6, 9], True)],
)
def test_an_address_that_fails_for_the_moment_again_and_again_is_blocked(days: list[int], is_too_often: bool) -> None:
    resident = ResidentFactory(email=mails.RESIDENT)

    for day in days:
        bouncing.note(delivery=letter(resident=resident), bounce=SOFT, now=NOW + timedelta(days=day))

    assert is_blocked() == is_too_often
    assert Delivery.objects.filter(bounced_at__isnull=False).exists() == is_too_often


def test_a_delayed_letter_that_fails_for_good_later_blocks(arrive: Arrive) -> None:
    delivery = letter()

    arrive(mails.bounce(to=return_path(delivery), recipient=mails.RESIDENT, status="4.4.1", action="delayed"))
    arrive(mails.bounce(to=return_path(delivery), recipient=mails.RESIDENT))

    assert is_blocked()


def test_a_complaint_blocks() -> None:
    bouncing.complained(address=mails.RESIDENT, now=timezone.now())

    assert is_blocked()
