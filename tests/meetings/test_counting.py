"""A year later names go, and every page shows the same numbers as before."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from communities.models import ArchivedRecord, Resident, RetentionRun
from communities.retention import deciding, nightly
from meetings import announcing, counting, keeping
from meetings.desk import reading, turnout
from meetings.models import (
    Announcement,
    Answer,
    AnswerChannel,
    Choice,
    Invitation,
    InvitationOrigin,
    MeetingPage,
    MeetingTurnout,
    Registration,
    WaitingPlace,
)
from tests.communities.factories import NeighbourhoodFactory, ResidentFactory
from tests.factories import StaffFactory
from tests.meetings.factories import (
    AnnouncementFactory,
    AnswerFactory,
    InvitationFactory,
    MeetingPageFactory,
    RegistrationFactory,
    WaitingPlaceFactory,
)

ENDED = dt.datetime(2026, 3, 1, 20, tzinfo=dt.UTC)
A_YEAR_LATER = dt.datetime(2027, 3, 2, 3, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.django_db


def a_meeting(**facts: Any) -> MeetingPage:
    times = {"starts_at": ENDED - dt.timedelta(hours=2), "ends_at": ENDED}
    meeting: MeetingPage = MeetingPageFactory(**times | facts)
    return meeting


@pytest.fixture
def meeting() -> MeetingPage:
    """Eleven were invited; six of the Centre and one of elsewhere come, some with guests; two do not, one might."""
    held = a_meeting(capacity=30)
    AnnouncementFactory(meeting=held)
    centre = NeighbourhoodFactory(name="Centre")
    for guests in range(6):
        says(held, Choice.YES, guests=guests, resident=ResidentFactory(neighbourhood=centre))
    says(held, Choice.YES, channel=AnswerChannel.PHONE)
    says(held, Choice.NO)
    says(held, Choice.NO)
    says(held, Choice.MAYBE)
    InvitationFactory(meeting=held)
    RegistrationFactory(meeting=held, confirmed=True)
    return held


def says(meeting: MeetingPage, choice: Choice, *, guests: int = 0, resident: Any = None, **facts: Any) -> Answer:
    invitation = InvitationFactory(meeting=meeting, resident=resident or ResidentFactory())
    answered = {"answered_at": ENDED - DAY, "channel": AnswerChannel.WEB} | facts
    answer: Answer = AnswerFactory(invitation=invitation, choice=choice, guests=guests, **answered)
    return answer


def count(*meetings: MeetingPage) -> None:
    counting.count(meetings=[meeting.pk for meeting in meetings], now=A_YEAR_LATER)


def shown(meeting: MeetingPage) -> dict[str, Any]:
    """Every number that the desk's pages show of it."""
    row = reading.meetings().with_figures().get(pk=meeting.pk)
    figures = turnout.of(meeting, now=A_YEAR_LATER)
    names = ("yes", "no", "maybe", "silent", "people", "held", "left", "missing", "in_line", "offered")
    return {name: getattr(figures, name) for name in names} | {
        "invited": row.invited,
        "answered": row.answered,
        "coming": row.coming,
        "is_announced": row.is_announced,
        "was_sent": announcing.was_sent(meeting_id=meeting.pk),
        "is_known": MeetingPage.objects.announced().filter(pk=meeting.pk).exists(),
        "is_counted_on": MeetingPage.objects.counted_on().filter(pk=meeting.pk).exists(),
    }


def test_the_numbers_shown_before_are_those_shown_after(meeting: MeetingPage) -> None:
    before = shown(meeting)
    assert (before["yes"], before["people"], before["invited"], before["silent"]) == (7, 22, 11, 1)

    count(meeting)

    assert shown(meeting) == before
    for gone in (Invitation, Answer, Registration):
        assert not gone.objects.exists()


def test_a_meeting_nobody_was_told_of_by_us_keeps_its_numbers_too() -> None:
    walked_in = a_meeting()
    says(walked_in, Choice.YES)
    Invitation.objects.update(origin=InvitationOrigin.STAFF)
    before = shown(walked_in)
    assert before["is_announced"] is False

    count(walked_in)

    assert shown(walked_in) == before


def test_what_was_told_stays_with_its_sequence_and_the_page_is_kept_as_before(meeting: MeetingPage) -> None:
    sequences = list(Announcement.objects.values_list("sequence", flat=True))

    count(meeting)

    assert list(Announcement.objects.values_list("sequence", flat=True)) == sequences
    for refuse in (keeping.refuse_to_delete, keeping.refuse_to_unpublish):
        with pytest.raises((keeping.CannotBeDeleted, keeping.CannotBeUnpublished)):
            refuse(pages=[meeting])


