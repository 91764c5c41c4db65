"""Whatever people do and whenever, the line keeps its order, the room is never oversold and nobody is lost."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings import rsvp
from meetings.models import Answer, AnswerChannel, Choice, Invitation, MeetingPage, WaitingPlace
from meetings.seating import seats, waiting
from tests.meetings.factories import InvitationFactory, MeetingPageFactory

NOON = dt.datetime(2027, 3, 1, 11, tzinfo=dt.UTC)
PEOPLE, SEATS = 6, 4

steps = st.lists(
    st.tuples(
        st.sampled_from(["come", "no", "maybe", "leave", "time passes", "the clock ticks"]),
        st.integers(0, PEOPLE - 1),
        st.integers(0, 3),
    ),
    max_size=25,
)


def act(meeting: MeetingPage, invitation: Invitation, what: str, guests: int, now: dt.datetime) -> None:
    """One gesture of one person; what is refused is refused."""
    answers = {"come": Choice.YES, "no": Choice.NO, "maybe": Choice.MAYBE}
    try:
        if what in answers:
            said = {"choice": answers[what], "guests": guests, "channel": AnswerChannel.MAIL}
            waiting.answer_or_wait(invitation=invitation, now=now, **said)
        elif what == "leave":
            waiting.leave(invitation=invitation, now=now)
        else:
            waiting.keep_all(now=now)
    except rsvp.CannotAnswer:  # nothing of it is kept: the next minute sees to the line
        waiting.keep_all(now=now)


def line(meeting: MeetingPage) -> list[WaitingPlace]:
    return list(WaitingPlace.objects.in_line().filter(invitation__meeting=meeting).with_needs())


def check(meeting: MeetingPage, before: list[WaitingPlace], now: dt.datetime) -> None:
    taken, free = seats.taken(meeting=meeting, now=now), seats.left(meeting=meeting, now=now)
    coming = Answer.objects.coming().filter(invitation__meeting=meeting).people()
    after = line(meeting)
    assert coming <= taken <= SEATS
    assert not [place for place in after if place.needs <= free], "a party that fits is left in line"
    known = {place.pk: place.asked_at for place in before}
    kept = [place.pk for place in after if known.get(place.pk) == place.asked_at]
    assert kept == [place.pk for place in before if place.pk in kept], "the line has changed its order"
    assert [place.pk for place in after][: len(kept)] == kept, "somebody came in between"


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=steps)
def test_the_line_is_kept_whatever_happens(steps: list[tuple[str, int, int]]) -> None:
    meeting = MeetingPageFactory(capacity=SEATS, starts_at=NOON + dt.timedelta(days=60))
    people = [InvitationFactory(meeting=meeting) for _each in range(PEOPLE)]
    now, last_word = NOON, dict[int, str]()
    for what, who, guests in steps:
        before = line(meeting)
        now += dt.timedelta(hours=25) if what == "time passes" else dt.timedelta(minutes=1)
        act(meeting, people[who], what, guests, now)
        check(meeting, before, now)
        last_word |= {who: what} if what in {"come", "no", "maybe", "leave"} else {}
    for who, what in last_word.items():
        has_answer = Answer.objects.coming().filter(invitation=people[who]).exists()
        last = waiting.last(people[who])
        assert what != "come" or has_answer or (last and (last.is_standing or last.has_lapsed)), "somebody is lost"
        assert what == "come" or waiting.standing(people[who]) is None


@pytest.mark.django_db(transaction=True)
def test_two_hundred_answers_at_once_for_fifty_seats_seat_fifty_at_most_and_lose_nobody() -> None:
    meeting = MeetingPageFactory(capacity=50)
    invitations = [InvitationFactory(meeting=meeting) for _each in range(200)]
    guests = Random(50).choices(range(4), k=200)

    def answer(invitation: Invitation, guests: int) -> None:
        try:
            waiting.answer_or_wait(
                invitation=invitation,
                choice=Choice.YES,
                guests=guests,
                channel=AnswerChannel.MAIL,
                now=timezone.now(),
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=40) as pool:
        list(pool.map(answer, invitations, guests))

    seated = Answer.objects.coming()
    assert 47 <= seated.people() <= 50
    assert seated.count() + WaitingPlace.objects.in_line().count() == 200
    assert seats.left(meeting=meeting, now=timezone.now()) == 50 - seated.people()


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_keep_the_same_line_at_once_offer_each_seat_once() -> None:
    meeting = MeetingPageFactory(capacity=1)
    holder = InvitationFactory(meeting=meeting)
    rsvp.answer(invitation=holder, choice=Choice.YES, channel=AnswerChannel.MAIL, now=timezone.now())
    for _each in range(5):
        waiting.join(invitation=InvitationFactory(meeting=meeting), guests=0, now=timezone.now())
    MeetingPage.objects.filter(pk=meeting.pk).update(capacity=3)

    def keep(_worker: int) -> None:
        try:
            waiting.keep_all(now=timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(keep, range(4)))

    assert WaitingPlace.objects.filter(offered_at__isnull=False).count() == 2
    assert WaitingPlace.objects.order_by("asked_at").first().is_offered
