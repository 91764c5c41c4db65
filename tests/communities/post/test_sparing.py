"""Who is spared a letter when it is posted, and again at the door?"""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from communities.models import Channel, Delivery, DeliveryState, Mailing, Resident, Topic
from communities.post import delivery, mailings, sparing, trying_again
from communities.post.delivery import Shift
from communities.post.kinds import letter_kinds
from communities.post.mailings import Addressee
from tests.communities.factories import ConsentEventFactory, MutedTopicFactory, ResidentFactory
from tests.communities.post import relays
from tests.communities.post.carrying import state_of
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import NOW, DeliveryFactory

DAY = timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsletter")]


@pytest.fixture(autouse=True)
def _four_at_most(settings: Settings) -> None:
    settings.MOST_UNASKED_LETTERS = 4


def post(*residents: Resident, now: datetime, channel: Channel = Channel.EMAIL, kind: str = "newsletter") -> Mailing:
    addressees = [Addressee(resident.pk, channel) for resident in residents]
    return mailings.post(kind=kind, key="1", title="La lettre", addressees=addressees, now=now)


def leave(mailing: Mailing, *, now: datetime) -> None:
    mailing.deliveries.pending().update(state=DeliveryState.SENT, ended_at=now)


def letter_of(mailing: Mailing) -> tuple[str, str]:
    return state_of(mailing.deliveries.get())


# --- Enough is enough --------------------------------------------------------------------------------------


def test_the_fifth_letter_in_thirty_days_waits_for_the_weekly_one(now: datetime) -> None:
    resident = ResidentFactory()
    for week in range(4):
        leave(post(resident, now=now - 7 * week * DAY), now=now - 7 * week * DAY)

    fifth = post(resident, now=now)

    assert letter_of(fifth) == (DeliveryState.HELD, "Cette personne a déjà reçu assez de messages en trente jours.")
    assert fifth.deliveries.get().ended_at == now


def test_letters_that_still_wait_count(now: datetime) -> None:
    resident, neighbour = ResidentFactory(), ResidentFactory()
    for _letter in range(4):
        post(resident, now=now)

    fifth = post(resident, neighbour, now=now)

    assert fifth.deliveries.get(resident=resident).is_held
    assert fifth.deliveries.get(resident=neighbour).is_pending


def test_a_letter_of_last_month_no_longer_counts(now: datetime) -> None:
    resident = ResidentFactory()
    for _letter in range(4):
        leave(post(resident, now=now - 31 * DAY), now=now - 31 * DAY)

    assert post(resident, now=now).deliveries.get().is_pending


def test_an_answer_always_leaves_and_never_counts(postcard: Postcard, now: datetime) -> None:
    resident = ResidentFactory()
    for _letter in range(6):
        post(resident, now=now, kind="postcard")

    assert not resident.deliveries.held().exists()
    assert post(resident, now=now).deliveries.get().is_pending


def test_what_is_owed_always_leaves_and_never_counts(newsletter: Postcard, now: datetime) -> None:
    resident = ResidentFactory()
    newsletter.asked_for = {resident.pk}
    for _letter in range(6):
        post(resident, now=now)
    newsletter.asked_for = set()

    assert not resident.deliveries.held().exists()
    assert post(resident, now=now).deliveries.get().is_pending


def test_what_a_weekly_letter_told_does_not_count(now: datetime) -> None:
    resident = ResidentFactory()
    weekly = DeliveryFactory(resident=resident, sent=True)
    for _letter in range(4):
        DeliveryFactory(resident=resident, sent=True, counts_as_unasked=True, digest=weekly)

    assert post(resident, now=now).deliveries.get().is_pending


