"""What takes place before Thursday's letter is told before it does, in one letter, however often the clock strikes."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from communities.models import Delivery, DeliveryState
from communities.post import digest_times, digesting, sparing
from communities.post.delivery import Shift
from tests.communities.post import relays
from tests.communities.post.carrying import carry_all, state_of
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import DeliveryFactory, MailingFactory
from tests.communities.post.summaries import PARIS, Hold, november, reader, summaries, told_in

DAY, MINUTES = timedelta(days=1), timedelta(minutes=5)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsletter")]


# --- By the clock --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "last", "following"),
    [
        (november(23, 8, 59), november(22, 17), november(23, 9)),
        (november(23, 9), november(23, 9), november(23, 17)),
        (november(23, 16, 59), november(23, 9), november(23, 17)),
        (november(23, 23, 30), november(23, 17), november(24, 9)),
        (
            datetime(2026, 3, 28, 16, 30, tzinfo=UTC),
            *(datetime(2026, 3, d, h, tzinfo=PARIS) for d, h in [(28, 17), (29, 9)]),
        ),
    ],
)
def test_a_round_is_at_nine_and_at_five_by_the_town_s_clock(now: datetime, last: datetime, following: datetime) -> None:
    assert digest_times.last_round(now=now) == last
    assert digest_times.next_round(after=now) == following


@pytest.mark.parametrize(
    ("held_at", "of", "told_at"),
    [
        pytest.param(november(27, 10), november(30, 18), november(27, 17), id="on Friday for Monday"),
        pytest.param(november(23, 16), november(24, 8, 30), november(23, 17), id="on Monday for Tuesday morning"),
        pytest.param(november(23, 18), november(24, 18), november(24, 9), id="in the evening for the next"),
        pytest.param(november(25, 10), november(27, 18), november(26, 9), id="on Wednesday for Friday: on Thursday"),
        pytest.param(november(25, 10), november(26, 18), november(26, 9), id="for Thursday evening: in the morning"),
        pytest.param(november(25, 10), november(26, 10), november(25, 17), id="for Thursday at ten: the day before"),
        pytest.param(november(25, 10), None, november(26, 9), id="what has no date waits for Thursday"),
        # No round is left before it, or none in time.
        pytest.param(november(23, 18), november(24, 8, 30), november(23, 18), id="in the evening for the morning"),
        pytest.param(november(23, 22), november(24, 11), november(23, 22), id="at night for the morning"),
        pytest.param(november(23, 9, 30), november(23, 14), november(23, 9, 30), id="for the same day"),
    ],
)
def test_it_is_told_in_time(hold: Hold, held_at: datetime, of: datetime | None, told_at: datetime) -> None:
    letter, now = hold(at=held_at, of=of), held_at

    while not told_in(letter):
        digesting.keep(now=now)
        now += MINUTES

    assert now - MINUTES == told_at
    assert len(summaries()) == 1


def test_only_on_thursdays_is_it_called_weekly(hold: Hold) -> None:
    hold(at=november(25, 10), of=november(26, 10))
    digesting.keep(now=november(25, 17))
    hold(at=november(25, 18))
    digesting.keep(now=november(26, 9))

    assert [each.title for each in summaries()] == ["Votre récapitulatif", "Votre récapitulatif de la semaine"]


@pytest.mark.parametrize(("of", "leaves"), [(november(24, 18), november(23, 21)), (november(25, 18), november(24, 8))])
def test_only_what_is_today_or_tomorrow_leaves_at_night(
    hold: Hold, settings: Settings, of: datetime, leaves: datetime
) -> None:
    settings.POST_OPENS_AT, settings.POST_CLOSES_AT = 8, 20
    letter = hold(at=november(23, 12), of=of)

    digesting.keep(now=november(23, 21))  # nobody struck five

    summary = told_in(letter)
    assert summary
    assert summary.next_attempt_at == leaves


def test_another_s_meeting_of_tomorrow_wakes_nobody(hold: Hold, settings: Settings) -> None:
    settings.POST_OPENS_AT, settings.POST_CLOSES_AT = 8, 20
    ada = reader()
    tomorrow, wednesday = [hold(at=november(23, 12), of=november(day, 18)) for day in (24, 25)]
    both = [hold(at=november(23, 12), of=november(day, 18), to=ada) for day in (24, 25)]

    for minute in (0, 5):
        digesting.keep(now=november(23, 21, minute))  # nobody struck five

    by_night, by_day = summaries()
    assert [getattr(told_in(each), "mailing", None) for each in (tomorrow, *both)] == [by_night] * 3
    assert told_in(wednesday) == by_day.deliveries.get()
    assert (by_night.at_any_hour, by_day.at_any_hour) == (True, False)
    assert by_day.deliveries.get().next_attempt_at == november(24, 8)


def test_a_thursday_missed_until_the_night_is_caught_up_in_the_morning_but_for_what_is_near(
    hold: Hold, settings: Settings
) -> None:
    settings.POST_OPENS_AT, settings.POST_CLOSES_AT = 8, 20
    at_dawn, far = hold(at=november(25, 12), of=november(27, 7)), hold(at=november(25, 12))

    digesting.keep(now=november(26, 22))  # nobody struck nine
    by_night = told_in(at_dawn), told_in(far)
    digesting.keep(now=november(27, 8))

    assert by_night[0]
    assert by_night[0].next_attempt_at == november(26, 22)
    assert by_night[1] is None
    assert told_in(far)
    assert [each.title for each in summaries()] == ["Votre récapitulatif", "Votre récapitulatif de la semaine"]


# --- To whom, and what ---------------------------------------------------------------------------------------


def test_one_letter_tells_all_that_its_reader_is_held(hold: Hold) -> None:
    ada = reader()
    near = hold(at=november(23, 10), of=november(24, 18), to=ada)
    other = hold(at=november(23, 11), of=november(25, 18), to=ada)
    far = hold(at=november(23, 12), of=november(30, 18), to=ada)

    digesting.keep(now=november(23, 17))

    (summary,) = summaries()
    assert [told_in(letter) for letter in (near, other, far)] == [summary.deliveries.get()] * 3


def test_whoever_is_held_nothing_near_waits_for_thursday(hold: Hold) -> None:
    near, far = hold(at=november(23, 10), of=november(24, 18)), hold(at=november(23, 10), of=november(30, 18))

    digesting.keep(now=november(23, 17))

    assert told_in(near)
    assert told_in(far) is None


def test_two_that_cannot_wait_for_the_next_round_are_one_letter(hold: Hold) -> None:
    ada = reader()
    for hour in (8, 10):
        hold(at=november(23, 18), of=november(24, hour), to=ada)

    digesting.keep(now=november(23, 18))

    (summary,) = summaries()
    assert summary.deliveries.get().tells.count() == 2


def test_it_counts_against_no_cap(hold: Hold) -> None:
    letter = hold(at=november(23, 10), of=november(24, 18))
    digesting.keep(now=november(23, 17))

    assert told_in(letter)
    assert not Delivery.objects.unasked(since=november(1, 0)).exists()
    assert not sparing.those_above(0, residents=[letter.resident_id or 0], now=november(23, 17))


def test_whoever_takes_a_break_is_told_once_it_is_over(hold: Hold) -> None:
    letter = hold(at=november(20, 10), of=november(25, 18), to=reader(resident__paused_until=november(23, 18)))

    digesting.keep(now=november(23, 17))
    during = told_in(letter)
    digesting.keep(now=november(24, 9))

    assert during is None
    assert told_in(letter)


def test_what_is_over_is_dropped_and_brings_nothing_forward(hold: Hold, newsletter: Postcard) -> None:
    ada = reader()
    near = hold(at=november(23, 10), of=november(24, 18), to=ada)
    far = hold(at=november(23, 10), of=november(30, 18), to=ada)
    newsletter.no_longer_true[near.pk] = "The meeting is over."

    digesting.keep(now=november(23, 17))

    assert state_of(near) == (DeliveryState.SKIPPED, "The meeting is over.")
    assert told_in(far) is None
    assert summaries() == []


# --- Once ----------------------------------------------------------------------------------------------------


def test_the_clock_strikes_twice_and_nothing_more_is_posted(hold: Hold) -> None:
    hold(at=november(23, 10), of=november(24, 18))
    for minute in (0, 5, 10):
        digesting.keep(now=november(23, 17, minute))

    assert len(summaries()) == 1


def test_what_is_held_after_a_round_waits_for_the_next(hold: Hold) -> None:
    hold(at=november(23, 8), of=november(25, 18))
    digesting.keep(now=november(23, 9))
    later = hold(at=november(23, 9, 1), of=november(25, 18))

    digesting.keep(now=november(23, 16, 55))
    before = told_in(later)
    digesting.keep(now=november(23, 17))

    assert before is None
    assert told_in(later)
    assert len({each.key for each in summaries()}) == 2


def test_a_missed_round_is_caught_up(hold: Hold) -> None:
    letter = hold(at=november(23, 8), of=november(25, 18))

    digesting.keep(now=november(23, 12))

    assert told_in(letter)


def test_each_who_is_held_what_cannot_wait_is_told_at_once_whenever_that_is(hold: Hold) -> None:
    """A break that ends, or a batch that is found at the door after the first was told."""
    first = hold(at=november(23, 9, 30), of=november(23, 16))
    on_a_break = reader(resident__paused_until=november(23, 11))
    facts = {"mailing": first.mailing, "state": "held", "reason": "-", "ended_at": november(23, 9, 30)}
    second = DeliveryFactory(resident=on_a_break, **facts)

    digesting.keep(now=november(23, 9, 30))
    early = told_in(first), told_in(second)
    digesting.keep(now=november(23, 11))

    assert early[0]
    assert early[1] is None
    assert told_in(second)


@pytest.mark.parametrize("hour", [17, 18])
def test_many_readers_cost_the_same_queries_as_few(newsletter: Postcard, hour: int) -> None:
    def cost(readers: int, day: int) -> int:
        mailing = MailingFactory(kind="newsletter")
        newsletter.takes_place[mailing.pk] = november(day + 1, 10)
        for _reader in range(readers):
            DeliveryFactory(mailing=mailing, resident=reader(), state="held", reason="-", ended_at=november(day, hour))
        with CaptureQueriesContext(connection) as asked:
            digesting.bring_forward(now=november(day, hour))
        assert not Delivery.objects.held().filter(digest=None).exists()
        return len(asked)

    assert cost(2, 23) == cost(9, 24)


@pytest.mark.django_db(transaction=True)
def test_what_it_told_is_told(hold: Hold, cranky: relays.Relay, shift: Shift) -> None:
    letter = hold(at=november(23, 10), of=november(24, 18))
    digesting.keep(now=november(23, 17))
    carry_all(shift, november(23, 17))

    digesting.keep(now=november(23, 17, 5))

    letter_sent = message_from_bytes(cranky.letters[0][2], policy=policy.default)
    assert letter_sent["Subject"] == "Votre récapitulatif"
    assert "semaine" not in str(letter_sent)
    assert state_of(letter) == (DeliveryState.SENT, "Dans un récapitulatif envoyé plus tôt.")
    assert letter.ended_at == november(23, 17)
