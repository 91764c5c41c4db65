"""Letters that leave by a provider's own interface: django-anymail's test back-end, and Django's own."""

from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from typing import Any

import pytest
import requests
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused, AnymailRequestsAPIError
from django.core import mail
from django.core.mail.backends import locmem
from pytest_django import Settings

from communities.models import DeliveryState
from communities.post import delivery
from communities.post.composing import CalendarPart, Letter, compile_letter
from communities.post.delivery import Shift
from communities.post.provider import Provider, trouble_of
from communities.post.relay import AnswerLost, Postponed, Refused, SenderRefused, Trouble
from tests.communities.post.carrying import carry_all, state_of
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import DeliveryFactory

ANYMAIL = "anymail.backends.test.EmailBackend"


class Invitation:
    sender, recipient = "rebond+1@example.org", "ada@example.org"
    data = compile_letter(
        Letter(
            subject="Réunion",
            text="Venez !",
            html="<p>Venez !</p>",
            from_name="La mairie",
            from_address="mairie@example.org",
            calendar=CalendarPart(method="REQUEST", content=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
        ),
        seed="-",
        domain="example.org",
    ).splice({"to_name": "Ada", "to_address": "ada@example.org", "date": "-", "message_id": "inv-1-0"})


@pytest.fixture
def by_anymail(settings: Settings) -> Iterator[Provider]:
    settings.POST_BACKEND = ANYMAIL
    mail.outbox = []
    with Provider() as provider:
        yield provider


def test_anymail_is_handed_everything_that_the_letter_holds(by_anymail: Provider) -> None:
    provider_id = by_anymail.deliver(letter=Invitation(), before_content=lambda: None)

    (sent,) = mail.outbox
    told: dict[str, Any] = sent.anymail_test_params
    assert provider_id == str(sent.anymail_status.message_id) != ""
    assert told["subject"] == "Réunion"
    assert told["text_body"].strip() == "Venez !"
    assert told["html_body"].strip() == "<p>Venez !</p>"
    assert [str(each) for each in told["to"]] == ["Ada <ada@example.org>"]
    assert str(told["envelope_sender"]) == "rebond+1@example.org"
    assert told["extra_headers"]["Message-ID"] == "<inv-1-0@example.org>"
    assert [attached.content_type for attached in told["attachments"]] == ["application/ics"]
    assert [kind for _content, kind in told["alternatives"]] == ["text/calendar; method=REQUEST"]


def test_a_back_end_that_sends_bytes_gets_ours(settings: Settings) -> None:
    settings.POST_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []

    with Provider() as provider:
        provider.deliver(letter=Invitation(), before_content=lambda: None)

    written = message_from_bytes(mail.outbox[0].message().as_bytes())
    ours = message_from_bytes(Invitation.data)
    assert written.items() == ours.items()
    assert [part.get_payload(decode=True) for part in written.walk()] == [
        part.get_payload(decode=True) for part in ours.walk()
    ]


@pytest.mark.django_db(transaction=True)
def test_the_outbox_marks_what_a_provider_took_and_what_it_calls_it(
    postcard: Postcard, by_anymail: Provider, now: datetime
) -> None:
    letters = DeliveryFactory.create_batch(2)

    delivery.carry_on(clock=lambda: now)

    assert [state_of(letter)[0] for letter in letters] == [DeliveryState.SENT, DeliveryState.SENT]
    assert [letter.provider_id for letter in letters] == [str(sent.anymail_status.message_id) for sent in mail.outbox]


@pytest.mark.django_db(transaction=True)
def test_a_provider_that_is_busy_is_asked_again_later(
    postcard: Postcard, by_anymail: Provider, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = DeliveryFactory()
    monkeypatch.setattr(by_anymail, "_backend", Busy())

    carry_all(Shift(until=float("inf"), relay=by_anymail), now)

    assert state_of(letter)[0] == DeliveryState.PENDING
    assert letter.attempts == 1


class Busy(locmem.EmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise api_error(429)


def api_error(status: int) -> AnymailAPIError:
    response = requests.Response()
    response.status_code = status
    return AnymailRequestsAPIError(f"status {status}", response=response)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (api_error(429), Postponed),
        (api_error(503), Postponed),
        (api_error(401), SenderRefused),
        (api_error(422), Refused),
        (AnymailRecipientsRefused("no such person"), Refused),
        (TimeoutError("no answer"), AnswerLost),
        (AnymailAPIError("the line broke"), AnswerLost),
    ],
)
def test_each_error_means_something_for_the_letter(error: Exception, trouble: type[Trouble]) -> None:
    assert type(trouble_of(error)) is trouble