def test_paper_is_not_capped_because_no_weekly_letter_would_tell_it(now: datetime) -> None:
    resident = ResidentFactory(by_post=True)
    for _letter in range(5):
        post(resident, now=now, channel=Channel.LETTER)

    assert resident.deliveries.pending().count() == 5


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=st.lists(
        st.tuples(st.sampled_from(["post", "owed", "leave", "leave one"]), st.integers(0, 9)), min_size=5, max_size=40
    )
)
def test_no_thirty_days_ever_hold_more_than_four(moves: list[tuple[str, int]], newsletter: Postcard) -> None:
    with transaction.atomic():
        resident, now = ResidentFactory(), NOW

        for move, days in moves:
            now += days * DAY
            newsletter.asked_for = {resident.pk} if move == "owed" else set()
            waiting = resident.deliveries.pending()
            if move in {"post", "owed"}:
                post(resident, now=now)
            else:
                chosen = list(waiting.values_list("pk", flat=True)[: 1 if move == "leave one" else None])
                waiting.filter(pk__in=chosen).update(state=DeliveryState.SENT, ended_at=now)

        sent = resident.deliveries.filter(state=DeliveryState.SENT, counts_as_unasked=True).order_by("ended_at")
        moments = list(sent.values_list("ended_at", flat=True))
        fifths = zip(moments, moments[4:], strict=False)
        assert all(fifth - first >= sparing.WINDOW for first, fifth in fifths if first and fifth)
        assert not resident.deliveries.filter(state=DeliveryState.HELD, counts_as_unasked=False).exists()
        transaction.set_rollback(True)


# --- Muted, and paused -------------------------------------------------------------------------------------


def test_a_muted_kind_is_not_sent_on_any_channel(now: datetime) -> None:
    resident = MutedTopicFactory(topic=Topic.NEWS).resident

    by_mail, by_hand = post(resident, now=now), post(resident, now=now, channel=Channel.PHONE)

    assert letter_of(by_mail) == (DeliveryState.SKIPPED, "Cette personne ne veut plus de messages de ce type.")
    assert letter_of(by_hand)[0] == DeliveryState.SKIPPED


def test_muting_one_kind_leaves_the_others(now: datetime) -> None:
    resident = MutedTopicFactory(topic=Topic.INVITATIONS).resident

    assert post(resident, now=now).deliveries.get().is_pending


def test_a_pause_keeps_e_mails_for_later_and_ends_paper(now: datetime) -> None:
    resident = ResidentFactory(paused_until=now + 30 * DAY)

    by_mail, by_hand = post(resident, now=now), post(resident, now=now, channel=Channel.LETTER)

    words = "Cette personne a demandé qu’on ne lui écrive pas avant le mardi 22\xa0décembre 2026."
    assert letter_of(by_mail) == (DeliveryState.HELD, words)
    assert letter_of(by_hand) == (DeliveryState.SKIPPED, words)


def test_a_pause_that_is_over_keeps_nothing(now: datetime) -> None:
    resident = ResidentFactory(paused_until=now)

    assert post(resident, now=now).deliveries.get().is_pending


def test_what_is_owed_is_neither_muted_nor_paused(newsletter: Postcard, now: datetime) -> None:
    resident = ResidentFactory(paused_until=now + DAY)
    MutedTopicFactory(resident=resident, topic=Topic.NEWS)
    newsletter.asked_for = {resident.pk}

    assert post(resident, now=now).deliveries.get().is_pending


def test_a_later_letter_of_the_thread_does_not_wait_for_a_held_one(now: datetime) -> None:
    resident = ResidentFactory()
    DeliveryFactory(resident=resident, thread="meeting:1", order=0, state="held", reason="-", ended_at=now)
    later = DeliveryFactory(resident=resident, thread="meeting:1", order=1)

    assert list(Delivery.objects.due(now)) == [later]


def test_withdrawing_ends_what_is_held_too(now: datetime) -> None:
    held = DeliveryFactory(state="held", reason="-", ended_at=now)

    mailings.withdraw(deliveries=Delivery.objects.all(), reason="The person was erased.", now=now)

    assert state_of(held) == (DeliveryState.SKIPPED, "The person was erased.")


