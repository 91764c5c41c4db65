"""Who is reminded of a meeting that stands, once: those who come, and where it says so those who are silent."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError

from communities.models import Channel, Delivery, DeliveryState, Mailing, Priority
from config.celery import app
from meetings import announcing, reminding, tasks
from meetings.models import AnswerChannel, Choice, Invitation, MeetingPage, MeetingStatus, Reminder, ReminderKind
from tests.communities.factories import ResidentFactory, SuppressionFactory
from tests.communities.post.factories import DeliveryFactory
from tests.meetings.factories import AnnouncementFactory, AnswerFactory, InvitationFactory, MeetingPageFactory

pytestmark = pytest.mark.django_db

LONG_AGO = dt.datetime(2027, 2, 1, 10, tzinfo=dt.UTC)
STARTS = dt.datetime(2027, 3, 2, 17, 30, tzinfo=dt.UTC)  # half past six in Paris
EVE = dt.datetime(2027, 3, 1, 14, 0, tzinfo=dt.UTC)
A_WEEK_BEFORE = dt.datetime(2027, 2, 23, 14, 0, tzinfo=dt.UTC)
AN_HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def february() -> Iterator[None]:
    """Everything was announced and answered a month before."""
    with time_machine.travel(LONG_AGO, tick=False):
        yield


@pytest.fixture
def meeting() -> MeetingPage:
    meeting: MeetingPage = MeetingPageFactory(starts_at=STARTS)
    AnnouncementFactory(meeting=meeting)
    return meeting


def answered(meeting: MeetingPage, choice: Choice = Choice.YES, **facts: Any) -> Invitation:
    invitation: Invitation = AnswerFactory(invitation__meeting=meeting, choice=choice, **facts).invitation
    return invitation


def told(invitation: Invitation, **facts: Any) -> Delivery:
    """The invitation's letter, sent a month before."""
    sent = {"state": DeliveryState.SENT, "ended_at": LONG_AGO}
    thread = announcing.thread_of(invitation.meeting)
    letter: Delivery = DeliveryFactory(resident=invitation.resident, thread=thread, **sent | facts)
    return letter


def posted(kind: str = "reminder") -> list[int | None]:
    letters = Delivery.objects.filter(mailing__kind=kind).order_by("pk")
    return list(letters.values_list("resident_id", flat=True))


def test_the_clock_asks_every_five_minutes() -> None:
    assert {"task": tasks.remind.name, "schedule": 300.0} in app.conf.beat_schedule.values()


def test_the_tick_reminds_by_the_clock_of_the_moment(meeting: MeetingPage) -> None:
    coming = answered(meeting)

    with time_machine.travel(EVE, tick=False):
        tasks.remind(some_later_argument=1)

    assert posted() == [coming.resident_id]


def test_those_who_come_or_may_come_are_reminded_and_nobody_else(meeting: MeetingPage) -> None:
    coming, unsure = answered(meeting), answered(meeting, Choice.MAYBE)
    answered(meeting, Choice.NO)
    told(InvitationFactory(meeting=meeting))

    reminding.remind(now=EVE)

    assert sorted(posted()) == sorted([coming.resident_id, unsure.resident_id])
    assert {mailing.priority for mailing in Mailing.objects.filter(kind="reminder")} == {Priority.BULK}
    assert all(mailing.at_any_hour for mailing in Mailing.objects.filter(kind="reminder"))


def test_once_each_however_often_the_clock_ticks(meeting: MeetingPage) -> None:
    coming = answered(meeting)

    for minutes in range(0, 20, 5):
        reminding.remind(now=EVE + dt.timedelta(minutes=minutes))

    assert posted() == [coming.resident_id]


def test_the_ledger_refuses_a_second_line_for_one_start(meeting: MeetingPage) -> None:
    line = {"invitation": answered(meeting), "kind": ReminderKind.EVE, "starts_at": STARTS, "posted_at": EVE}
    Reminder.objects.create(**line)

    with pytest.raises(IntegrityError, match="one_reminder_per_invitation_kind_and_start"):
        Reminder.objects.create(**line)


def test_a_moved_meeting_has_a_reminder_of_its_new_start(meeting: MeetingPage) -> None:
    coming = answered(meeting)
    reminding.remind(now=EVE)
    a_week = dt.timedelta(days=7)
    MeetingPage.objects.filter(pk=meeting.pk).update(starts_at=STARTS + a_week, ends_at=meeting.ends_at + a_week)
    meeting.refresh_from_db()

    reminding.remind(now=EVE + a_week)
    assert posted() == [coming.resident_id], "not told of the new date yet"
    AnnouncementFactory(meeting=meeting, sequence=1, announced_at=EVE + AN_HOUR)
    Invitation.objects.update(sequence=1)
    reminding.remind(now=EVE + a_week)

    assert posted() == [coming.resident_id] * 2


def test_no_reminder_overtakes_a_letter_about_the_meeting(meeting: MeetingPage) -> None:
    update = told(answered(meeting), state=DeliveryState.PENDING, ended_at=None)

    reminding.remind(now=EVE)
    while_it_waits = posted()
    Delivery.objects.filter(pk=update.pk).update(state=DeliveryState.SENT, ended_at=EVE)
    reminding.remind(now=EVE + AN_HOUR)
    just_told = posted()
    reminding.remind(now=EVE + 18 * AN_HOUR)

    assert (while_it_waits, just_told) == ([], [])
    assert posted() == [update.resident_id]


