"""A meeting that takes place before Thursday's letter: whoever was sent enough hears of it in time."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from communities.digest_letter import lines_of
from communities.models import Delivery, DeliveryState, Mailing, Resident
from communities.post import digesting
from communities.post.kinds import letter_kinds
from meetings import announcing, reminding
from meetings.models import MeetingPage, ReminderKind
from meetings.updates import reconciling
from tests.communities.factories import MembershipFactory
from tests.communities.post.factories import DeliveryFactory
from tests.meetings.conftest import at, words
from tests.meetings.factories import AnnouncementFactory, MeetingPageFactory

PARIS = ZoneInfo("Europe/Paris")
HALF_AN_HOUR = dt.timedelta(minutes=31)
TWO_HOURS = dt.timedelta(hours=2)

pytestmark = pytest.mark.django_db


def november(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """Of 2026, by the town's clock: the 23rd is a Monday, the 26th a Thursday."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


FRIDAY, NEXT_MONDAY = november(27, 10), november(30, 18)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def reader(clock: time_machine.Traveller) -> Resident:
    """A member who was sent as many letters as there may be."""
    resident = MembershipFactory().resident
    DeliveryFactory.create_batch(4, resident=resident, state="sent", ended_at=timezone.now(), counts_as_unasked=True)
    return resident


def held(reader: Resident, *, starts_at: dt.datetime) -> MeetingPage:
    """A meeting of theirs, the invitation to which is held."""
    meeting = MeetingPageFactory(
        communities=list(reader.communities.all()), starts_at=starts_at, ends_at=starts_at + TWO_HOURS
    )
    announcing.announce(meeting=meeting, by=None, now=timezone.now())
    assert announcing.letters_of(meeting).get().is_held
    return meeting


def move(meeting: MeetingPage, *, to: dt.datetime) -> None:
    meeting = MeetingPage.objects.get(pk=meeting.pk)
    meeting.starts_at, meeting.ends_at = to, to + TWO_HOURS
    meeting.save_revision().publish()


def told(clock: time_machine.Traveller, *, on: dt.datetime) -> list[dt.datetime | None]:
    """When what a summary tells takes place, once the clock has struck then."""
    clock.move_to(on)
    digesting.keep(now=timezone.now())
    summaries = Delivery.objects.filter(mailing__kind=digesting.KIND)
    return [line.at for lines in lines_of(list(summaries)).values() for line in lines]


def test_an_invitation_held_on_friday_for_monday_is_told_on_friday_at_five(
    reader: Resident, clock: time_machine.Traveller
) -> None:
    held(reader, starts_at=NEXT_MONDAY)

    assert told(clock, on=november(27, 16, 55)) == []
    assert told(clock, on=november(27, 17)) == [NEXT_MONDAY]
    assert Delivery.objects.get(mailing__kind=digesting.KIND).resident == reader


def test_no_letter_beyond_the_cap_leaves_by_itself(reader: Resident, clock: time_machine.Traveller) -> None:
    held(reader, starts_at=NEXT_MONDAY)
    told(clock, on=november(27, 17))

    assert Delivery.objects.unasked(since=november(1, 0)).filter(resident=reader).count() == 4
    leaving = Delivery.objects.pending().filter(resident=reader)
    assert [letter.mailing.kind for letter in leaving] == [digesting.KIND]


def test_a_meeting_that_moves_away_is_not_brought_forward(reader: Resident, clock: time_machine.Traveller) -> None:
    meeting = held(reader, starts_at=NEXT_MONDAY)
    move(meeting, to=november(30, 18) + dt.timedelta(days=14))

    before_it_is_told_anew = told(clock, on=november(27, 17))
    clock.shift(HALF_AN_HOUR)
    reconciling.tick(now=timezone.now())

    assert before_it_is_told_anew == []
    assert told(clock, on=november(30, 9)) == []
    assert announcing.letters_of(meeting).held().count() == 1


def test_a_meeting_that_comes_nearer_is_told_with_its_new_date(reader: Resident, clock: time_machine.Traveller) -> None:
    meeting = held(reader, starts_at=NEXT_MONDAY + dt.timedelta(days=14))
    move(meeting, to=NEXT_MONDAY)
    clock.shift(HALF_AN_HOUR)
    reconciling.tick(now=timezone.now())

    assert told(clock, on=november(27, 17)) == [NEXT_MONDAY]


def test_a_change_that_falls_into_a_break_is_told_after_it_and_before_the_meeting(
    reader: Resident, clock: time_machine.Traveller
) -> None:
    Delivery.objects.all().update(counts_as_unasked=False)
    meeting = MeetingPageFactory(communities=list(reader.communities.all()), starts_at=november(30, 8))
    announcing.announce(meeting=meeting, by=None, now=timezone.now())
    announcing.letters_of(meeting).update(state=DeliveryState.SENT, ended_at=timezone.now())
    Resident.objects.filter(pk=reader.pk).update(paused_until=november(28, 12))
    move(meeting, to=NEXT_MONDAY)
    clock.shift(HALF_AN_HOUR)
    reconciling.tick(now=timezone.now())

    assert Mailing.objects.filter(kind="update").exists()
    assert told(clock, on=november(28, 9)) == []
    assert told(clock, on=november(28, 17)) == [NEXT_MONDAY]


def test_a_letter_about_a_meeting_says_when_it_takes_place(clock: time_machine.Traveller) -> None:
    announcement = AnnouncementFactory(meeting__starts_at=NEXT_MONDAY, meeting__ends_at=NEXT_MONDAY + TWO_HOURS)
    of_the_start = reminding.key_of(announcement.meeting, reminding.SILENT)
    keys = dict.fromkeys(reminding.LETTER_KINDS.values(), of_the_start)
    keys |= dict.fromkeys(["invitation", "update", "cancellation", "withdrawal"], str(announcement.pk))

    times = {kind: letter_kinds[kind].happens_at(mailing=Mailing(kind=kind, key=key)) for kind, key in keys.items()}

    assert times == dict.fromkeys(keys, NEXT_MONDAY)
    assert reminding.LETTER_KINDS[ReminderKind.NUDGE] in times


@pytest.mark.parametrize(
    ("starts_at", "when"),
    [
        (NEXT_MONDAY, "they read this one in a summary, sent before the meeting."),
        (november(30, 18) + dt.timedelta(days=4), "they read this one in the weekly letter, on Thursday."),
    ],
)
def test_before_sending_staff_read_when_those_who_are_spared_will_know(
    desk: Client, reader: Resident, starts_at: dt.datetime, when: str
) -> None:
    meeting = MeetingPageFactory(
        communities=list(reader.communities.all()), starts_at=starts_at, ends_at=starts_at + TWO_HOURS
    )

    for page in ("send", "to_invite"):
        shown = words(desk.get(at(page, meeting)))
        assert f"1 person has already been sent 4 letters in thirty days: {when}" in shown
