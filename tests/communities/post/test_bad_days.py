"""What becomes of letters when a relay refuses, a line breaks, or a letter cannot be composed?"""

from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from communities.models import DeliveryState, Mailing, MailingState
from communities.post import delivery, mailings
from communities.post.delivery import Shift
from communities.post.relay import ConnectionLost, SenderRefused
from tests.communities.post import relays
from tests.communities.post.carrying import carry_all, fully_released, state_of
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import DeliveryFactory, MailingFactory, crowd

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_refused_letter_fails_with_the_relay_s_words(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    cranky.replies = {"RCPT TO:<nobody": "550 5.1.1 no such user <Nobody@example.org>"}
    nobody = DeliveryFactory(resident__email="nobody@example.org")
    other = DeliveryFactory()

    carry_all(shift, now)

    assert state_of(nobody)[0] == DeliveryState.FAILED
    assert "550 5.1.1 no such user <…>" in nobody.reason
    assert (nobody.attempts, nobody.ended_at) == (1, now)
    assert state_of(other)[0] == DeliveryState.SENT


def test_a_postponed_letter_is_tried_again_later_and_then_leaves(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    cranky.replies = {"RCPT": "450 greylisted"}
    letter = DeliveryFactory()
    carry_all(shift, now)
    postponed = state_of(letter), letter.attempts, letter.next_attempt_at, fully_released(letter)
    cranky.replies = {}

    too_early = carry_all(shift, now + timedelta(seconds=59))
    in_time = carry_all(shift, now + timedelta(seconds=61))

    assert postponed[0][0] == DeliveryState.PENDING
    assert "450 greylisted" in postponed[0][1]
    assert postponed[1:] == (1, now + timedelta(minutes=1), True)
    assert (too_early, in_time) == (0, 1)
    assert state_of(letter) == (DeliveryState.SENT, "")


def test_a_letter_postponed_for_two_days_fails_in_the_end(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    cranky.replies = {"RCPT": "450 greylisted"}
    letter = DeliveryFactory()

    for hours in range(0, 72, 1):
        carry_all(shift, now + timedelta(hours=hours))

    assert state_of(letter)[0] == DeliveryState.FAILED
    assert letter.attempts == 10


def test_a_line_lost_in_mid_batch_costs_one_letter_a_minute_and_the_others_nothing(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    cranky.hangs_up_after_dot = {3}
    letters = DeliveryFactory.create_batch(5)

    delivery.carry(now=now, shift=shift)
    untried = [letter for letter in letters if fully_released(letter) and letter.state == DeliveryState.PENDING]
    carry_all(shift, now)
    carry_all(shift, now + timedelta(minutes=2))

    assert [letter.attempts for letter in untried] == [1, 0, 0]
    assert {state_of(letter)[0] for letter in letters} == {DeliveryState.SENT}
    assert len(cranky.letters) == 6
    assert len({data.split(b"Message-ID: ")[1].split(b"\r\n")[0] for _from, _to, data in cranky.letters}) == 5


def test_when_the_relay_is_down_the_letters_wait_uncounted(
    postcard: Postcard, shift: Shift, now: datetime, settings: Settings
) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    letter = DeliveryFactory()

    with pytest.raises(ConnectionLost):
        delivery.carry(now=now, shift=shift)

    assert state_of(letter)[0] == DeliveryState.PENDING
    assert letter.reason
    assert (letter.attempts, letter.next_attempt_at, fully_released(letter)) == (0, now + timedelta(minutes=1), True)


def test_when_the_relay_refuses_us_no_letter_fails_for_it(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    cranky.replies = {"MAIL": "550 you may not send from here"}
    letters = DeliveryFactory.create_batch(3)

    with pytest.raises(SenderRefused):
        delivery.carry(now=now, shift=shift)

    assert {state_of(letter)[0] for letter in letters} == {DeliveryState.PENDING}
    assert all(fully_released(letter) and letter.attempts == 0 for letter in letters)


def test_a_mailing_that_the_relay_turns_down_pauses_itself_and_says_so(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    cranky.replies = {"RCPT": "550 you are a spammer"}
    mailing = MailingFactory()
    crowd(delivery.BATCH + 30, mailing=mailing)

    carry_all(shift, now)

    mailing.refresh_from_db()
    assert mailing.is_paused
    assert str(delivery.BATCH) in mailing.reason
    assert mailing.deliveries.pending().count() == 30


@pytest.mark.parametrize(
    ("refused", "letters", "pauses"),
    [("neighbour-1", 400, True), ("neighbour-1", 30, False), ("neighbour-2@", 100, False)],
)
def test_more_than_a_tenth_refused_is_too_much_once_there_are_twenty(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime, refused: str, letters: int, pauses: bool
) -> None:
    cranky.replies = {f"RCPT TO:<{refused}": "550 no such user"}
    mailing = MailingFactory()
    crowd(letters, mailing=mailing)

    carry_all(shift, now)

    mailing.refresh_from_db()
    assert mailing.is_paused is pauses


def test_a_letter_that_cannot_be_composed_does_not_hold_up_the_others(
    postcard: Postcard, circular: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    postcard.broken = True
    broken = DeliveryFactory()
    DeliveryFactory(mailing__kind="circular", resident__allows=["town"])

    carry_all(shift, now)

    assert len(cranky.letters) == 1
    assert state_of(broken)[0] == DeliveryState.PENDING
    assert (broken.next_attempt_at, fully_released(broken)) == (now + timedelta(minutes=1), True)


def test_a_letter_that_can_never_be_composed_waits_for_a_person(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    postcard.broken = True
    mailing = MailingFactory(title="Broken")
    crowd(delivery.BATCH + 30, mailing=mailing)

    for minutes in [0, 2, 10, 60, 600]:
        carry_all(shift, now + timedelta(minutes=minutes))

    mailing.refresh_from_db()
    assert mailing.state == MailingState.PAUSED
    assert "ValueError('Broken')" in mailing.reason
    assert len(postcard.composed) == 3


def test_a_mailing_that_was_repaired_leaves_when_it_is_resumed(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    mailing = MailingFactory(paused=True)
    DeliveryFactory.create_batch(2, mailing=mailing, attempts=3, next_attempt_at=now + timedelta(hours=1))

    mailings.resume(mailing=Mailing.objects.get(), now=now)
    carry_all(shift, now)

    assert len(cranky.letters) == 2


def test_a_kind_that_nobody_knows_any_more_holds_up_nothing(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    unknown = DeliveryFactory(mailing__kind="forgotten")
    DeliveryFactory()

    carry_all(shift, now)

    assert len(cranky.letters) == 1
    assert state_of(unknown)[0] == DeliveryState.PENDING
