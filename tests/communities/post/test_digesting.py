"""The weekly letter: what was held is told once, while it is still true, and nothing is lost on the way."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import Delivery, DeliveryState, Mailing, Resident, Topic
from communities.post import delivery, digest_times, digesting
from communities.post.delivery import Shift
from tests.communities.factories import ConsentEventFactory, MutedTopicFactory, ResidentFactory
from tests.communities.post import relays
from tests.communities.post.carrying import carry_all, state_of
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import DeliveryFactory, MailingFactory

THURSDAY = datetime(2026, 11, 26, 8, 5, tzinfo=UTC)  # five past nine in the town
DAY = timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsletter")]


def hold(resident: Resident | None = None, *, at: datetime = THURSDAY - DAY, **facts: object) -> Delivery:
    """A letter put aside for somebody who agreed to be told."""
    reader = resident or ConsentEventFactory().resident
    facts = {"mailing__kind": "newsletter", "mailing__title": "La lettre", **facts}
    return DeliveryFactory(resident=reader, state="held", reason="-", ended_at=at, **facts)


def told_in(letter: Delivery) -> Delivery | None:
    letter.refresh_from_db()
    return letter.digest


@pytest.mark.parametrize(
    ("now", "last", "following"),
    [
        (THURSDAY, "2026-11-26T09:00", "2026-12-03T09:00"),
        (THURSDAY - timedelta(minutes=10), "2026-11-19T09:00", "2026-11-26T09:00"),
        (THURSDAY + 3 * DAY, "2026-11-26T09:00", "2026-12-03T09:00"),
        (datetime(2027, 3, 26, 8, tzinfo=UTC), "2027-03-25T09:00", "2027-04-01T09:00"),
    ],
)
def test_it_leaves_on_thursdays_at_nine_in_summer_and_in_winter(now: datetime, last: str, following: str) -> None:
    assert f"{digest_times.last_one(now=now):%Y-%m-%dT%H:%M}" == last
    assert f"{digest_times.next_one(after=now):%Y-%m-%dT%H:%M}" == following


def test_one_letter_tells_each_reader_all_that_was_held() -> None:
    reader = ConsentEventFactory().resident
    held = [hold(reader), hold(reader), hold()]

    weekly = digesting.post(now=THURSDAY)

    assert weekly is not None
    assert weekly.deliveries.count() == 2
    assert {told_in(letter) for letter in held} == set(weekly.deliveries.all())
    assert not weekly.deliveries.filter(counts_as_unasked=True).exists()


def test_it_is_posted_once_a_week() -> None:
    hold()
    digesting.keep(now=THURSDAY)
    hold(at=THURSDAY + timedelta(minutes=1))

    digesting.keep(now=THURSDAY + timedelta(minutes=5))
    digesting.keep(now=THURSDAY + 6 * DAY)

    assert Mailing.objects.filter(kind=digesting.KIND).count() == 1


def test_a_missed_hour_is_caught_up_with_what_was_held_before_it() -> None:
    before, after = hold(), hold(at=THURSDAY + DAY)

    digesting.keep(now=THURSDAY + 2 * DAY)

    assert told_in(before)
    assert told_in(after) is None


def test_nothing_held_means_no_letter() -> None:
    assert digesting.post(now=THURSDAY) is None
    assert not Mailing.objects.exists()


def test_whoever_takes_a_break_is_told_after_it() -> None:
    letter = hold(ConsentEventFactory(resident__paused_until=THURSDAY + 3 * DAY).resident)

    digesting.post(now=THURSDAY)
    during = told_in(letter)
    digesting.post(now=THURSDAY + 7 * DAY)

    assert during is None
    assert told_in(letter)


def test_what_is_no_longer_true_is_dropped_with_its_reason(newsletter: Postcard) -> None:
    over, muted, stopped, fine = hold(), hold(), hold(ResidentFactory()), hold()
    newsletter.no_longer_true[over.pk] = "The meeting is over."
    MutedTopicFactory(resident=muted.resident, topic=Topic.NEWS)

    weekly = digesting.post(now=THURSDAY)

    assert state_of(over) == (DeliveryState.SKIPPED, "The meeting is over.")
    assert [state_of(letter)[0] for letter in (muted, stopped)] == [DeliveryState.SKIPPED] * 2
    assert weekly
    assert weekly.deliveries.get().resident == fine.resident


def test_many_readers_cost_the_same_queries_as_few() -> None:
    def cost(readers: int, now: datetime) -> int:
        mailing = MailingFactory(kind="newsletter")
        for _reader in range(readers):
            hold(at=now - DAY, mailing=mailing)
        with CaptureQueriesContext(connection) as asked:
            digesting.post(now=now)
        return len(asked)

    assert cost(2, THURSDAY) == cost(9, THURSDAY + 7 * DAY)


# --- On its way ----------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_what_it_told_is_told(cranky: relays.Relay, shift: Shift) -> None:
    letter = hold(mailing__title="Le verger s'ouvre")
    digesting.keep(now=THURSDAY)
    carry_all(shift, THURSDAY)

    digesting.keep(now=THURSDAY)

    assert b"Le verger s=E2=80=99ouvre" in cranky.letters[0][2]
    assert state_of(letter) == (DeliveryState.SENT, "Dans le récapitulatif de la semaine.")
    assert letter.ended_at == THURSDAY


@pytest.mark.django_db(transaction=True)
def test_what_is_over_between_posting_and_leaving_is_not_told(
    newsletter: Postcard, cranky: relays.Relay, shift: Shift
) -> None:
    letter, other = hold(), hold()
    digesting.keep(now=THURSDAY)
    newsletter.no_longer_true[letter.pk] = "The meeting is over."

    carry_all(shift, THURSDAY)
    digesting.keep(now=THURSDAY)

    assert state_of(letter) == (DeliveryState.SKIPPED, "The meeting is over.")
    assert state_of(other)[0] == DeliveryState.SENT
    assert len(cranky.letters) == 1


@pytest.mark.django_db(transaction=True)
def test_a_weekly_letter_that_does_not_leave_loses_nothing(cranky: relays.Relay, shift: Shift) -> None:
    letter = hold()
    digesting.keep(now=THURSDAY)
    Resident.objects.filter(pk=letter.resident_id).update(paused_until=THURSDAY + DAY)
    carry_all(shift, THURSDAY)

    digesting.keep(now=THURSDAY)
    after_the_pause = THURSDAY + 7 * DAY
    waited = state_of(letter)[0]
    digesting.keep(now=after_the_pause)
    delivery.carry(now=after_the_pause, shift=shift)
    digesting.keep(now=after_the_pause)

    assert waited == DeliveryState.HELD
    assert state_of(letter)[0] == DeliveryState.SENT