def test_counting_again_changes_nothing_and_a_late_row_is_added(meeting: MeetingPage) -> None:
    count(meeting)
    before = shown(meeting)
    count(meeting)
    assert shown(meeting) == before

    says(meeting, Choice.YES, guests=1)
    with_one_more = shown(meeting)
    count(meeting)

    assert shown(meeting) == with_one_more
    assert (with_one_more["people"], with_one_more["invited"]) == (before["people"] + 2, before["invited"] + 1)


def test_an_answer_that_was_replaced_or_asked_again_does_not_count(meeting: MeetingPage) -> None:
    changed = says(meeting, Choice.YES, is_current=False, outdated_by=2).invitation
    AnswerFactory(invitation=changed, choice=Choice.NO)
    before = shown(meeting)

    count(meeting)

    assert shown(meeting) == before


def test_whoever_answered_keeps_the_day_of_it_so_that_nobody_asks_them_whether_to_stay(meeting: MeetingPage) -> None:
    count(meeting)

    assert Resident.objects.filter(heard_at=ENDED - DAY).count() == 10


def test_no_number_under_five_is_left_by_neighbourhood_or_means(meeting: MeetingPage) -> None:
    count(meeting)

    counted = MeetingTurnout.objects.get()
    assert counted.by_neighbourhood == {"": 7}
    assert counted.by_channel == {"": 7}


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 30), max_size=8))
def test_small_numbers_are_put_together_and_nobody_is_lost(numbers: dict[str, int]) -> None:
    kept = counting.without_small_numbers(numbers)

    assert sum(kept.values()) == sum(numbers.values())
    assert all(number >= counting.FEW for number in kept.values()) or list(kept) == [""]
    assert all(kept[name] == numbers[name] for name in kept if name)


def test_large_numbers_stay_by_themselves() -> None:
    assert counting.without_small_numbers({"Centre": 6, "Cité 5": 9}) == {"Centre": 6, "Cité 5": 9}
    assert counting.without_small_numbers({"Centre": 6, "Cité 5": 9, "Est": 2}) == {"Cité 5": 9, "": 8}


def test_the_night_counts_what_ended_a_year_ago_once_a_person_said_yes(meeting: MeetingPage) -> None:
    recent = a_meeting(starts_at=ENDED + 5 * DAY, ends_at=ENDED + 6 * DAY)
    says(recent, Choice.YES)
    nightly.run(room="meetings", now=A_YEAR_LATER)
    assert not MeetingTurnout.objects.exists()

    administrator = StaffFactory(administration=True)
    yes = {"runs": True, "number_seen": 1, "by": administrator, "now": A_YEAR_LATER}
    deciding.decide(name="meetings.answers", **yes)
    for _again in range(2):
        nightly.run(room="meetings", now=A_YEAR_LATER)

    assert [counted.meeting_id for counted in MeetingTurnout.objects.all()] == [meeting.pk]
    assert Invitation.objects.filter(meeting=recent).exists()
    facts = ArchivedRecord.objects.get().facts
    assert (facts["title"], facts["people"], facts["asked"]) == (meeting.title, 22, 11)
    assert RetentionRun.objects.get(rule="meetings.answers").number == 1


def test_places_in_line_go_with_the_rest(meeting: MeetingPage) -> None:
    WaitingPlaceFactory(invitation=Invitation.objects.filter(answers=None).first(), left=True)

    count(meeting)

    assert not WaitingPlace.objects.exists()


@time_machine.travel(A_YEAR_LATER, tick=False)
@pytest.mark.parametrize("page", ["answers", "invitations"])
def test_the_desk_says_why_there_are_figures_and_no_names(client: Client, meeting: MeetingPage, page: str) -> None:
    count(meeting)
    client.force_login(StaffFactory(participation=True))

    answer = client.get(reverse(f"meetings_desk:{page}", args=[meeting.pk]))

    assert answer.status_code == 200
    if page == "answers":
        text = answer.content.decode()
        assert "figures are left" in text
        assert "<strong>7</strong> yes" in text


@pytest.mark.parametrize("size", [1, 15])
def test_a_batch_costs_the_same_queries_however_many_answered(size: int, django_assert_max_num_queries: Any) -> None:
    held = a_meeting()
    for _each in range(size):
        says(held, Choice.YES)

    with django_assert_max_num_queries(22):
        count(held)
