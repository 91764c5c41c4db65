"""What a resident answers: one answer, the last one wins, never more people than seats."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from meetings import rsvp
from meetings.models import Answer, AnswerChannel, Choice
from meetings.seating import seats
from tests.meetings.factories import AnswerFactory, InvitationFactory, MeetingPageFactory, RegistrationFactory


def say(invitation, choice=Choice.YES, guests=0, now=None):
    return rsvp.answer(
        invitation=invitation, choice=choice, guests=guests, channel=AnswerChannel.MAIL, now=now or timezone.now()
    )


@pytest.mark.django_db
class TestAnswering:
    def test_the_last_answer_wins_and_the_first_is_kept(self):
        invitation = InvitationFactory()

        say(invitation, Choice.YES, guests=2)
        say(invitation, Choice.NO)

        assert [(each.choice, each.is_current) for each in invitation.answers.all()] == [("no", True), ("yes", False)]

    def test_the_same_answer_twice_is_one_answer(self):
        invitation = InvitationFactory()

        say(invitation, Choice.YES, guests=1)
        say(invitation, Choice.YES, guests=1)

        assert invitation.answers.count() == 1

    def test_an_answer_costs_six_queries_where_nobody_waits(self, django_assert_num_queries):
        invitation = InvitationFactory()

        with django_assert_num_queries(6):
            say(invitation, Choice.YES, guests=2)

    def test_only_those_who_come_bring_someone(self):
        assert say(InvitationFactory(), Choice.MAYBE, guests=3).guests == 0

    @pytest.mark.parametrize("trait", ["past", "cancelled", "postponed", "draft"])
    def test_a_meeting_that_is_not_to_take_place_takes_no_answer(self, trait):
        invitation = InvitationFactory(meeting=MeetingPageFactory(**{trait: True}))

        with pytest.raises(rsvp.TooLate):
            say(invitation)

    def test_nobody_comes_beyond_the_seats(self):
        meeting = MeetingPageFactory(capacity=3)
        AnswerFactory(invitation__meeting=meeting, guests=1)

        with pytest.raises(rsvp.Full):
            say(InvitationFactory(meeting=meeting), guests=1)

    def test_someone_who_comes_may_bring_one_more_into_the_last_seat(self):
        meeting = MeetingPageFactory(capacity=2)
        invitation = InvitationFactory(meeting=meeting)
        say(invitation)

        say(invitation, guests=1)

        assert seats.left(meeting=meeting, now=timezone.now()) == 0

    def test_a_no_frees_the_seats(self):
        meeting = MeetingPageFactory(capacity=2)
        invitation = InvitationFactory(meeting=meeting)
        say(invitation, guests=1)

        say(invitation, Choice.NO)

        assert seats.left(meeting=meeting, now=timezone.now()) == 2

    def test_a_seat_held_for_a_registration_is_taken_until_its_time_is_over(self):
        meeting = MeetingPageFactory(capacity=5)
        registration = RegistrationFactory(meeting=meeting, guests=1)
        after = registration.held_until + dt.timedelta(minutes=1)

        assert seats.left(meeting=meeting, now=timezone.now()) == 3
        assert seats.left(meeting=meeting, now=after) == 5


@pytest.mark.django_db
@given(token=st.text(max_size=60))
def test_any_text_is_a_token_that_leads_nowhere(token):
    assert rsvp.find(token=token) is None


@pytest.mark.django_db
def test_a_token_cut_short_or_changed_leads_nowhere():
    invitation = InvitationFactory()
    token = rsvp.token_of(invitation)
    other = "a" if token[-1] != "a" else "b"

    assert rsvp.find(token=token.upper()) == invitation
    assert rsvp.find(token=token[:-1]) is None
    assert rsvp.find(token=token[:-1] + other) is None


@pytest.mark.django_db(transaction=True)
def test_forty_people_answering_at_once_fill_ten_seats_and_no_more():
    meeting = MeetingPageFactory(capacity=10)
    invitations = [InvitationFactory(meeting=meeting) for _each in range(40)]

    def answer(invitation):
        try:
            say(invitation)
        except rsvp.Full:
            return "full"
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(max_workers=8) as pool:
        outcomes = list(pool.map(answer, invitations))

    assert outcomes.count("taken") == 10
    assert Answer.objects.coming().people() == 10
