"""What a link in a letter opens: the question, the thanks, or why it is too late."""

import pytest
from django.test import Client
from django.urls import reverse

from meetings import rsvp
from meetings.models import Invitation
from tests.meetings.factories import AnswerFactory, InvitationFactory

pytestmark = pytest.mark.django_db


def opened(client: Client, name: str, invitation: Invitation) -> str:
    return client.get(reverse(f"meetings:{name}", args=[rsvp.token_of(invitation)])).content.decode()


def test_a_meeting_to_come_is_answered_with_one_large_button(client: Client) -> None:
    assert "Envoyer ma réponse" in opened(client, "answer", InvitationFactory())


@pytest.mark.parametrize("trait", ["past", "cancelled", "postponed"])
def test_what_takes_no_answer_says_that_it_is_too_late(client: Client, trait: str) -> None:
    page = opened(client, "answer", InvitationFactory(**{f"meeting__{trait}": True}))

    assert "Il est trop tard pour répondre" in page
    assert "Envoyer ma réponse" not in page


def test_what_was_recorded_is_said_and_can_be_changed(client: Client) -> None:
    invitation = AnswerFactory(guests=2, invitation__resident__name="Ada Terril").invitation

    page = opened(client, "answer_recorded", invitation)

    assert "Merci, Ada Terril" in page
    assert "2 personnes" in page
    assert reverse("meetings:answer", args=[rsvp.token_of(invitation)]) in page


def test_thanks_for_an_answer_nobody_gave_lead_nowhere(client: Client) -> None:
    page = client.get(reverse("meetings:answer_recorded", args=[rsvp.token_of(InvitationFactory())]))

    assert page.status_code == 404
    assert "Ce lien" in page.content.decode()
