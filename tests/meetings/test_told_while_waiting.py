"""Who waits for a seat counts on the meeting; whose yes was for another date does not come until they say so again."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from communities import consent
from communities.models import Channel, Delivery
from communities.post.kinds import letter_kinds
from meetings import announcing, reminding
from meetings.models import Answer, Invitation, MeetingPage
from meetings.seating import seats, waiting
from meetings.updates import counting_on, reconciling
from tests.communities.post.factories import DeliveryFactory
from tests.meetings.factories import (
    AnnouncementFactory,
    AnswerFactory,
    InvitationFactory,
    MeetingPageFactory,
    WaitingPlaceFactory,
)

pytestmark = pytest.mark.django_db

LONG_AGO = dt.datetime(2027, 2, 1, 10, tzinfo=dt.UTC)
STARTS = dt.datetime(2027, 3, 2, 17, 30, tzinfo=dt.UTC)
EVE = dt.datetime(2027, 3, 1, 14, 0, tzinfo=dt.UTC)
A_WEEK_BEFORE = dt.datetime(2027, 2, 23, 14, 0, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(LONG_AGO, tick=False) as clock:
        yield clock


@pytest.fixture
def full() -> MeetingPage:
    """One seat, taken by Odile."""
    meeting: MeetingPage = MeetingPageFactory(starts_at=STARTS, capacity=1, nudging=True)
    AnnouncementFactory(meeting=meeting)
    AnswerFactory(invitation__meeting=meeting, invitation__resident__name="Odile Chevalet")
    return meeting


def in_line(meeting: MeetingPage, **facts: Any) -> Invitation:
    """Someone who waits, was told of the meeting long ago, and wants no announcements any more."""
    invitation: Invitation = WaitingPlaceFactory(invitation__meeting=meeting, **facts).invitation
    consent.withdraw_everything(resident=invitation.resident, channel=Channel.EMAIL, origin="page", now=timezone.now())
    return invitation


def publish(meeting: MeetingPage, **changes: Any) -> None:
    MeetingPage.objects.filter(pk=meeting.pk).update(**changes)
    reconciling.reconcile(meeting=MeetingPage.objects.get(pk=meeting.pk), now=timezone.now(), at_once=True)


def move(meeting: MeetingPage) -> None:
    publish(meeting, starts_at=STARTS + WEEK, ends_at=meeting.ends_at + WEEK)


def sent() -> None:
    Delivery.objects.update(state="sent", ended_at=timezone.now())


def tell(*invitations: Invitation) -> None:
    """Their invitations, sent long ago."""
    for invitation in invitations:
        thread = announcing.thread_of(invitation.meeting)
        DeliveryFactory(resident=invitation.resident, thread=thread, state="sent", ended_at=LONG_AGO)


def posted(kind: str) -> set[int | None]:
    return set(Delivery.objects.filter(mailing__kind=kind).values_list("resident_id", flat=True))


@pytest.mark.parametrize("facts", [{}, {"offered": True}], ids=["in line", "with an offer"])
def test_who_waits_for_a_seat_is_told_of_a_move_and_of_a_cancellation(
    full: MeetingPage, facts: dict[str, bool]
) -> None:
    waits = in_line(full, **facts)

    move(full)
    sent()
    publish(full, status="cancelled", status_reason="La salle est inondée.")

    assert waits.resident_id in posted("update")
    assert waits.resident_id in posted("cancellation")
    assert Delivery.objects.filter(resident=waits.resident, state="skipped").count() == 0


def test_who_left_the_list_and_said_nothing_else_counts_on_it_no_more(full: MeetingPage) -> None:
    left = WaitingPlaceFactory(invitation__meeting=full, left=True).invitation

    assert left.resident_id not in counting_on.residents(meeting=full)


def test_who_said_no_and_waits_since_counts_on_it(full: MeetingPage) -> None:
    answer = AnswerFactory(invitation__meeting=full, no=True)

    waiting.join(invitation=answer.invitation, guests=0, now=timezone.now())

    assert answer.invitation.resident_id in counting_on.residents(meeting=full)


def test_who_waits_is_neither_asked_for_an_answer_nor_reminded_as_coming(full: MeetingPage) -> None:
    waits, silent = in_line(full), InvitationFactory(meeting=full)
    tell(waits, silent)

    reminding.remind(now=A_WEEK_BEFORE)
    reminding.remind(now=EVE)

    assert posted("nudge") == {silent.resident_id}
    assert waits.resident_id not in posted("reminder")


def test_who_has_a_seat_at_last_is_reminded(full: MeetingPage) -> None:
    waits = in_line(full)
    Answer.objects.all().delete()
    waiting.answer_or_wait(invitation=waits, choice="yes", guests=0, channel="mail", now=timezone.now())
    sent()

    reminding.remind(now=EVE)

    assert posted("reminder") == {waits.resident_id}


def test_a_nudge_that_waits_does_not_reach_who_stands_in_line_meanwhile(full: MeetingPage) -> None:
    silent = InvitationFactory(meeting=full)
    tell(silent)
    reminding.remind(now=A_WEEK_BEFORE)
    nudge = Delivery.objects.get(mailing__kind="nudge")

    WaitingPlaceFactory(invitation=silent)

    reasons = letter_kinds["nudge"].still_true(mailing=nudge.mailing, deliveries=[nudge], now=A_WEEK_BEFORE)
    assert set(reasons) == {nudge.pk}


def test_a_yes_to_another_date_takes_no_seat_and_is_not_reminded_as_coming(full: MeetingPage, clock: Any) -> None:
    odile = Invitation.objects.get()
    clock.shift(dt.timedelta(hours=1))
    MeetingPage.objects.filter(pk=full.pk).update(last_published_at=timezone.now())
    move(full)
    sent()

    reminding.remind(now=EVE)
    reminding.remind(now=EVE + WEEK)

    assert posted("update") == {odile.resident_id}
    assert posted("reminder") == set()
    assert seats.left(meeting=full, now=EVE) == 1


def test_whoever_says_yes_to_the_new_date_is_reminded_of_it(full: MeetingPage, clock: Any) -> None:
    odile = Invitation.objects.get()
    clock.shift(dt.timedelta(hours=1))
    MeetingPage.objects.filter(pk=full.pk).update(last_published_at=timezone.now())
    move(full)
    sent()
    AnswerFactory(invitation=odile, answered_at=timezone.now())

    reminding.remind(now=EVE)
    too_early = posted("reminder")
    reminding.remind(now=EVE + WEEK)

    assert too_early == set()
    assert posted("reminder") == {odile.resident_id}
