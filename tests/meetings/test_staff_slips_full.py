"""A slip that says yes to a full meeting: its writer stands in line, and whoever types reads so."""

from typing import Any

import pytest
from django.test import Client

from meetings.desk import piles
from meetings.models import Answer, HelpAsked, Invitation, WaitingPlace, WaitingState
from tests.meetings.conftest import words
from tests.meetings.factories import AnswerFactory, InvitationFactory, MeetingPageFactory, WaitingPlaceFactory
from tests.meetings.test_staff_slips import SLIPS, type_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited() -> Invitation:
    """Asked to a meeting whose two seats are taken."""
    meeting = MeetingPageFactory(title="Le grand rangement", capacity=2)
    AnswerFactory(invitation__meeting=meeting, guests=1)
    return InvitationFactory(meeting=meeting, resident__name="Ada Terril")


def place_of(invitation: Invitation) -> WaitingPlace:
    return WaitingPlace.objects.get(invitation=invitation)


def undo(desk: Client, recorded: Answer | WaitingPlace) -> Any:
    return desk.post(SLIPS, {"undo": piles.key_of(recorded)})


def test_a_yes_without_a_seat_stands_in_line_with_its_guests_and_says_so(desk: Client, invited: Invitation):
    assert type_in(desk, invited, "o", guests="1").status_code == 302

    shown = words(desk.get(SLIPS))
    assert (place_of(invited).state, place_of(invited).guests) == (WaitingState.WAITING, 1)
    assert "Every seat is taken at “Le grand rangement”: Ada Terril is on the waiting list, number 1." in shown
    assert "waiting list: waits (+1)" in shown


def test_the_sentence_is_about_the_last_slip_alone(desk: Client, invited: Invitation):
    type_in(desk, invited, "o")
    type_in(desk, InvitationFactory(), "n")

    shown = words(desk.get(SLIPS))

    assert "Every seat is taken" not in shown
    assert "waiting list: waits" in shown


def test_undoing_takes_them_off_the_list_and_the_answer_before_counts_again(desk: Client, invited: Invitation):
    AnswerFactory(invitation=invited, maybe=True)
    type_in(desk, invited, "o", lift="on")

    undo(desk, place_of(invited))

    assert place_of(invited).state == WaitingState.LEFT
    assert Answer.objects.current().get(invitation=invited).choice == "maybe"
    assert 'name="undo"' not in words(desk.get(SLIPS))


def test_undoing_the_only_word_leaves_none_and_no_need_of_a_lift(desk: Client, invited: Invitation):
    type_in(desk, invited, "o", lift="on")

    undo(desk, place_of(invited))

    assert not Answer.objects.filter(invitation=invited).exists()
    assert not HelpAsked.objects.exists()


def test_who_stood_in_line_before_the_slip_keeps_their_place(desk: Client, invited: Invitation):
    place = WaitingPlaceFactory(invitation=invited)
    type_in(desk, invited, "o")

    undo(desk, place)

    assert place_of(invited).is_standing
    assert 'name="undo"' not in words(desk.get(SLIPS))


def test_a_seat_given_meanwhile_is_not_undone(desk: Client, invited: Invitation):
    type_in(desk, invited, "o")
    place = place_of(invited)
    WaitingPlace.objects.update(state=WaitingState.SEATED, ended_at=place.asked_at)

    answer = undo(desk, place)

    assert answer.status_code == 409
    assert place_of(invited).is_seated


def test_a_party_larger_than_the_room_is_said_and_the_slip_stays(desk: Client, invited: Invitation):
    answer = type_in(desk, invited, "o", guests="4")

    assert answer.status_code == 409
    assert "fewer seats than that" in words(answer)
    assert 'value="4"' in words(answer)
    assert not WaitingPlace.objects.exists()


def test_a_pile_of_places_costs_the_same_queries_whatever_its_height(
    desk: Client, invited: Invitation, queries_of: Any
):
    type_in(desk, invited, "o")
    low = queries_of(SLIPS)
    for _number in range(8):
        type_in(desk, InvitationFactory(meeting=invited.meeting), "o")

    assert queries_of(SLIPS) == low