def test_sparing_many_costs_the_same_queries_as_sparing_few(now: datetime) -> None:
    def cost(*residents: Resident) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            post(*residents, now=now)
        return len(asked)

    def some(number: int) -> list[Resident]:
        people = ResidentFactory.create_batch(number)
        for resident in people:
            MutedTopicFactory(resident=resident, topic=Topic.NEWS)
        return [*people, *(ResidentFactory(paused_until=now + day * DAY) for day in range(1, number + 1))]

    assert cost(*some(2)) == cost(*some(8)) <= 12


# --- Again at the door -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_whoever_pauses_or_mutes_meanwhile_is_spared_at_the_door(
    newsletter: Postcard, cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    pausing, muting, owed, other = (ConsentEventFactory().resident for _person in range(4))
    mailing = post(pausing, muting, owed, other, now=now)
    Resident.objects.filter(pk__in=[pausing.pk, owed.pk]).update(paused_until=now + DAY)
    MutedTopicFactory(resident=muting, topic=Topic.NEWS)
    newsletter.asked_for = {owed.pk}

    delivery.carry(now=now, shift=shift)

    states = dict(mailing.deliveries.values_list("resident", "state"))
    assert states == {pausing.pk: "held", muting.pk: "skipped", owed.pk: "sent", other.pk: "sent"}


@pytest.mark.django_db(transaction=True)
def test_a_failed_letter_tried_again_does_not_make_one_too_many(
    cranky: relays.Relay, shift: Shift, now: datetime
) -> None:
    resident = ConsentEventFactory().resident
    failed = DeliveryFactory(mailing__kind="newsletter", resident=resident, counts_as_unasked=True)
    for _letter in range(4):
        DeliveryFactory(resident=resident, sent=True, counts_as_unasked=True)

    delivery.carry(now=now, shift=shift)

    assert state_of(failed)[0] == DeliveryState.HELD
    assert cranky.letters == []


def test_letters_tried_again_one_after_the_other_do_not_make_one_too_many(now: datetime) -> None:
    """At the door, each of two that wait would find room for itself."""
    resident = ResidentFactory()
    failed = [post(resident, now=now).deliveries.get() for _mailing in range(2)]
    words = {"state": DeliveryState.FAILED, "reason": "550 no", "ended_at": now}
    resident.deliveries.update(**words)
    for _letter in range(3):
        leave(post(resident, now=now), now=now)

    for letter in failed:
        trying_again.try_again(mailing=letter.mailing, deliveries=letter.mailing.deliveries.all(), now=now)

    states = [state_of(letter)[0] for letter in failed]
    assert states == [DeliveryState.PENDING, DeliveryState.HELD]


def test_where_nobody_is_written_to_unasked_all_waits_for_the_weekly_letter(now: datetime, settings: Settings) -> None:
    settings.MOST_UNASKED_LETTERS = 0
    resident = ResidentFactory()

    assert sparing.of(kind=letter_kinds["newsletter"], residents=[resident.pk], now=now).sated == {resident.pk}
    assert sparing.who_was_sent_enough(residents=[resident.pk], now=now) == {resident.pk}
    assert post(resident, now=now).deliveries.get().is_held


PEOPLE = st.sets(st.integers(1, 6))


@given(muted=PEOPLE, paused=PEOPLE, sated=PEOPLE, asked_for=PEOPLE, by_email=PEOPLE)
def test_nobody_is_written_to_against_their_word_and_nobody_loses_what_is_owed(
    muted: set[int], paused: set[int], sated: set[int], asked_for: set[int], by_email: set[int]
) -> None:
    kind, spared = Postcard(asked_for=asked_for), sparing.Spared(muted, dict.fromkeys(paused, NOW), sated)
    letters = [
        Delivery(pk=who, resident_id=who, channel=Channel.EMAIL if who in by_email else Channel.LETTER)
        for who in range(1, 7)
    ]

    skipped, held = sparing.outcomes(spared, kind=kind, mailing=Mailing(), deliveries=letters)

    leaving = {letter.pk for letter in letters} - skipped.keys() - held.keys()
    assert asked_for <= leaving
    assert leaving & (muted | paused) <= asked_for
    assert leaving & sated & by_email <= asked_for
    assert not skipped.keys() & held.keys()
    assert held.keys() <= by_email - muted
