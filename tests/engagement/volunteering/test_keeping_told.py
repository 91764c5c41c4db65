"""Shifts in a calendar follow their day: once the meeting's letter has told that it moved, or is off."""

import datetime as dt

import pytest
from django.utils import timezone

from communities.models import Delivery, Mailing
from communities.post.kinds import letter_kinds
from engagement.models import Volunteer
from engagement.volunteering import keeping_told, signing_up, telling
from engagement.volunteering.wishes import Wish
from meetings.models import AnswerChannel, MeetingPage, MeetingStatus
from meetings.updates import reconciling
from tests.communities.factories import ResidentFactory
from tests.engagement.factories_of_work_days import ShiftFactory
from tests.meetings.factories import open_a_mailbox

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


@pytest.fixture
def volunteer():
    open_a_mailbox()
    shift = ShiftFactory()
    wish = Wish(shifts=frozenset({shift.pk}))
    return signing_up.sign_up(
        work_day=shift.work_day,
        resident=ResidentFactory(),
        wish=wish,
        channel=AnswerChannel.MAIL,
        now=timezone.now(),
    )


def change(volunteer: Volunteer, **facts) -> None:
    MeetingPage.objects.filter(pk=volunteer.work_day.meeting_id).update(**facts)


def tell_everyone(volunteer: Volunteer) -> None:
    meeting = MeetingPage.objects.get(pk=volunteer.work_day.meeting_id)
    reconciling.reconcile(meeting=meeting, now=timezone.now(), at_once=True)


def letters(kind: str) -> int:
    return Delivery.objects.filter(mailing__kind=kind).count()


def entry_in_last(kind: str) -> str:
    mailing = Mailing.objects.filter(kind=kind).last()
    return letter_kinds[kind].compose(mailing=mailing, language="fr").calendar.content.decode()


def test_nothing_is_said_while_nothing_changed(volunteer):
    keeping_told.tick(now=timezone.now())

    assert letters(telling.MOVED_LETTER) == letters(telling.OFF_LETTER) == 0


def test_shifts_wait_for_the_letter_of_the_meeting_then_follow_once(volunteer):
    meeting = volunteer.work_day.meeting
    change(volunteer, starts_at=meeting.starts_at + WEEK, ends_at=meeting.ends_at + WEEK)
    keeping_told.tick(now=timezone.now())
    assert letters(telling.MOVED_LETTER) == 0

    tell_everyone(volunteer)
    keeping_told.tick(now=timezone.now())
    keeping_told.tick(now=timezone.now())

    assert letters(telling.MOVED_LETTER) == 1
    moved = meeting.starts_at + WEEK
    assert f"DTSTART;TZID=Europe/Paris:{timezone.localtime(moved):%Y%m%dT%H%M%S}" in entry_in_last(telling.MOVED_LETTER)


def test_a_cancelled_day_takes_the_shifts_out_once(volunteer):
    change(volunteer, status=MeetingStatus.CANCELLED, status_reason="Pluie.")
    tell_everyone(volunteer)

    keeping_told.tick(now=timezone.now())
    keeping_told.tick(now=timezone.now())

    assert letters(telling.OFF_LETTER) == 1
    assert "STATUS:CANCELLED" in entry_in_last(telling.OFF_LETTER)


def test_a_day_that_is_on_again_brings_them_back(volunteer):
    meeting = volunteer.work_day.meeting
    change(volunteer, status=MeetingStatus.POSTPONED, status_reason="Pluie.")
    tell_everyone(volunteer)
    keeping_told.tick(now=timezone.now())
    assert letters(telling.OFF_LETTER) == 1
    later = {"starts_at": meeting.starts_at + WEEK, "ends_at": meeting.ends_at + WEEK}
    change(volunteer, status=MeetingStatus.CONFIRMED, **later)
    tell_everyone(volunteer)

    keeping_told.tick(now=timezone.now())

    assert letters(telling.MOVED_LETTER) == 1


def test_whoever_withdrew_is_left_alone(volunteer):
    signing_up.withdraw(volunteer=volunteer, channel=AnswerChannel.MAIL, now=timezone.now())
    change(volunteer, status=MeetingStatus.CANCELLED, status_reason="Pluie.")
    tell_everyone(volunteer)

    keeping_told.tick(now=timezone.now())

    assert letters(telling.OFF_LETTER) == 0
