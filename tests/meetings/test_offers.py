"""Until when an offered seat stands, and to whom it goes next."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from communities.models import Mailing
from meetings import rsvp
from meetings.models import AnswerChannel, Choice, MeetingPage, WaitingPlace, WaitingState
from meetings.seating import offers, seats, waiting
from tests.meetings.factories import AnswerFactory, InvitationFactory, MeetingPageFactory

PARIS = ZoneInfo("Europe/Paris")
NOON = dt.datetime(2027, 3, 1, 12, tzinfo=PARIS)


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2027, 3, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("now", "starts_at", "until"),
    [
        pytest.param(at(1, 12), at(20, 18), at(2, 12), id="a day, when there is time"),
        pytest.param(at(1, 12), at(2, 12), at(2, 0), id="half of what is left, when the meeting is near"),
        pytest.param(at(1, 12), at(1, 13, 30), at(1, 13), id="an hour at least"),
        pytest.param(at(1, 12), at(1, 13), None, id="nothing in the last hour"),
        pytest.param(at(1, 12), at(1, 11), None, id="nothing once it began"),
        pytest.param(at(1, 22), at(20, 18), at(3, 8), id="an evening's offer counts from the next morning"),
        pytest.param(at(1, 3), at(20, 18), at(2, 8), id="a night's offer counts from the same morning"),
        pytest.param(at(1, 20), at(2, 18), at(2, 13), id="half of the day that is left after the night"),
        pytest.param(at(1, 23), at(2, 8, 30), at(2, 3, 45), id="a meeting at dawn leaves no morning to wait for"),
    ],
)
def test_an_offer_leaves_time_to_answer(now: dt.datetime, starts_at: dt.datetime, until: dt.datetime | None) -> None:
    assert offers.deadline(starts_at=starts_at, now=now) == until


@pytest.fixture
def meeting(db: None) -> MeetingPage:
    """Four seats, taken by Odile and her three guests."""
    meeting = MeetingPageFactory(capacity=4, starts_at=NOON + dt.timedelta(days=10))
    AnswerFactory(invitation__meeting=meeting, invitation__resident__name="Odile Chevalet", guests=3)
    return meeting


def waits(meeting: MeetingPage, *, guests: int = 0, now: dt.datetime = NOON) -> WaitingPlace:
    return waiting.join(invitation=InvitationFactory(meeting=meeting), guests=guests, now=now)


def say(place_or_meeting, choice=Choice.YES, *, guests=0, now=NOON):
    invitation = getattr(place_or_meeting, "invitation", None) or place_or_meeting.invitations.get(
        resident__name="Odile Chevalet"
    )
    return rsvp.answer(invitation=invitation, choice=choice, guests=guests, channel=AnswerChannel.MAIL, now=now)


def states(*places: WaitingPlace) -> list[str]:
    return [WaitingPlace.objects.get(pk=place.pk).state for place in places]


def test_a_freed_seat_is_offered_to_the_first_in_line_and_held_for_them(meeting: MeetingPage) -> None:
    first, second = waits(meeting), waits(meeting)

    say(meeting, guests=2)

    assert states(first, second) == ["offered", "waiting"]
    assert seats.left(meeting=meeting, now=NOON) == 0
    assert Mailing.objects.filter(kind=offers.OFFER_LETTER, key=str(first.pk)).count() == 1


def test_a_party_too_large_is_passed_over_and_keeps_its_place(meeting: MeetingPage) -> None:
    family, single = waits(meeting, guests=2), waits(meeting)

    say(meeting, guests=2)
    assert states(family, single) == ["waiting", "offered"]

    say(meeting, Choice.NO)

    assert states(family, single) == ["offered", "offered"]


def test_nobody_who_comes_later_passes_before_a_party_that_fits(meeting: MeetingPage) -> None:
    waits(meeting, guests=1)
    say(meeting, Choice.NO)
    late = InvitationFactory(meeting=meeting)

    with pytest.raises(rsvp.Full):
        rsvp.answer(invitation=late, choice=Choice.YES, guests=2, channel=AnswerChannel.WEB, now=NOON)


def test_a_seat_freed_by_other_means_goes_to_the_line_before_a_newcomer(meeting: MeetingPage) -> None:
    place = waits(meeting)
    MeetingPage.objects.filter(pk=meeting.pk).update(capacity=5)

    with pytest.raises(rsvp.Full):
        rsvp.answer(
            invitation=InvitationFactory(meeting=meeting), choice=Choice.YES, channel=AnswerChannel.WEB, now=NOON
        )
    waiting.keep_all(now=NOON)

    assert states(place) == ["offered"]


def test_taking_the_offer_seats_them_and_tells_them_with_a_letter(meeting: MeetingPage) -> None:
    place = waits(meeting, guests=1)
    say(meeting, Choice.NO)

    answer = say(place, guests=1)

    assert states(place) == ["seated"]
    assert seats.left(meeting=meeting, now=NOON) == 2
    assert Mailing.objects.get(kind=offers.SEATED_LETTER).key == str(answer.pk)


def test_taking_fewer_seats_than_were_offered_gives_the_rest_to_the_next(meeting: MeetingPage) -> None:
    pair, next_one = waits(meeting, guests=1), waits(meeting, guests=2)
    say(meeting, Choice.NO)
    assert states(next_one) == ["waiting"]

    say(pair, guests=0)

    assert states(pair, next_one) == ["seated", "offered"]


def test_saying_no_to_an_offer_leaves_the_list_and_the_seat_goes_on(meeting: MeetingPage) -> None:
    first, second = waits(meeting, guests=3), waits(meeting, guests=3)
    say(meeting, Choice.NO)

    say(first, Choice.NO)

    assert states(first, second) == ["left", "offered"]


def test_an_offer_whose_time_is_over_goes_to_the_next_and_its_reader_is_told(meeting: MeetingPage) -> None:
    first, second = waits(meeting, guests=3), waits(meeting, guests=3)
    say(meeting, Choice.NO)
    later = NOON + offers.LASTS_AT_MOST

    waiting.keep_all(now=later)
    waiting.keep_all(now=later)

    assert states(first, second) == ["lapsed", "offered"]
    assert Mailing.objects.filter(kind=offers.LAPSED_LETTER, key=str(first.pk)).count() == 1
    assert Mailing.objects.filter(kind=offers.OFFER_LETTER, key=str(second.pk)).count() == 1


def test_who_let_an_offer_pass_may_stand_at_the_end_of_the_line_again(meeting: MeetingPage) -> None:
    first, second, third = waits(meeting, guests=3), waits(meeting, guests=3), waits(meeting, guests=3)
    say(meeting, Choice.NO)
    later = NOON + offers.LASTS_AT_MOST

    again = waiting.join(invitation=first.invitation, guests=3, now=later)

    assert states(first, second, third, again) == ["lapsed", "offered", "waiting", "waiting"]
    assert waiting.number_in_line(again) == 2


def test_in_the_last_hour_nothing_is_offered_and_seats_go_to_whoever_answers(meeting: MeetingPage) -> None:
    place = waits(meeting, guests=1)
    at_the_door = meeting.starts_at - dt.timedelta(minutes=30)
    say(meeting, Choice.NO, now=at_the_door)
    newcomer = InvitationFactory(meeting=meeting)

    rsvp.answer(invitation=newcomer, choice=Choice.YES, guests=3, channel=AnswerChannel.PHONE, now=at_the_door)

    assert states(place) == ["waiting"]
    with pytest.raises(waiting.TooLateToWait):
        waits(meeting, now=at_the_door)


def test_a_meeting_that_begins_ends_the_wait(meeting: MeetingPage) -> None:
    place = waits(meeting)

    waiting.keep_all(now=meeting.starts_at)

    assert states(place) == [WaitingState.OVERTAKEN]


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_a_meeting_called_off_keeps_its_line_and_offers_nothing(meeting: MeetingPage, status: str) -> None:
    place = waits(meeting)
    MeetingPage.objects.filter(pk=meeting.pk).update(status=status, capacity=20)

    waiting.keep_all(now=NOON)

    assert states(place) == ["waiting"]


def test_when_seats_are_no_longer_counted_everyone_is_offered_one(meeting: MeetingPage) -> None:
    places = [waits(meeting, guests=3), waits(meeting)]
    MeetingPage.objects.filter(pk=meeting.pk).update(capacity=None)

    waiting.keep_all(now=NOON)

    assert states(*places) == ["offered", "offered"]


def test_fewer_seats_than_were_promised_send_nobody_away(meeting: MeetingPage) -> None:
    place = waits(meeting, guests=1)
    say(meeting, guests=1)
    MeetingPage.objects.filter(pk=meeting.pk).update(capacity=1)

    say(place, guests=1)
    say(meeting, guests=0)

    assert states(place) == ["seated"]
    assert seats.missing(meeting=MeetingPage.objects.get(pk=meeting.pk)) == 2


def test_keeping_a_meeting_nobody_waits_for_asks_one_question(meeting: MeetingPage, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        offers.keep(meeting=meeting, now=NOON)
    with django_assert_num_queries(1):
        waiting.keep_all(now=NOON)
