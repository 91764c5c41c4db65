"""Which letters are due, and which must not leave any more?"""

import email
import email.policy
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from communities import unsubscribing
from communities.models import Channel, Delivery, DeliveryState, Mailing, MailingState, Purpose
from communities.post import delivery, mailings
from communities.post.delivery import Shift
from communities.post.kinds import NotNow
from tests.communities.factories import ConsentEventFactory, ResidentFactory, SuppressionFactory
from tests.communities.post import relays
from tests.communities.post.carrying import carry_all, fully_released, state_of
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import DeliveryFactory, MailingFactory

pytestmark = pytest.mark.django_db(transaction=True)


# --- What is due -------------------------------------------------------------------------------------------


def test_an_answer_to_a_person_overtakes_announcements(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    DeliveryFactory(priority=10, resident__email="announcement@example.org")
    DeliveryFactory(priority=0, resident__email="answer@example.org")

    delivery.carry(now=now, shift=shift)

    assert cranky.recipients == ["answer@example.org", "announcement@example.org"]


def test_letters_wait_for_their_time_their_mailing_and_their_channel(now: datetime) -> None:
    DeliveryFactory(next_attempt_at=now + timedelta(seconds=1))
    DeliveryFactory(mailing__paused=True)
    DeliveryFactory(channel=Channel.LETTER)
    DeliveryFactory(sent=True)

    assert not Delivery.objects.due(now).exists()


def test_a_letter_never_overtakes_an_earlier_one_on_the_same_matter(now: datetime) -> None:
    resident = ResidentFactory()
    first = DeliveryFactory(resident=resident, thread="meeting:1", order=0)
    DeliveryFactory(resident=resident, thread="meeting:1", order=1, priority=0)
    elsewhere = DeliveryFactory(resident=resident, thread="meeting:2", order=1)
    neighbour = DeliveryFactory(thread="meeting:1", order=1)

    assert set(Delivery.objects.due(now)) == {first, elsewhere, neighbour}


@pytest.mark.parametrize("channel", [Channel.LETTER, Channel.PHONE])
def test_an_e_mail_does_not_wait_for_what_is_told_by_hand(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime, channel: Channel
) -> None:
    resident = ResidentFactory()
    DeliveryFactory(resident=resident, thread="meeting:1", order=0, channel=channel)
    letter = DeliveryFactory(resident=resident, thread="meeting:1", order=1)

    delivery.carry(now=now, shift=shift)

    assert state_of(letter) == (DeliveryState.SENT, "")


def test_the_next_letter_of_a_thread_leaves_once_the_first_has(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    resident = ResidentFactory()
    second = DeliveryFactory(resident=resident, thread="meeting:1", order=1)
    first = DeliveryFactory(resident=resident, thread="meeting:1", order=0)

    carry_all(shift, now)

    numbers = [data.split(b"no ")[1].split(b"=")[0] for _sender, _recipient, data in cranky.letters]
    assert numbers == [str(first.pk).encode(), str(second.pk).encode()]


def test_a_paused_letter_holds_nothing_back_and_is_not_sent_after_the_later_one(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    resident = ResidentFactory()
    first = DeliveryFactory(resident=resident, thread="meeting:1", order=0, mailing__paused=True)
    second = DeliveryFactory(resident=resident, thread="meeting:1", order=1)
    carry_all(shift, now)

    mailings.resume(mailing=first.mailing, now=now)
    carry_all(shift, now)

    assert state_of(second) == (DeliveryState.SENT, "")
    assert state_of(first)[0] == DeliveryState.SKIPPED
    assert len(cranky.letters) == 1


# --- At the door -------------------------------------------------------------------------------------------


def test_a_letter_that_is_no_longer_true_is_not_sent(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    letter, other = DeliveryFactory.create_batch(2, mailing=MailingFactory())
    postcard.no_longer_true[letter.pk] = "The meeting was cancelled."

    delivery.carry(now=now, shift=shift)

    assert state_of(letter) == (DeliveryState.SKIPPED, "The meeting was cancelled.")
    assert (letter.ended_at, letter.attempts, fully_released(letter)) == (now, 0, True)
    assert state_of(other) == (DeliveryState.SENT, "")


def test_what_nobody_gets_is_not_even_composed(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    letter = DeliveryFactory()
    postcard.no_longer_true[letter.pk] = "The meeting was cancelled."
    postcard.broken = True

    delivery.carry(now=now, shift=shift)

    assert state_of(letter) == (DeliveryState.SKIPPED, "The meeting was cancelled.")
    assert postcard.composed == []


def test_letters_that_must_wait_for_a_person_pause_with_the_reason_and_others_leave(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter, other = DeliveryFactory(), DeliveryFactory()

    def still_true(*, mailing: Mailing, **_asked: object) -> dict[int, str]:
        if mailing == letter.mailing:
            raise NotNow("The date has changed.")
        return {}

    monkeypatch.setattr(postcard, "still_true", still_true)
    carry_all(shift, now)

    letter.mailing.refresh_from_db()
    assert (letter.mailing.state, letter.mailing.reason) == (MailingState.PAUSED, "The date has changed.")
    assert state_of(letter) == (DeliveryState.PENDING, "")
    assert (letter.attempts, fully_released(letter)) == (0, True)
    assert state_of(other) == (DeliveryState.SENT, "")


@pytest.mark.parametrize("scope", ["town", "community:1"])
def test_an_announcement_needs_a_consent_that_still_holds(
    circular: Postcard, cranky: relays.Relay, shift: Shift, now: datetime, scope: str
) -> None:
    mailing = MailingFactory(kind="circular")
    agreeing = DeliveryFactory(mailing=mailing, resident__allows=[scope])
    silent = DeliveryFactory(mailing=mailing)
    withdrawn = DeliveryFactory(mailing=mailing, resident__allows=[scope])
    ConsentEventFactory(resident=withdrawn.resident, scope=scope, granted=False)
    elsewhere = DeliveryFactory(mailing=mailing, resident__allows=["community:2"])
    test = DeliveryFactory(mailing=mailing, test=True)

    delivery.carry(now=now, shift=shift)

    assert [state_of(letter)[0] for letter in [agreeing, silent, withdrawn, elsewhere, test]] == [
        DeliveryState.SENT,
        DeliveryState.SKIPPED,
        DeliveryState.SKIPPED,
        DeliveryState.SKIPPED,
        DeliveryState.SENT,
    ]


def test_a_letter_one_can_stop_carries_the_link(
    circular: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    DeliveryFactory(mailing__kind="circular", resident__allows=["town"])

    delivery.carry(now=now, shift=shift)

    assert circular.purpose is Purpose.ANNOUNCEMENTS
    assert b"List-Unsubscribe: <https://commune.example/desinscription/" in cranky.letters[0][2]
    assert b"mailto:" not in cranky.letters[0][2]


def test_a_letter_of_a_list_names_it_and_takes_a_letter_that_stops_it_where_somebody_reads_the_mailbox(
    newsletter: Postcard, cranky: relays.Relay, shift: Shift, now: datetime, settings: Settings
) -> None:
    settings.INBOUND_DOMAIN = "reunions.example"
    reader = DeliveryFactory(mailing__kind="newsletter", resident__allows=["town"]).resident
    token = unsubscribing.token_of(reader, newsletter.topic)

    delivery.carry(now=now, shift=shift)

    letter = email.message_from_bytes(cranky.letters[0][2], policy=email.policy.default)
    assert letter["List-Id"] == "<news.reunions.example>"
    assert letter["List-Unsubscribe"] == (
        f"<https://commune.example/desinscription/{token}/>, <mailto:desinscription+{token}@reunions.example>"
    )
    assert unsubscribing.press(token=token, now=now) == reader


def test_a_blocked_address_is_not_written_to_until_a_person_lifts_it(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    blocked = DeliveryFactory(resident__email="Ada@Example.org")
    SuppressionFactory(address="ada@example.org")
    lifted = DeliveryFactory(resident__email="nora@example.org")
    SuppressionFactory(address="nora@example.org", lifted_at=now)

    delivery.carry(now=now, shift=shift)

    assert state_of(blocked)[0] == DeliveryState.SKIPPED
    assert state_of(lifted)[0] == DeliveryState.SENT


def test_a_letter_goes_to_the_address_of_today_or_nowhere(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    moved = DeliveryFactory(resident__phone="0199000001")
    gone = DeliveryFactory(resident__phone="0199000002")
    type(moved.resident).objects.filter(pk=moved.resident_id).update(email="new@example.org")
    type(gone.resident).objects.filter(pk=gone.resident_id).update(email="")

    delivery.carry(now=now, shift=shift)

    assert cranky.recipients == ["new@example.org"]
    assert state_of(gone)[0] == DeliveryState.SKIPPED


def test_an_address_that_cannot_be_written_stops_only_itself(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    strange = DeliveryFactory(resident__email='"ada\r\nRCPT TO:<all@example.org>"@example.org')
    DeliveryFactory(resident__email="nora@example.org")

    carry_all(shift, now)

    assert state_of(strange)[0] == DeliveryState.SKIPPED
    assert cranky.recipients == ["nora@example.org"]
