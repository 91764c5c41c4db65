"""Whoever's letter is kept for Thursday was told nothing yet: what changes meanwhile is told on Thursday, once."""

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from communities import digest_letter
from communities.models import Delivery, DeliveryState, Mailing, Resident
from communities.post import digesting
from communities.post.kinds import DigestLine
from meetings import announcing
from meetings.models import Invitation, MeetingPage
from meetings.updates import reconciling
from tests.communities.factories import MembershipFactory
from tests.communities.post.factories import DeliveryFactory
from tests.meetings.factories import AnswerFactory, MeetingPageFactory, evening

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
THURSDAY = dt.datetime(2026, 11, 26, 8, 5, tzinfo=dt.UTC)  # five past nine in the town
LATER = dt.timedelta(minutes=31)
DAY = dt.timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def reader(clock) -> Resident:
    """A member who was sent as many letters as there may be."""
    resident = MembershipFactory(resident__name="Ada Terril").resident
    DeliveryFactory.create_batch(4, resident=resident, state="sent", ended_at=timezone.now(), counts_as_unasked=True)
    return resident


@pytest.fixture
def meeting(reader: Resident) -> MeetingPage:
    """Their invitation to it is kept for Thursday."""
    meeting = MeetingPageFactory(communities=list(reader.communities.all()), starts_at=evening(in_days=20))
    announcing.announce(meeting=meeting, by=None, now=timezone.now())
    assert letters(reader) == ["held"]
    return meeting


def letters(reader: Resident) -> list[str]:
    """The states of what they were posted about the meeting."""
    told = Delivery.objects.filter(resident=reader).exclude(thread="").order_by("pk")
    return list(told.values_list("state", flat=True))


def publish(meeting: MeetingPage, **changes: object) -> MeetingPage:
    meeting = MeetingPage.objects.get(pk=meeting.pk)
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.save_revision().publish()
    return MeetingPage.objects.get(pk=meeting.pk)


def move(meeting: MeetingPage) -> MeetingPage:
    later = meeting.starts_at + 7 * DAY
    return publish(meeting, starts_at=later, ends_at=later + dt.timedelta(hours=2))


def tick(clock, *, after: dt.timedelta = LATER) -> None:
    clock.shift(after)
    reconciling.tick(now=timezone.now())


def on_thursday(clock) -> list[DigestLine]:
    """The lines of the letter that leaves then."""
    clock.move_to(THURSDAY)
    digesting.keep(now=timezone.now())
    weekly = Delivery.objects.filter(mailing__kind=digesting.KIND)
    with override("fr"):
        return [line for lines in digest_letter.lines_of(list(weekly)).values() for line in lines]


def test_a_meeting_that_moves_before_thursday_is_one_line_with_its_new_date(
    reader: Resident, meeting: MeetingPage, clock
) -> None:
    moved = move(meeting)
    tick(clock)

    (line,) = on_thursday(clock)

    assert line.at == moved.starts_at
    assert letters(reader) == ["skipped", "held"]
    assert not Mailing.objects.filter(kind="update").exists()
    assert Invitation.objects.get().sequence == 1


def test_a_meeting_called_off_before_thursday_is_told_to_nobody(reader: Resident, meeting: MeetingPage, clock) -> None:
    publish(meeting, status="cancelled", status_reason="La salle est inondée.")
    tick(clock)

    assert on_thursday(clock) == []
    assert letters(reader) == ["skipped"]
    assert not Mailing.objects.filter(kind="cancellation").exists()


def test_what_did_not_change_stays_where_it_is(reader: Resident, meeting: MeetingPage, clock) -> None:
    publish(meeting, summary="Venez nombreux.")
    tick(clock)

    assert len(on_thursday(clock)) == 1
    assert letters(reader) == ["held"]


def test_a_title_put_right_is_read_as_it_is_published(meeting: MeetingPage, clock) -> None:
    publish(meeting, title=f"{meeting.title}s")
    MeetingPage.objects.filter(pk=meeting.pk).update(title="Le grand rangement")

    (line,) = on_thursday(clock)

    assert line.title == "Le grand rangement"


def test_once_the_weekly_letter_has_left_a_move_is_an_update(reader: Resident, meeting: MeetingPage, clock) -> None:
    on_thursday(clock)
    Delivery.objects.filter(mailing__kind=digesting.KIND).update(state="sent", ended_at=timezone.now())
    move(meeting)

    tick(clock)

    assert Mailing.objects.filter(kind="update").count() == 1


def test_a_weekly_letter_that_waits_loses_its_line_to_the_new_date(
    reader: Resident, meeting: MeetingPage, clock
) -> None:
    on_thursday(clock)
    move(meeting)

    tick(clock)

    assert letters(reader) == ["skipped", "held"]
    weekly = Delivery.objects.get(mailing__kind=digesting.KIND)
    assert digesting.let_go([weekly], now=timezone.now()) == set()


def test_while_the_weekly_letter_is_in_a_workers_hands_nothing_is_decided(
    reader: Resident, meeting: MeetingPage, clock
) -> None:
    on_thursday(clock)
    move(meeting)
    weekly = Delivery.objects.filter(mailing__kind=digesting.KIND)
    weekly.update(claim=uuid4(), claimed_until=timezone.now() + 2 * LATER)

    tick(clock)

    assert letters(reader) == ["held"]


def test_whoever_said_yes_is_written_to_at_once_however_many_letters_they_had_and_in_a_break(
    reader: Resident, meeting: MeetingPage, clock
) -> None:
    AnswerFactory(invitation=Invitation.objects.get(), answered_at=timezone.now())
    Resident.objects.filter(pk=reader.pk).update(paused_until=timezone.now() + 30 * DAY)
    move(meeting)

    tick(clock, after=LATER)

    assert letters(reader) == ["skipped", "pending"]


def test_a_change_that_falls_into_a_break_is_a_line_of_the_letter_after_it(reader: Resident, clock) -> None:
    meeting = MeetingPageFactory(communities=list(reader.communities.all()), starts_at=evening(in_days=20))
    Delivery.objects.all().update(counts_as_unasked=False)
    announcing.announce(meeting=meeting, by=None, now=timezone.now())
    Delivery.objects.exclude(thread="").update(state=DeliveryState.SENT, ended_at=timezone.now())
    Resident.objects.filter(pk=reader.pk).update(paused_until=timezone.now() + DAY)
    moved = move(meeting)
    tick(clock)

    (line,) = on_thursday(clock)

    assert line.title == f"Changement\u00a0: {meeting.title}"
    assert line.at == moved.starts_at
    assert "/r/" in line.url
