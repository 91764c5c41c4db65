"""Whoever e-mail does not reach is told by post or by telephone, once, and staff read why."""

from datetime import timedelta

import pytest

from communities.models import Channel, Delivery, DeliveryState
from communities.post import delivery, rerouting
from communities.post.delivery import Shift
from communities.post.kinds import NotNow
from tests.communities.factories import ConsentEventFactory, ResidentFactory, SuppressionFactory
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import NOW, DeliveryFactory, MailingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _by_hand_too(circular: Postcard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(circular), "goes_by_hand", True, raising=False)


def came_back(**facts: object) -> Delivery:
    """An e-mail to someone with a street and a telephone, which came back."""
    known = {"resident__street": "3 rue Haute", "resident__phone": "0199001234", "mailing__kind": "circular"}
    return DeliveryFactory(**known | {"sent": True, "bounced_at": NOW, "bounce_reason": "550 no such user"} | facts)


def failed(**facts: object) -> Delivery:
    ended = {"state": DeliveryState.FAILED, "reason": "550 no such user", "ended_at": NOW - timedelta(hours=2)}
    return came_back(bounced_at=None, **{"sent": False} | ended | facts)


def by_hand() -> Delivery:
    return Delivery.objects.exclude(channel=Channel.EMAIL).get()


def reroute() -> int:
    return rerouting.reroute(now=NOW)


@pytest.mark.parametrize("lose", [came_back, failed])
def test_a_lost_e_mail_becomes_a_letter_of_the_same_mailing_that_says_why(lose):
    loss = lose(thread="meeting:1", order=2)

    assert reroute() == 1

    letter = by_hand()
    assert (letter.mailing, letter.resident, letter.channel) == (loss.mailing, loss.resident, Channel.LETTER)
    assert (letter.thread, letter.order, letter.state) == ("meeting:1", 2, DeliveryState.PENDING)
    assert letter.reason


def test_a_letter_whose_address_was_blocked_before_it_left_is_told_by_hand_too(shift: Shift):
    waits = came_back(sent=False, bounced_at=None, bounce_reason="")
    ConsentEventFactory(resident=waits.resident, channel=Channel.EMAIL)
    SuppressionFactory(address=waits.resident.email)

    delivery.carry(now=NOW, shift=shift)
    waits.refresh_from_db()
    assert waits.state == DeliveryState.SKIPPED
    assert reroute() == 1

    assert by_hand().channel == Channel.LETTER


def test_what_its_reader_stopped_is_told_by_nobody(shift: Shift):
    came_back(sent=False, bounced_at=None, bounce_reason="")

    delivery.carry(now=NOW, shift=shift)

    assert Delivery.objects.get().state == DeliveryState.SKIPPED
    assert reroute() == 0


def test_without_a_street_one_is_called():
    came_back(resident__street="")

    reroute()

    assert by_hand().channel == Channel.PHONE


def test_the_way_one_prefers_comes_first():
    came_back(resident__preferred_channel=Channel.PHONE)

    reroute()

    assert by_hand().channel == Channel.PHONE


def test_a_second_tick_does_nothing():
    came_back()
    reroute()

    assert reroute() == 0
    assert Delivery.objects.count() == 2


def test_a_way_one_refused_is_never_taken():
    loss = came_back()
    ConsentEventFactory(resident=loss.resident, channel=Channel.LETTER, granted=False)

    reroute()

    assert by_hand().channel == Channel.PHONE


def test_whoever_refused_both_or_has_neither_is_left_alone():
    loss = came_back()
    for channel in (Channel.LETTER, Channel.PHONE):
        ConsentEventFactory(resident=loss.resident, channel=channel, granted=False)
    came_back(resident__street="", resident__phone="")

    assert reroute() == 0


def test_a_refusal_is_given_an_hour_to_be_tried_again():
    failed(ended_at=NOW - timedelta(minutes=10))

    assert reroute() == 0


def test_a_relay_that_refuses_everyone_moves_nobody_to_paper():
    mailing = MailingFactory(kind="circular")
    for _number in range(rerouting.A_FEW + 1):
        failed(mailing=mailing)

    assert reroute() == 0


@pytest.mark.parametrize(
    "facts",
    [
        {"mailing__paused": True},
        {"mailing__is_test": True},
        {"mailing__created_at": NOW - timedelta(days=61)},
        {"mailing__kind": "postcard"},
        {"bounced_at": None},
    ],
    ids=["paused", "a test", "long ago", "a kind for e-mail alone", "arrived"],
)
def test_what_is_not_a_loss_of_today_is_left_as_it_is(
    postcard: Postcard, monkeypatch: pytest.MonkeyPatch, facts: dict[str, object]
):
    if facts.get("mailing__kind") == "postcard":
        monkeypatch.setattr(type(postcard), "goes_by_hand", False)
    came_back(**facts)

    assert reroute() == 0


def test_what_is_over_is_said_to_nobody(circular: Postcard):
    circular.no_longer_true = {came_back().pk: "It is over."}

    assert reroute() == 0


def test_a_break_is_kept_by_every_way_until_it_ends(circular: Postcard):
    loss = came_back(resident__paused_until=NOW + timedelta(days=3))
    assert reroute() == 0

    assert rerouting.reroute(now=NOW + timedelta(days=4)) == 1

    circular.asked_for = {loss.resident_id}
    by_hand().delete()
    assert reroute() == 1, "what is owed to them"


def test_what_must_wait_is_looked_at_again_later(circular: Postcard, monkeypatch: pytest.MonkeyPatch):
    came_back()

    def wait(self: Postcard, **asked: object) -> dict[int, str]:
        raise NotNow("It moved.")

    monkeypatch.setattr(Postcard, "still_true", wait)
    assert reroute() == 0
    monkeypatch.undo()


def test_a_hundred_losses_cost_what_one_costs(django_assert_num_queries):
    mailing = MailingFactory(kind="circular")
    for _number in range(20):
        came_back(mailing=mailing, resident=ResidentFactory(by_post=True, email=f"lost-{_number}@example.org"))

    with django_assert_num_queries(5):
        assert reroute() == 20
