"""A pile of slips: a code, Enter; the answer, Enter; the next."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from meetings.by_hand import codes
from meetings.desk import piles
from meetings.models import Answer, AnswerChannel, HelpAsked, Invitation
from tests.factories import StaffFactory
from tests.meetings.conftest import words
from tests.meetings.factories import AnswerFactory, InvitationFactory

pytestmark = pytest.mark.django_db

SLIPS = "/admin/meetings/slips/"


@pytest.fixture
def invited() -> Invitation:
    return InvitationFactory(resident__name="Ada Terril", meeting__title="Le grand rangement")


def code_of(invitation: Invitation) -> str:
    return codes.code_of(invitation.pk)


def type_in(desk: Client, invitation: Invitation, choice: str, **more: str) -> Any:
    return desk.post(SLIPS, {"code": code_of(invitation), "choice": choice, **more})


def now_says(invitation: Invitation) -> tuple[str, int, str]:
    answer = Answer.objects.current().get(invitation=invitation)
    return answer.choice, answer.guests, answer.channel


def test_the_screen_has_its_address():
    assert reverse("meetings_desk:slips") == SLIPS


def test_a_code_shows_the_person_and_the_meeting_before_anything_is_recorded(desk: Client, invited: Invitation):
    shown = words(desk.get(SLIPS, {"code": code_of(invited).lower().replace("-", " ")}))

    assert "Ada Terril" in shown
    assert "Le grand rangement" in shown
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("typed", "choice"),
    [("o", "yes"), ("Oui", "yes"), ("n", "no"), ("NON", "no"), ("p", "maybe"), ("peut-être", "maybe"), ("y", "yes")],
)
def test_an_answer_is_typed_in_one_key_or_in_full(desk: Client, invited: Invitation, typed: str, choice: str):
    assert type_in(desk, invited, typed).headers["Location"] == SLIPS

    assert now_says(invited) == (choice, 0, AnswerChannel.PAPER)


def test_guests_and_the_need_of_a_lift_are_kept_with_the_answer(desk: Client, invited: Invitation):
    type_in(desk, invited, "o", guests="2", lift="on")

    assert now_says(invited) == ("yes", 2, AnswerChannel.PAPER)
    assert HelpAsked.objects.get(invitation=invited).kinds == ["lift"]


def test_what_was_typed_stays_in_sight_and_the_code_is_ready_for_the_next(desk: Client, invited: Invitation):
    type_in(desk, invited, "o", guests="2")

    shown = words(desk.get(SLIPS))

    assert "Ada Terril" in shown
    assert "(+2)" in shown
    assert "autofocus" in shown.partition('name="code"')[2].partition(">")[0]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [("K7M2", "This is not a code"), (codes.code_of(987_654_321), "No invitation has this code"), ("é", "not a code")],
    ids=["too short", "of nobody", "no code"],
)
def test_a_wrong_code_is_said_and_stays_to_be_put_right(desk: Client, code: str, sentence: str):
    shown = words(desk.get(SLIPS, {"code": code}))

    assert sentence in shown
    assert f'value="{code}"' in shown


def test_a_meeting_that_is_over_takes_no_slip(desk: Client):
    late = InvitationFactory(meeting__past=True)

    assert "takes no more answers" in words(desk.get(SLIPS, {"code": code_of(late)}))
    assert type_in(desk, late, "o").status_code == 409
    assert not Answer.objects.exists()


def test_a_key_that_is_no_answer_loses_nothing_of_what_was_typed(desk: Client, invited: Invitation):
    answer = type_in(desk, invited, "x", guests="3")

    assert answer.status_code == 422
    assert "Type o, n or p." in words(answer)
    assert 'value="3"' in words(answer)
    assert "Ada Terril" in words(answer)


def test_an_answer_typed_by_mistake_is_undone_and_the_one_before_counts_again(desk: Client, invited: Invitation):
    AnswerFactory(invitation=invited, guests=1)
    type_in(desk, invited, "n")
    mistaken = Answer.objects.current().get(invitation=invited)

    desk.post(SLIPS, {"undo": piles.key_of(mistaken)})

    assert now_says(invited) == ("yes", 1, AnswerChannel.MAIL)
    assert 'name="undo"' not in words(desk.get(SLIPS))


def test_an_answer_to_an_earlier_date_does_not_count_again(desk: Client, invited: Invitation):
    AnswerFactory(invitation=invited, is_current=False, outdated_by=1)
    type_in(desk, invited, "n")

    answer = desk.post(SLIPS, {"undo": piles.key_of(Answer.objects.current().get(invitation=invited))})

    assert answer.status_code == 302
    assert not Answer.objects.current().exists()


def test_undoing_the_only_answer_leaves_none_and_no_need_of_a_lift(desk: Client, invited: Invitation):
    type_in(desk, invited, "o", lift="on")

    desk.post(SLIPS, {"undo": piles.key_of(Answer.objects.get())})

    assert not Answer.objects.exists()
    assert not HelpAsked.objects.exists()


def test_an_answer_that_was_changed_since_is_not_undone(desk: Client, invited: Invitation):
    type_in(desk, invited, "o")
    typed = Answer.objects.get()
    Answer.objects.update(is_current=False)
    AnswerFactory(invitation=invited, no=True)

    answer = desk.post(SLIPS, {"undo": piles.key_of(typed)})

    assert answer.status_code == 409
    assert "Another answer came since" in words(answer)
    assert now_says(invited)[0] == "no"


def test_a_seat_taken_since_is_not_taken_back_by_undoing(desk: Client):
    invited = InvitationFactory(meeting__capacity=1)
    AnswerFactory(invitation=invited)
    type_in(desk, invited, "n")
    AnswerFactory(invitation=InvitationFactory(meeting=invited.meeting))

    answer = desk.post(SLIPS, {"undo": piles.key_of(Answer.objects.current().get(invitation=invited))})

    assert answer.status_code == 409
    assert now_says(invited)[0] == "no"


@pytest.mark.parametrize("asked", ["", "x", "999999", "answer:", "answer:999999", "place:x"])
def test_undoing_nothing_undoes_nothing(desk: Client, invited: Invitation, asked: str):
    type_in(desk, invited, "o")

    desk.post(SLIPS, {"undo": asked})

    assert now_says(invited)[0] == "yes"


def test_nobody_undoes_what_another_person_typed(desk: Client, client: Client, invited: Invitation):
    type_in(desk, invited, "o")
    client.force_login(StaffFactory(communication=True))

    client.post(SLIPS, {"undo": piles.key_of(Answer.objects.get())})

    assert now_says(invited)[0] == "yes"


def test_the_pile_costs_the_same_queries_whatever_its_height(desk: Client, queries_of: Any):
    type_in(desk, InvitationFactory(), "o")
    low = queries_of(SLIPS)
    for _number in range(10):
        type_in(desk, InvitationFactory(), "o", lift="on")

    assert queries_of(SLIPS) == low
