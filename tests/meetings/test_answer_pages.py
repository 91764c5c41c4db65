"""What a link in a letter opens: the question, the thanks, or why it is too late."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings import rsvp
from meetings.inbound import inbox
from meetings.models import Invitation
from tests.communities.factories import InboundMessageFactory
from tests.meetings.factories import AnswerFactory, InvitationFactory

pytestmark = pytest.mark.django_db


def opened(client: Client, name: str, invitation: Invitation) -> str:
    return client.get(reverse(f"meetings:{name}", args=[rsvp.token_of(invitation)])).content.decode()


def test_a_meeting_to_come_is_answered_with_one_large_button(client: Client) -> None:
    assert "Envoyer ma réponse" in opened(client, "answer", InvitationFactory())


@pytest.mark.parametrize(
    ("trait", "said", "unsaid"),
    [
        ("past", "Cette réunion est passée", "annulée"),
        ("cancelled", "Cette réunion est annulée", "passée"),
        ("postponed", "Cette réunion est reportée", "passée"),
    ],
)
def test_what_takes_no_answer_says_what_became_of_it(client: Client, trait: str, said: str, unsaid: str) -> None:
    page = opened(client, "answer", InvitationFactory(**{f"meeting__{trait}": True})).partition("<main")[2]

    assert said in page
    assert unsaid not in page
    assert "Envoyer ma réponse" not in page


@pytest.mark.parametrize("trait", ["cancelled", "postponed"])
def test_what_does_not_take_place_says_why_before_what_one_had_answered(client: Client, trait: str) -> None:
    answer = AnswerFactory(no=True, **{f"invitation__meeting__{trait}": True})

    page = opened(client, "answer", answer.invitation)

    assert 0 < page.index("La salle est inondée.") < page.index("Vous aviez répondu")


def test_thanks_make_way_for_the_news_once_a_meeting_is_cancelled(client: Client) -> None:
    invitation = AnswerFactory(invitation__meeting__cancelled=True).invitation
    token = rsvp.token_of(invitation)

    answered = client.get(reverse("meetings:answer_recorded", args=[token]))

    assert answered["Location"] == reverse("meetings:answer", args=[token])


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


def test_an_answer_by_mail_that_waits_to_be_checked_is_said_until_they_answer_here(client: Client) -> None:
    invitation = InvitationFactory(created_at=timezone.now() - dt.timedelta(days=1))
    InboundMessageFactory(held=True, handler=inbox.HANDLER, resident=invitation.resident)
    waits = "attend que la mairie l’ait vérifiée"

    before = opened(client, "answer", invitation)
    AnswerFactory(invitation=invitation, answered_at=timezone.now() + dt.timedelta(minutes=1))

    assert waits in before
    assert waits not in opened(client, "answer", invitation)


def test_what_waits_in_somebody_elses_name_is_nobodys_business(client: Client) -> None:
    InboundMessageFactory(held=True, handler=inbox.HANDLER, resident=InvitationFactory().resident)

    assert "vérifiée" not in opened(client, "answer", InvitationFactory())
