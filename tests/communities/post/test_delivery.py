"""What becomes of a posted letter: taken, checked, sent, marked; and of its batch when something breaks."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from communities.models import Channel, Delivery, DeliveryState, Mailing, MailingState, Purpose, Town
from communities.post import delivery, mailings
from communities.post.delivery import Shift
from communities.post.kinds import NotNow
from communities.post.marking import MarkFailed, Marks
from communities.post.relay import ConnectionLost, Relay, SenderRefused
from tests.communities.factories import ConsentEventFactory, ResidentFactory, SuppressionFactory
from tests.communities.post import relays
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import DeliveryFactory, MailingFactory, crowd

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shift() -> Iterator[Shift]:
    with Relay() as relay:
        yield Shift(until=float("inf"), relay=relay)


def state_of(letter: Delivery) -> tuple[str, str]:
    letter.refresh_from_db()
    return letter.state, letter.reason


def fully_released(letter: Delivery) -> bool:
    letter.refresh_from_db()
    return letter.claim is None and letter.claimed_until is None


def carry_all(shift: Shift, now: datetime) -> int:
    return sum(iter(lambda: delivery.carry(now=now, shift=shift), 0))


# --- The ordinary day --------------------------------------------------------------------------------------


def test_a_letter_leaves_and_is_marked(postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime) -> None:
    letter = DeliveryFactory(resident__name="Ada Terril", resident__email="ada@example.org")

    taken = delivery.carry(now=now, shift=shift)

    assert taken == 1
    assert state_of(letter) == (DeliveryState.SENT, "")
    assert (letter.attempts, letter.ended_at, fully_released(letter)) == (1, now, True)
    assert letter.message_id == f"<postcard-{letter.mailing_id}-{letter.pk}@commune.example>"
    assert cranky.recipients == ["ada@example.org"]
    assert b'To: "Ada Terril" <ada@example.org>\r\n' in cranky.letters[0][2]


def test_nothing_is_carried_twice(postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime) -> None:
    DeliveryFactory.create_batch(3)

    carry_all(shift, now)

    assert delivery.carry(now=now, shift=shift) == 0
    assert len(cranky.recipients) == len(set(cranky.recipients)) == 3


def test_everyone_is_written_to_in_their_language_and_each_letter_is_composed_once(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    mailing = MailingFactory()
    for language in ["fr", "en", "fr", "en"]:
        DeliveryFactory(mailing=mailing, resident__language=language)

    carry_all(shift, now)

    assert sorted(postcard.composed) == [(mailing.pk, "en"), (mailing.pk, "fr")]
    assert [b"Hello" in data for _sender, _recipient, data in cranky.letters] == [False, False, True, True]


def test_a_test_goes_to_its_address(postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime) -> None:
    letter = DeliveryFactory(test=True)

    delivery.carry(now=now, shift=shift)

    assert state_of(letter) == (DeliveryState.SENT, "")
    assert cranky.recipients == ["staff@example.org"]


def test_bounces_come_back_to_the_town_hall_unless_we_read_them(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime, settings: Settings
) -> None:
    DeliveryFactory()
    delivery.carry(now=now, shift=shift)
    settings.INBOUND_DOMAIN = "agora.commune.example"
    DeliveryFactory()

    delivery.carry(now=now, shift=Shift(until=float("inf"), relay=shift.relay))

    by_people, by_program = (sender for sender, _recipient, _data in cranky.letters)
    assert by_people == settings.DEFAULT_FROM_EMAIL
    assert by_program.startswith("rebond+")
    assert by_program.endswith("@agora.commune.example")


def test_a_batch_costs_the_same_queries_whatever_its_size(
    circular: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    costs = []
    Town.load()
    for size in [2, delivery.BATCH]:
        crowd(size, mailing=MailingFactory(kind="circular"))
        with CaptureQueriesContext(connection) as queries:
            delivery.carry(now=now, shift=Shift(until=float("inf"), relay=shift.relay))
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 12
    assert len(cranky.letters) == 2 + delivery.BATCH


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


# --- Bad days ----------------------------------------------------------------------------------------------


def test_a_refused_letter_fails_with_the_relay_s_words(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    cranky.replies = {"RCPT TO:<nobody": "550 5.1.1 no such user"}
    nobody = DeliveryFactory(resident__email="nobody@example.org")
    other = DeliveryFactory()

    carry_all(shift, now)

    assert state_of(nobody)[0] == DeliveryState.FAILED
    assert "550 5.1.1 no such user" in nobody.reason
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


# --- Leases ------------------------------------------------------------------------------------------------


def test_a_letter_in_a_worker_s_hands_is_passed_by_until_its_lease_is_over(now: datetime) -> None:
    letter = DeliveryFactory()
    delivery.claim(fence=uuid4(), now=now)

    during = delivery.claim(fence=uuid4(), now=now + delivery.LEASE)
    after = delivery.claim(fence=uuid4(), now=now + delivery.LEASE + timedelta(seconds=1))

    assert during == []
    assert after == [letter]


def test_a_worker_takes_no_more_than_a_batch(now: datetime) -> None:
    DeliveryFactory.create_batch(3)

    taken = delivery.claim(fence=uuid4(), now=now, limit=2)

    assert len(taken) == 2


def test_a_shift_that_is_over_gives_back_what_it_has_not_sent(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    letters = DeliveryFactory.create_batch(2)
    shift.until = float("-inf")

    delivery.carry(now=now, shift=shift)

    assert cranky.letters == []
    assert all(fully_released(letter) for letter in letters)
    assert Delivery.objects.due(now).count() == 2


def test_a_worker_that_lost_its_lease_stops_and_overwrites_nothing(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = DeliveryFactory.create_batch(4)
    other_worker = uuid4()
    claim = delivery.claim

    def slowly(**terms: object) -> list[Delivery]:
        taken = claim(**terms)  # type: ignore[arg-type]
        Delivery.objects.update(claim=other_worker)
        return taken

    monkeypatch.setattr(delivery, "claim", slowly)

    delivery.carry(now=now, shift=shift)

    assert len(cranky.letters) == 1
    assert {state_of(letter) for letter in letters} == {(DeliveryState.PENDING, "")}
    assert {letter.claim for letter in letters} == {other_worker}


def test_a_database_that_dies_in_mid_batch_puts_one_letter_in_doubt(
    postcard: Postcard, cranky: relays.Relay, shift: Shift, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = DeliveryFactory.create_batch(4)
    mark = Marks.make

    def die_after_the_second(marks: Marks, pk: int, **facts: object) -> None:
        if pk == letters[1].pk:
            end_our_session()
        mark(marks, pk, **facts)  # type: ignore[arg-type]

    monkeypatch.setattr(Marks, "make", die_after_the_second)

    with pytest.raises(MarkFailed):
        delivery.carry(now=now, shift=shift)

    assert len(cranky.letters) == 2
    assert [state_of(letter)[0] for letter in letters] == ["sent", "pending", "pending", "pending"]


def end_our_session() -> None:
    """As a restart of PostgreSQL would."""
    other = connection.copy()
    with closing(other), other.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
