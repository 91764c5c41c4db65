"""Posting: rows in the caller's transaction, a ring when it commits, and no harm when the bell is dead."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from communities.models import Channel, Delivery, Mailing, MailingState, Priority, Resident
from communities.post import doorbell, mailings
from communities.post.mailings import Addressee
from tests.communities.factories import ResidentFactory
from tests.communities.post.factories import DeliveryFactory, MailingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postcard")]


@pytest.fixture(autouse=True)
def rings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often the bell rang."""
    heard: list[str] = []
    monkeypatch.setattr(doorbell, "ring", lambda *, at_once=False: heard.append("at once" if at_once else "ring"))
    return heard


def post(residents: list[Resident], now: datetime, **options: object) -> Mailing:
    return mailings.post(
        kind="postcard",
        key="1",
        title="Une carte",
        addressees=[Addressee(resident.pk) for resident in residents],
        now=now,
        **options,  # type: ignore[arg-type]
    )


def test_a_mailing_is_a_row_for_each_addressee(now: datetime) -> None:
    by_mail, by_post = ResidentFactory(), ResidentFactory(by_post=True)

    mailing = mailings.post(
        kind="postcard",
        key="1",
        title="Une carte",
        addressees=[Addressee(by_mail.pk), Addressee(by_post.pk, Channel.LETTER)],
        thread="meeting:1",
        order=2,
        now=now,
    )

    rows = mailing.deliveries.values_list("resident", "channel", "thread", "order", "priority", "next_attempt_at")
    assert set(rows) == {
        (by_mail.pk, Channel.EMAIL, "meeting:1", 2, Priority.BULK, now),
        (by_post.pk, Channel.LETTER, "meeting:1", 2, Priority.BULK, now),
    }


def test_the_bell_rings_when_the_rows_are_committed(
    now: datetime, rings: list[str], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        post([ResidentFactory()], now)
        rung_before = list(rings)

    assert rung_before == []
    assert rings == ["ring"]


def test_a_mailing_that_is_rolled_back_leaves_nothing(now: datetime) -> None:
    resident = ResidentFactory()

    with transaction.atomic():
        post([resident], now)
        transaction.set_rollback(True)

    assert not Mailing.objects.exists()
    assert not Delivery.objects.exists()


def test_posting_to_many_costs_the_same_queries_as_posting_to_few(now: datetime) -> None:
    residents = Resident.objects.bulk_create(
        Resident(name="Nora Chevalet", email=f"nora-{number}@example.org", created_at=now) for number in range(1000)
    )

    costs = []
    for size in [10, 1000]:
        with CaptureQueriesContext(connection) as queries:
            post(residents[:size], now)
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 4


def test_one_letter_to_one_person_overtakes_announcements(now: datetime) -> None:
    resident = ResidentFactory()

    mailing = mailings.post_one(kind="postcard", key="7", title="Une carte", resident=resident, now=now)

    assert (mailing.priority, mailing.key) == (Priority.TRANSACTIONAL, "7")
    assert mailing.deliveries.get().priority == Priority.TRANSACTIONAL


def test_a_test_goes_to_an_address_and_to_no_resident(now: datetime) -> None:
    mailing = mailings.post_test(kind="postcard", key="1", title="Essai", address="staff@example.org", now=now)

    assert mailing.is_test
    assert [(each.resident, each.address) for each in mailing.deliveries.all()] == [(None, "staff@example.org")]


def test_a_new_letter_hurries_the_earlier_ones_it_must_not_overtake(now: datetime) -> None:
    earlier = DeliveryFactory(thread="meeting:1", order=0, next_attempt_at=now + timedelta(hours=4))
    elsewhere = DeliveryFactory(thread="meeting:2", order=0, next_attempt_at=now + timedelta(hours=4))

    post([earlier.resident], now, thread="meeting:1", order=1)

    earlier.refresh_from_db()
    elsewhere.refresh_from_db()
    assert earlier.next_attempt_at == now
    assert elsewhere.next_attempt_at == now + timedelta(hours=4)


def test_a_paused_mailing_keeps_its_letters_and_says_why(now: datetime) -> None:
    letter = DeliveryFactory()

    mailings.pause(mailing=letter.mailing, reason="Wrong date.")

    letter.mailing.refresh_from_db()
    assert (letter.mailing.state, letter.mailing.reason) == (MailingState.PAUSED, "Wrong date.")
    assert not Delivery.objects.due(now).exists()


def test_a_resumed_mailing_is_due_at_once(now: datetime) -> None:
    letter = DeliveryFactory(mailing__paused=True, attempts=3, next_attempt_at=now + timedelta(hours=1))

    mailings.resume(mailing=letter.mailing, now=now)

    assert list(Delivery.objects.due(now)) == [letter]
    assert letter.mailing.reason == ""


def test_progress_is_counted_in_one_query(now: datetime) -> None:
    mailing = MailingFactory()
    DeliveryFactory.create_batch(2, mailing=mailing, sent=True)
    DeliveryFactory(mailing=mailing)
    DeliveryFactory(mailing=mailing, state="failed", reason="no such user", ended_at=now)
    DeliveryFactory(mailing=mailing, state="skipped", reason="withdrawn", ended_at=now)

    with CaptureQueriesContext(connection) as queries:
        counted = Mailing.objects.with_progress().get()

    assert (counted.total, counted.waiting, counted.sent, counted.failed, counted.skipped) == (5, 1, 2, 1, 1)
    assert len(queries) == 1
