"""People who are called: told, and their answer noted at once."""

import pytest
from django.test import Client

from communities.models import Channel, Delivery, DeliveryState
from meetings.models import Answer, AnswerChannel, MeetingPage
from tests.factories import StaffFactory
from tests.meetings.conftest import at, words
from tests.meetings.factories import AnswerFactory, InvitationFactory

pytestmark = pytest.mark.django_db


def call() -> Delivery:
    return Delivery.objects.get(channel=Channel.PHONE)


def say(desk: Client, meeting: MeetingPage, choice: str, guests: str = "0") -> str:
    said = {"said": f"{call().pk}:{choice}", f"guests-{call().pk}": guests}
    return words(desk.post(at("by_hand", meeting, "phone"), said, follow=True))


def test_whoever_answers_on_the_telephone_is_told_and_has_answered(desk: Client, invited: MeetingPage):
    shown = say(desk, invited, "yes", "2")

    answer = Answer.objects.get()
    assert (answer.choice, answer.guests, answer.channel) == ("yes", 2, AnswerChannel.PHONE)
    assert answer.invitation.resident == call().resident
    assert call().state == DeliveryState.SENT
    assert "The answer of Inès Briquette is recorded: yes." in shown


def test_a_full_room_is_said_and_the_call_is_still_to_make(desk: Client, invited: MeetingPage):
    MeetingPage.objects.filter(pk=invited.pk).update(capacity=1)
    AnswerFactory(invitation=InvitationFactory(meeting=invited))

    shown = say(desk, invited, "yes")

    assert "Every seat is taken." in shown
    assert call().state == DeliveryState.PENDING


@pytest.mark.parametrize("choice", ["perhaps", "", "yes:no"])
def test_what_is_no_answer_marks_nobody(desk: Client, invited: MeetingPage, choice: str):
    say(desk, invited, choice)

    assert call().state == DeliveryState.PENDING
    assert not Answer.objects.exists()


def test_a_number_of_guests_that_is_none_counts_for_nobody(desk: Client, invited: MeetingPage):
    say(desk, invited, "yes", "deux")

    assert Answer.objects.get().guests == 0


def test_letters_take_no_answer_by_telephone(desk: Client, invited: MeetingPage):
    assert 'name="said"' not in words(desk.get(at("by_hand", invited, "letter")))
    assert 'name="said"' in words(desk.get(at("by_hand", invited, "phone")))


def test_whoever_may_only_tick_calls_off_notes_no_answer(client: Client, invited: MeetingPage):
    caller = StaffFactory(communication=True)
    caller.groups.get().permissions.filter(codename="add_answer").delete()
    client.force_login(caller)

    say(client, invited, "yes")

    assert call().state == DeliveryState.PENDING
    assert not Answer.objects.exists()
