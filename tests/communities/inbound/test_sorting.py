"""To whom a message goes by its address, and what a person decides about one that is held."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from communities import blocking, consent, unsubscribing
from communities.inbound import deciding, forwarding, sorting
from communities.models import Channel, Delivery, InboundMessage, InboundState, Mailing, Resident, Suppression, Topic
from tests import mails
from tests.communities.factories import InboundMessageFactory, ResidentFactory
from tests.factories import StaffFactory

from .conftest import Arrive

pytestmark = pytest.mark.django_db


@pytest.fixture
def resident() -> Resident:
    return ResidentFactory(email=mails.RESIDENT, allows=[consent.TOWN])


def stop_address(resident: Resident) -> str:
    return f"desinscription+{unsubscribing.token_of(resident)}@{mails.DOMAIN}"


def is_told(resident: Resident) -> bool:
    return bool(consent.scopes_held(resident=resident, channel=Channel.EMAIL))


def test_a_mail_programs_unsubscribe_button_stops_the_announcements(arrive: Arrive, resident: Resident) -> None:
    raw = mails.words("", to=stop_address(resident).upper(), headers={"Auto-Submitted": "auto-generated"})

    message = arrive(raw)

    assert not is_told(resident)
    assert (message.state, message.resident) == (InboundState.HANDLED, resident)


def test_the_button_of_one_list_stops_that_list_alone(arrive: Arrive, resident: Resident) -> None:
    token = unsubscribing.token_of(resident, Topic.INVITATIONS)

    message = arrive(mails.words("", to=f"desinscription+{token}@{mails.DOMAIN}"))

    assert (message.state, message.resident) == (InboundState.HANDLED, resident)
    assert resident.muted_topics.get().topic == Topic.INVITATIONS
    assert is_told(resident)


def test_a_forged_token_stops_nothing(arrive: Arrive, resident: Resident) -> None:
    message = arrive(mails.words("", to=f"desinscription+{'a' * 24}@{mails.DOMAIN}"))

    assert is_told(resident)
    assert message.state == InboundState.QUARANTINED


def test_the_envelope_is_believed_before_the_headers(arrive: Arrive, resident: Resident) -> None:
    other = ResidentFactory(allows=[consent.TOWN])

    arrive(mails.words("", to=stop_address(resident)), recipients=(stop_address(other),))

    assert is_told(resident)
    assert not is_told(other)


def test_an_address_at_another_domain_is_not_ours(arrive: Arrive, resident: Resident) -> None:
    arrive(mails.words("", to=stop_address(resident).replace(mails.DOMAIN, "elsewhere.example")))

    assert is_told(resident)


def test_a_persons_words_to_an_address_that_names_nothing_reach_the_town_hall(arrive: Arrive, town_hall: str) -> None:
    message = arrive(mails.words("Bonjour, à quelle heure ?", to=f"reunions@{mails.DOMAIN}"))

    assert message.state == InboundState.FORWARDED
    assert Delivery.objects.get().address == town_hall


def test_an_address_that_no_header_can_hold_does_not_keep_their_words_back(arrive: Arrive, town_hall: str) -> None:
    raw = b"From: =?utf-8?q?h=C3=A9l=C3=A8ne?=@example.com\r\nTo: reunions@agora.example.org\r\n\r\nBonjour"
    message = arrive(raw)

    letter = forwarding.ForwardedLetter().compose(mailing=Mailing.objects.get(key=str(message.pk)), language="fr")

    assert "hélène@example.com" in letter.text
    assert not letter.headers


def test_what_a_blocked_mailbox_cannot_get_is_held_and_staff_hear_of_it(arrive: Arrive, town_hall: str) -> None:
    blocking.block(address=town_hall.upper(), reason="said to be spam", now=timezone.now())

    message = arrive(mails.words("Bonjour, à quelle heure ?", to=f"reunions@{mails.DOMAIN}"))

    assert message.state == InboundState.HELD
    found = forwarding.alert(timezone.now())
    assert found
    assert town_hall in str(found.trouble)

    blocking.lift(suppression=Suppression.objects.get(), now=timezone.now())
    deciding.let_count(message=message, by=StaffFactory(), now=timezone.now())

    assert Delivery.objects.get().address == town_hall
    assert forwarding.alert(timezone.now()) is None


def test_a_flood_is_not_passed_on(arrive: Arrive, town_hall: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forwarding, "MOST", 2)
    now = timezone.now()

    states = [arrive(mails.words(f"Bonjour {n}", to=f"reunions@{mails.DOMAIN}"), at=now).state for n in range(3)]
    later = arrive(mails.words("Bonjour", to=f"reunions@{mails.DOMAIN}"), at=now + timedelta(hours=2))

    assert states == [InboundState.FORWARDED] * 2 + [InboundState.HELD]
    assert later.state == InboundState.FORWARDED


@pytest.mark.parametrize(
    "raw",
    [
        mails.words("Promo", to=f"reunions@{mails.DOMAIN}", headers={"List-Id": "<a.b>"}),
        mails.words("", to=f"reunions@{mails.DOMAIN}"),
    ],
    ids=["advertising", "nothing"],
)
def test_the_rest_is_set_apart(arrive: Arrive, town_hall: str, raw: bytes) -> None:
    assert arrive(raw).state == InboundState.QUARANTINED
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("line", ["a" * 250_000, "a+" * 125_000, "a+a@" * 60_000], ids=["letters", "pluses", "ats"])
def test_a_calendar_of_letters_without_end_is_sorted_at_once(arrive: Arrive, line: str) -> None:
    raw = b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n" + line.encode()
    began = time.process_time()

    message = arrive(raw)

    assert message.state == InboundState.QUARANTINED
    assert time.process_time() - began < 1


def test_a_worker_leaves_alone_what_was_read(arrive: Arrive, resident: Resident) -> None:
    message = arrive(mails.words("", to=stop_address(resident)))

    assert not sorting.sort(pks=[message.pk], now=timezone.now())


def held(resident: Resident) -> InboundMessage:
    raw = mails.words("", to=stop_address(resident))
    return InboundMessageFactory(held=True, raw=raw, resident=resident)


def test_a_person_lets_a_held_message_count(resident: Resident) -> None:
    message = held(resident)

    deciding.let_count(message=message, by=StaffFactory(first_name="Nora", last_name="Coron"), now=timezone.now())

    message.refresh_from_db()
    assert not is_told(resident)
    assert message.state == InboundState.HANDLED
    assert "Nora Coron" in message.outcome


def test_a_person_leaves_a_held_message(resident: Resident) -> None:
    message = held(resident)

    deciding.leave(message=message, by=StaffFactory(), now=timezone.now())

    message.refresh_from_db()
    assert is_told(resident)
    assert message.state == InboundState.NOTHING


def test_it_is_decided_once(resident: Resident) -> None:
    message = held(resident)
    deciding.leave(message=message, by=StaffFactory(), now=timezone.now())

    with pytest.raises(deciding.TooLate):
        deciding.let_count(message=message, by=StaffFactory(), now=timezone.now() + timedelta(seconds=1))

    assert is_told(resident)
