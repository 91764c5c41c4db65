"""What staff can still do about letters that failed, and about those told by hand."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from communities.models import Delivery, Mailing
from communities.post import trying_again
from tests.communities.factories import SuppressionFactory
from tests.communities.post.factories import NOW, DeliveryFactory, MailingFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FAILED = {"state": "failed", "reason": "550 no", "ended_at": NOW, "attempts": 3}


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(StaffFactory(communication=True, first_name="Nora", last_name="Chevalet"))
    return client


def post(desk: Client, action: str, mailing: Mailing, **asked: object) -> str:
    answer = desk.post(reverse(f"mailings:{action}", args=[mailing.pk]), asked, follow=True)
    return " ".join(answer.content.decode().split())


def tried_again(letter: Delivery) -> int:
    """How many of its mailing's letters are."""
    mailing = letter.mailing
    return trying_again.try_again(mailing=mailing, deliveries=mailing.deliveries.all(), now=LATER)


def test_a_failed_letter_begins_again_as_if_it_were_new() -> None:
    letter = DeliveryFactory(**FAILED)

    number = tried_again(letter)

    letter.refresh_from_db()
    assert number == 1
    assert (letter.state, letter.reason, letter.attempts) == ("pending", "", 0)
    assert (letter.next_attempt_at, letter.ended_at) == (LATER, None)


@pytest.mark.parametrize(
    "facts",
    [
        {"sent": True},
        {"state": "skipped", "reason": "no consent", "ended_at": NOW},
        FAILED | {"channel": "letter"},
        FAILED | {"bounced_at": NOW, "bounce_reason": "550"},
        FAILED | {"resident__email": "", "resident__phone": "0199000001"},
    ],
    ids=["sent", "not sent on purpose", "on paper", "came back", "no address any more"],
)
def test_what_did_not_fail_on_its_way_is_not_tried_again(facts: dict[str, object]) -> None:
    assert tried_again(DeliveryFactory(**facts)) == 0


@pytest.mark.parametrize("by_hand", [{}, {"state": "sent", "ended_at": NOW}], ids=["waits", "posted"])
def test_whoever_is_told_by_hand_instead_is_not_told_twice(by_hand: dict[str, Any]) -> None:
    failed = DeliveryFactory(**FAILED)
    DeliveryFactory(mailing=failed.mailing, resident=failed.resident, channel="letter", **by_hand)

    assert tried_again(failed) == 0


def test_a_blocked_address_is_not_tried_again_before_someone_lifts_the_block() -> None:
    letter = DeliveryFactory(**FAILED)
    block = SuppressionFactory(address=letter.resident.email.upper())
    assert tried_again(letter) == 0

    block.lifted_at = LATER
    block.save()

    assert tried_again(letter) == 1


def test_only_the_ticked_letters_of_this_mailing_are_tried_again(desk: Client) -> None:
    mailing = MailingFactory()
    ticked, left = DeliveryFactory.create_batch(2, mailing=mailing, **FAILED)
    elsewhere = DeliveryFactory(**FAILED)

    said = post(desk, "try_again", mailing, delivery=[ticked.pk, elsewhere.pk, "nonsense", "9" * 30])

    assert "1 letter is tried again." in said
    assert set(Delivery.objects.pending()) == {ticked}
    assert {left, elsewhere} == set(Delivery.objects.filter(state="failed"))


def test_all_that_failed_are_tried_again_with_one_button(desk: Client) -> None:
    mailing = MailingFactory()
    DeliveryFactory.create_batch(3, mailing=mailing, **FAILED)
    assert "Try again the 3 letters that failed" in words(desk, mailing)

    assert "3 letters are tried again." in post(desk, "try_again", mailing, all="1")

    assert "Try again the" not in words(desk, mailing)


def test_asking_for_nothing_says_what_to_tick(desk: Client) -> None:
    assert "tick some that failed" in post(desk, "try_again", DeliveryFactory(**FAILED).mailing)


def test_calls_that_were_ticked_are_marked_as_told_by_whoever_says_so(desk: Client) -> None:
    mailing = MailingFactory()
    called = DeliveryFactory(mailing=mailing, channel="phone")
    by_mail = DeliveryFactory(mailing=mailing)

    said = post(desk, "say_done", mailing, delivery=[called.pk, by_mail.pk])

    called.refresh_from_db()
    assert "1 person marked as told." in said
    assert called.is_sent
    assert "Nora Chevalet" in called.reason
    assert set(Delivery.objects.pending()) == {by_mail}


@pytest.mark.parametrize("action", ["try_again", "say_done"])
def test_looking_does_nothing(desk: Client, action: str) -> None:
    letter = DeliveryFactory(**FAILED)

    assert desk.get(reverse(f"mailings:{action}", args=[letter.mailing_id])).status_code == 405


def words(desk: Client, mailing: Mailing) -> str:
    return " ".join(desk.get(reverse("mailings:inspect", args=[mailing.pk])).content.decode().split())
