"""What staff are told of the post: nothing while all is well, and each trouble with what to do."""

from datetime import timedelta

import pytest

from communities.models import Delivery
from communities.post import watching
from tests.communities.post.factories import NOW, DeliveryFactory, MailingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

ALL = [watching.failures, watching.paused, watching.queue, watching.relay]


@pytest.mark.parametrize("watch", ALL)
def test_an_empty_post_says_nothing(watch) -> None:
    assert watch(NOW) is None


@pytest.mark.parametrize("watch", ALL)
def test_letters_that_leave_say_nothing(watch) -> None:
    mailing = MailingFactory()
    DeliveryFactory.create_batch(3, mailing=mailing, sent=True)
    DeliveryFactory.create_batch(3, mailing=mailing)

    assert watch(NOW) is None


def refused(number: int, *, of: int, **facts: object) -> None:
    mailing = MailingFactory(**facts)
    DeliveryFactory.create_batch(number, mailing=mailing, state="failed", reason="550", ended_at=NOW)
    DeliveryFactory.create_batch(of - number, mailing=mailing, sent=True)


@pytest.mark.parametrize(("number", "of", "is_told"), [(10, 99, True), (10, 100, False), (9, 9, False)])
def test_more_than_one_refusal_in_ten_is_told_when_they_are_many(number: int, of: int, is_told: bool) -> None:
    refused(number, of=of)

    assert (watching.failures(NOW) is not None) is is_told


def test_refusals_of_yesterdays_mailings_and_of_tests_are_over() -> None:
    refused(20, of=20, created_at=NOW - timedelta(days=2))
    refused(20, of=20, is_test=True)

    assert watching.failures(NOW) is None


def test_a_paused_mailing_is_told_with_its_reason_and_its_page() -> None:
    mailing = DeliveryFactory(mailing__paused=True, mailing__title="Les bancs").mailing

    alert = watching.paused(NOW)

    assert "“Les bancs” is paused: Held by the town hall." in str(alert.trouble)
    assert alert.way.endswith(f"/mailings/{mailing.pk}/")


def test_several_paused_mailings_lead_to_the_list_and_one_that_holds_nothing_is_forgotten() -> None:
    DeliveryFactory(mailing__paused=True, sent=True)
    assert watching.paused(NOW) is None

    DeliveryFactory(mailing__paused=True)
    DeliveryFactory(mailing__paused=True)
    assert "state=paused" in watching.paused(NOW).way


def test_letters_due_for_more_than_ten_minutes_are_told() -> None:
    DeliveryFactory(next_attempt_at=NOW - timedelta(minutes=11))

    assert watching.queue(NOW) is not None


@pytest.mark.parametrize(
    "facts",
    [
        {"next_attempt_at": NOW - timedelta(minutes=9)},
        {"next_attempt_at": NOW - timedelta(hours=1), "mailing__paused": True},
        {"next_attempt_at": NOW - timedelta(hours=1), "channel": "letter"},
        {"next_attempt_at": NOW - timedelta(hours=1), "claimed_until": NOW + timedelta(minutes=1)},
        {"next_attempt_at": NOW - timedelta(hours=1), "sent": True},
    ],
)
def test_letters_that_are_not_late_are_not_told(facts: dict[str, object]) -> None:
    DeliveryFactory(**facts)

    assert watching.queue(NOW) is None


def test_a_long_queue_that_moves_is_not_stuck() -> None:
    late = DeliveryFactory(next_attempt_at=NOW - timedelta(hours=1))
    DeliveryFactory(mailing=late.mailing, state="sent", ended_at=NOW - timedelta(minutes=1))

    assert watching.queue(NOW) is None


def test_a_relay_that_is_down_is_told_in_its_own_words() -> None:
    DeliveryFactory.create_batch(3, reason="The mail relay says: Connection refused", next_attempt_at=NOW)

    alert = watching.relay(NOW)

    assert str(alert.trouble) == "3 letters wait for the mail relay. The mail relay says: Connection refused"


def test_a_letter_that_its_reader_postponed_is_no_relay_that_is_down() -> None:
    DeliveryFactory(reason="The mail relay says: 451 greylisted", attempts=1, next_attempt_at=NOW)

    assert watching.relay(NOW) is None


@pytest.mark.parametrize("size", [1, 20])
def test_watching_costs_the_same_queries_whatever_waits(size: int, django_assert_max_num_queries) -> None:
    DeliveryFactory.create_batch(size, next_attempt_at=NOW - timedelta(hours=1), reason="x")
    assert Delivery.objects.count() == size

    with django_assert_max_num_queries(5):
        for watch in ALL:
            watch(NOW)