@pytest.mark.parametrize("hours_ago", [1, 11])
def test_who_has_just_answered_is_reminded_later_or_never(hours_ago: int, meeting: MeetingPage) -> None:
    late = STARTS - 3 * AN_HOUR
    answered(meeting, answered_at=late - hours_ago * AN_HOUR)

    reminding.remind(now=late)

    assert posted() == []


def test_who_said_yes_that_morning_is_not_told_again_by_the_evening_before(meeting: MeetingPage) -> None:
    morning = EVE - 5 * AN_HOUR
    late = answered(meeting, answered_at=morning)

    reminding.remind(now=EVE)
    at_once = posted()
    reminding.remind(now=STARTS - 8 * AN_HOUR)

    assert at_once == []
    assert posted() == [late.resident_id]


@pytest.mark.parametrize(
    "changes",
    [
        {"status": MeetingStatus.CANCELLED},
        {"status": MeetingStatus.POSTPONED},
        {"status": MeetingStatus.HELD},
        {"starts_at": EVE - AN_HOUR},
    ],
)
def test_nobody_is_reminded_of_what_does_not_take_place(changes: dict[str, object], meeting: MeetingPage) -> None:
    answered(meeting)
    MeetingPage.objects.filter(pk=meeting.pk).update(**changes)

    reminding.remind(now=EVE)

    assert posted() == []


def test_a_meeting_that_cannot_be_reminded_of_does_not_hold_up_the_others(
    meeting: MeetingPage, caplog: pytest.LogCaptureFixture
) -> None:
    stuck = MeetingPageFactory(starts_at=STARTS - AN_HOUR)
    AnnouncementFactory(meeting=stuck, facts={})
    answered(stuck)
    coming = answered(meeting)

    reminding.remind(now=EVE)

    assert posted() == [coming.resident_id]
    assert f"No reminder of meeting {stuck.pk}" in caplog.text


def test_a_worker_down_all_night_reminds_in_the_morning(meeting: MeetingPage) -> None:
    coming = answered(meeting)

    reminding.remind(now=STARTS - 9 * AN_HOUR)

    assert posted() == [coming.resident_id]


def test_the_telephone_is_for_those_who_said_yes_and_have_nothing_else(meeting: MeetingPage) -> None:
    called = answered(meeting, invitation__resident=ResidentFactory(without_email=True))
    answered(meeting, Choice.MAYBE, invitation__resident=ResidentFactory(without_email=True))
    answered(meeting, invitation__resident=ResidentFactory(by_post=True))

    reminding.remind(now=EVE)

    (call,) = Delivery.objects.filter(mailing__kind="reminder")
    assert (call.resident, call.channel) == (called.resident, Channel.PHONE)


def test_a_blocked_address_leaves_the_telephone(meeting: MeetingPage) -> None:
    blocked = answered(meeting, invitation__resident=ResidentFactory(phone="0199000000"))
    SuppressionFactory(address=blocked.resident.email)

    reminding.remind(now=EVE)

    assert Delivery.objects.get(mailing__kind="reminder").channel == Channel.PHONE


def test_who_was_erased_is_not_reminded(meeting: MeetingPage) -> None:
    coming = answered(meeting)
    type(coming.resident).objects.filter(pk=coming.resident_id).update(erased_at=LONG_AGO)

    reminding.remind(now=EVE)

    assert posted() == []


def test_who_came_by_themselves_is_reminded_until_the_meeting_moves(meeting: MeetingPage) -> None:
    uninvited = AnswerFactory(
        invitation=InvitationFactory(meeting=meeting, registered=True), channel=AnswerChannel.WEB
    ).invitation
    later = STARTS + AN_HOUR
    MeetingPage.objects.filter(pk=meeting.pk).update(starts_at=later)

    reminding.remind(now=EVE + AN_HOUR)
    before = posted()
    MeetingPage.objects.filter(pk=meeting.pk).update(starts_at=STARTS)
    reminding.remind(now=EVE + AN_HOUR)

    assert before == []
    assert posted() == [uninvited.resident_id]


def test_the_silent_are_asked_once_more_only_where_the_meeting_says_so(meeting: MeetingPage) -> None:
    silent = InvitationFactory(meeting=meeting)
    told(silent)
    told(answered(meeting, Choice.NO))

    reminding.remind(now=A_WEEK_BEFORE)
    off = posted("nudge")
    MeetingPage.objects.filter(pk=meeting.pk).update(nudges_the_silent=True)
    reminding.remind(now=A_WEEK_BEFORE)
    reminding.remind(now=A_WEEK_BEFORE + AN_HOUR)

    assert off == []
    assert posted("nudge") == [silent.resident_id]
    assert not Mailing.objects.get(kind="nudge").at_any_hour


def test_nobody_is_asked_again_who_was_only_just_asked_or_never(meeting: MeetingPage) -> None:
    MeetingPage.objects.filter(pk=meeting.pk).update(nudges_the_silent=True)
    told(InvitationFactory(meeting=meeting), ended_at=A_WEEK_BEFORE - dt.timedelta(days=2))
    InvitationFactory(meeting=meeting)

    reminding.remind(now=A_WEEK_BEFORE)

    assert posted("nudge") == []


@pytest.mark.parametrize("people", [3, 30])
def test_a_tick_costs_the_same_queries_for_three_and_for_thirty(
    people: int, meeting: MeetingPage, django_assert_num_queries: Any
) -> None:
    AnswerFactory.create_batch(people, invitation__meeting=meeting)

    with django_assert_num_queries(17):
        reminding.remind(now=EVE)
    with django_assert_num_queries(11):
        reminding.remind(now=EVE + AN_HOUR)

    assert len(posted()) == people
