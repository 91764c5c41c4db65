"""What a mail provider tells us, and that nobody else can."""

import base64
import hmac
import time
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.utils import timezone
from pytest_django import Settings

from communities.inbound import sorting
from communities.models import (
    Channel,
    Delivery,
    DeliveryState,
    InboundMessage,
    InboundSource,
    InboundState,
    Mailing,
    Resident,
    Suppression,
)
from tests import mails
from tests.communities.factories import ResidentFactory

SECRET = "provider:a toy secret"
TRACKING, INBOUND = "/courrier-entrant/postmark/tracking/", "/courrier-entrant/postmark/inbound/"
MAILGUN = "/courrier-entrant/mailgun/inbound_mime/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _secret(settings: Settings) -> None:
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}


@pytest.fixture
def letter() -> Delivery:
    now = timezone.now()
    mailing = Mailing.objects.create(kind="invitation", key="1", title="Réunion", created_at=now)
    return Delivery.objects.create(
        mailing=mailing,
        resident=ResidentFactory(email=mails.RESIDENT),
        state=DeliveryState.SENT,
        ended_at=now,
        next_attempt_at=now,
    )


def call(client: Client, where: str, event: dict[str, Any], secret: str = SECRET) -> int:
    proof = f"Basic {base64.b64encode(secret.encode()).decode()}"
    headers = {"Authorization": proof} if secret else {}
    return client.post(where, event, content_type="application/json", headers=headers).status_code


def news(**facts: Any) -> dict[str, Any]:
    return {"RecordType": "Bounce", "Type": "HardBounce", "Email": mails.RESIDENT, "MessageID": "x", "ID": 1} | facts


def is_blocked() -> bool:
    return Suppression.objects.standing().of(mails.RESIDENT).exists()


@pytest.mark.parametrize(
    ("event", "blocks", "comes_back"),
    [
        (news(Details="smtp;550 5.1.1 No such user"), True, True),
        (news(Details=""), True, True),
        (news(Type="SoftBounce", Details="smtp;452 4.2.2 Mailbox full"), False, False),
        (news(Type="SoftBounce", Details=""), False, False),
        (news(Type="BadEmailAddress", Details="invalid"), True, True),
        (news(RecordType="SpamComplaint", Type="SpamComplaint"), True, False),
        (news(RecordType="Delivery", Recipient=mails.RESIDENT), False, False),
    ],
    ids=["refused", "hard", "full", "soft", "invalid", "complaint", "delivered"],
)
def test_bounces_and_complaints_block_as_mail_does(
    client: Client, letter: Delivery, event: dict[str, Any], blocks: bool, comes_back: bool
) -> None:
    assert call(client, TRACKING, event) == 200

    letter.refresh_from_db()
    assert is_blocked() == blocks
    assert bool(letter.bounced_at) == comes_back


def later(letter: Delivery, **facts: Any) -> Delivery:
    """Another one to the same person, an hour after."""
    mailing = Mailing.objects.create(kind="letter", key="2", title="Agenda", created_at=letter.next_attempt_at)
    at = letter.next_attempt_at + timedelta(hours=1)
    return Delivery.objects.create(
        mailing=mailing, resident=letter.resident, state=DeliveryState.SENT, ended_at=at, next_attempt_at=at, **facts
    )


@pytest.mark.parametrize(
    ("column", "named", "another"),
    [("provider_id", "b7bc2f4a", "another"), ("message_id", "<inv-1-0@commune.example>", "<inv-2-0@commune.example>")],
    ids=["its name for it", "the identifier it left under"],
)
def test_the_letter_that_came_back_is_the_one_the_provider_names(
    client: Client, letter: Delivery, column: str, named: str, another: str
) -> None:
    Delivery.objects.filter(pk=letter.pk).update(**{column: named})
    other = later(letter, **{column: another})

    call(client, TRACKING, news(MessageID=named.strip("<>"), Details="smtp;550 5.1.1 No such user"))

    letter.refresh_from_db()
    other.refresh_from_db()
    assert letter.bounced_at
    assert not other.bounced_at


def test_or_the_one_that_had_left_for_an_address_they_have_no_more(
    client: Client, letter: Delivery, settings: Settings
) -> None:
    settings.INBOUND_DOMAIN = "commune.example"
    Delivery.objects.filter(pk=letter.pk).update(message_id="<inv-1-0@commune.example>")
    Resident.objects.filter(pk=letter.resident_id).update(email="corrected@example.org")

    call(client, TRACKING, news(MessageID="inv-1-0@commune.example", Details="smtp;550 5.1.1 No such user"))

    letter.refresh_from_db()
    assert letter.bounced_at
    assert not Suppression.objects.exists()


