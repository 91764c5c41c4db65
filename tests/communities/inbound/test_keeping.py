"""How long what came in is kept, and what is left of it once its writer is erased."""

from datetime import UTC, datetime, timedelta

import pytest

from communities import erasing, forgetting
from communities.models import Delivery, DeliveryState, InboundMessage, InboundState, Mailing, Resident
from tests import mails
from tests.communities.factories import InboundMessageFactory, ResidentFactory
from tests.factories import StaffFactory

from .conftest import Arrive

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


KEPT = {
    InboundState.HANDLED: timedelta(days=30),
    InboundState.FORWARDED: timedelta(days=30),
    InboundState.NOTHING: timedelta(days=7),
    InboundState.QUARANTINED: timedelta(days=14),
    InboundState.HELD: timedelta(days=60),
}


@pytest.mark.parametrize("state", list(KEPT))
def test_words_and_names_go_after_their_time_and_not_before(state: InboundState) -> None:
    message = InboundMessageFactory(state=state, received_at=NOW, resident=ResidentFactory())

    forgetting.forget(now=NOW + KEPT[state] - timedelta(hours=1))
    message.refresh_from_db()
    assert message.raw

    forgetting.forget(now=NOW + KEPT[state] + timedelta(hours=1))
    message.refresh_from_db()
    assert not message.raw
    assert (message.sender, message.subject, message.recipients, message.resident) == ("", "", [], None)
    assert message.outcome
    assert not message.is_held


def test_what_waits_to_be_read_is_never_let_go_of() -> None:
    InboundMessageFactory(waiting=True, received_at=NOW)

    forgetting.forget(now=NOW + timedelta(days=900))

    assert InboundMessage.objects.get().raw


def test_the_row_goes_after_a_year() -> None:
    InboundMessageFactory(received_at=NOW)

    forgetting.forget(now=NOW + timedelta(days=366))

    assert not InboundMessage.objects.exists()


def test_nothing_they_wrote_is_left_of_an_erased_person() -> None:
    resident = ResidentFactory(email="ada@example.org")
    by_name = InboundMessageFactory(resident=resident, sender="other@example.org", outcome="Passed on to ada@x.org.")
    by_address = InboundMessageFactory(sender="Ada@example.org")
    somebody_elses = InboundMessageFactory(sender="nora@example.org")

    erasing.erase(resident=Resident.objects.get(pk=resident.pk), by=StaffFactory(), now=NOW)

    for message in (by_name, by_address):
        message.refresh_from_db()
        assert (message.raw, message.sender, message.subject, message.resident) == (b"", "", "", None)
        assert "ada" not in message.outcome
    somebody_elses.refresh_from_db()
    assert somebody_elses.raw


@pytest.mark.parametrize("headers", ["From: Ada <Ada@example.org>", "From: x@example.net\r\nTo: reunions+{token}@a.fr"])
def test_nor_what_nobody_has_read_yet(headers: str) -> None:
    resident = ResidentFactory(email="ada@example.org")
    raw = f"{headers.format(token=resident.token)}\r\n\r\nC'est moi.".encode()
    message = InboundMessageFactory(waiting=True, raw=raw)
    other = InboundMessageFactory(waiting=True, raw=b"From: x@example.net\r\n\r\nC'est moi.")

    erasing.erase(resident=Resident.objects.get(pk=resident.pk), by=StaffFactory(), now=NOW)

    message.refresh_from_db()
    other.refresh_from_db()
    assert (bytes(message.raw), message.state) == (b"", InboundState.NOTHING)
    assert other.is_waiting


def test_the_letter_that_passes_their_words_on_stops(arrive: Arrive, town_hall: str) -> None:
    resident = ResidentFactory(email=mails.RESIDENT)
    arrive(mails.words("Une rampe ?", to=f"reunions@{mails.DOMAIN}"))

    erasing.erase(resident=Resident.objects.get(pk=resident.pk), by=StaffFactory(), now=NOW)

    assert Delivery.objects.get().state == DeliveryState.SKIPPED


@pytest.mark.parametrize("subject", ["Jeanne en fauteuil", ""])
def test_no_list_of_mailings_shows_what_residents_write(arrive: Arrive, town_hall: str, subject: str) -> None:
    arrive(mails.words("Une rampe ?", to=f"reunions@{mails.DOMAIN}", subject=subject))

    assert Mailing.objects.get().title == "Passed on: a resident’s message"