def test_a_call_made_since_is_not_what_came_back(client: Client, letter: Delivery) -> None:
    by_telephone = later(letter, channel=Channel.PHONE)

    call(client, TRACKING, news(MessageID="unknown", Details="smtp;550 5.1.1 No such user"))

    by_telephone.refresh_from_db()
    assert not by_telephone.bounced_at
    assert is_blocked()


def test_a_message_is_kept_with_the_envelopes_recipient(client: Client) -> None:
    raw = mails.words("Bonjour", to="mairie@example.org").decode()
    event = {"RawEmail": raw, "OriginalRecipient": f"reunions+abc@{mails.DOMAIN}", "FromFull": {}, "Headers": []}

    assert call(client, INBOUND, event) == 200

    message = InboundMessage.objects.get()
    assert (message.source, message.recipients) == (InboundSource.WEBHOOK, [f"reunions+abc@{mails.DOMAIN}"])
    assert b"Bonjour" in bytes(message.raw)


NESTED = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(500))
HOSTILE = [
    NESTED,
    "Content-Type: text/plain" + "; a=b" * 4_000 + "\r\n\r\nx",
    "Content-Type: message/rfc822\r\n\r\n" * 900,
]


@pytest.mark.parametrize("raw", HOSTILE, ids=["nested", "parameters", "in each other"])
def test_a_hostile_message_is_kept_as_it_came_and_read_by_nobody_before_a_worker(client: Client, raw: str) -> None:
    began = time.process_time()

    assert call(client, INBOUND, {"RawEmail": raw, "OriginalRecipient": f"mairie@{mails.DOMAIN}"}) == 200

    assert time.process_time() - began < 1
    assert bytes(InboundMessage.objects.get().raw) == raw.encode()
    sorting.sort_waiting(now=timezone.now())
    assert InboundMessage.objects.get().state == InboundState.QUARANTINED


def test_a_message_with_large_files_is_kept_too(client: Client) -> None:
    raw = mails.words("Voici mes photographies. " * 200_000, to=f"mairie@{mails.DOMAIN}").decode()

    assert call(client, INBOUND, {"RawEmail": raw, "OriginalRecipient": f"mairie@{mails.DOMAIN}"}) == 200

    assert len(InboundMessage.objects.get().raw) > 4_000_000


@pytest.mark.parametrize("form", [MULTIPART_CONTENT, "application/x-www-form-urlencoded"])
def test_a_message_in_a_long_field_of_a_form_is_kept_too(client: Client, settings: Settings, form: str) -> None:
    settings.ANYMAIL |= {"MAILGUN_WEBHOOK_SIGNING_KEY": "a toy key"}
    raw = mails.words("Voici mes photographies de l’été. " * 100_000, to=f"mairie@{mails.DOMAIN}").decode()
    signed = {"timestamp": "1795500000", "token": "a" * 50}
    digest = hmac.new(b"a toy key", "".join(signed.values()).encode(), "sha256").hexdigest()
    fields = signed | {"signature": digest, "body-mime": raw, "recipient": f"reunions+abc@{mails.DOMAIN}"}
    sent = fields if form == MULTIPART_CONTENT else urlencode(fields)
    proof = f"Basic {base64.b64encode(SECRET.encode()).decode()}"

    answer = client.post(MAILGUN, sent, content_type=form, headers={"Authorization": proof})

    assert answer.status_code == 200
    message = InboundMessage.objects.get()
    assert message.recipients == [f"reunions+abc@{mails.DOMAIN}"]
    assert len(message.raw) > 3_000_000


@pytest.mark.parametrize("form", [MULTIPART_CONTENT, "application/json"])
def test_nobody_without_the_secret_makes_us_read_much(client: Client, form: str) -> None:
    sent = {"RawEmail": "x" * 4_000_000}

    assert client.post(INBOUND, sent, content_type=form).status_code == 400
    assert call(client, INBOUND, sent, secret="provider:another") == 400


@pytest.mark.parametrize("secret", ["", "provider:another", "nobody:a toy secret"])
def test_nobody_without_the_secret_is_heard(client: Client, letter: Delivery, secret: str) -> None:
    assert call(client, TRACKING, news(), secret=secret) == 400
    assert call(client, INBOUND, {"RawEmail": "x"}, secret=secret) == 400

    assert not is_blocked()
    assert not InboundMessage.objects.exists()


@pytest.mark.parametrize("where", [TRACKING, INBOUND, "/courrier-entrant/mailgun/tracking/"])
def test_without_a_secret_there_is_no_such_address(client: Client, settings: Settings, where: str) -> None:
    settings.ANYMAIL = {}

    assert call(client, where, news()) == 404
