"""What people answer in their own words: a yes or a no counts, anything else reaches whoever can reply."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from communities import preferences, unsubscribing
from communities.inbound import receiving, sorting
from communities.models import Delivery, InboundMessage, InboundState, Mailing, Resident, Town
from meetings import rsvp
from meetings.inbound import yes_or_no
from meetings.letters import invitation_letters
from meetings.models import AnswerChannel, Choice, Invitation
from tests import mails
from tests.meetings.conftest import Carry
from tests.meetings.factories import InvitationFactory

pytestmark = pytest.mark.django_db

Write = Callable[..., InboundMessage]


@pytest.fixture(autouse=True)
def _a_mailbox_is_read(settings: Settings) -> None:
    settings.INBOUND_DOMAIN = mails.DOMAIN


@pytest.fixture
def invitation() -> Invitation:
    invitation = InvitationFactory(resident__email=mails.RESIDENT, resident__name="Jeanne Martin")
    invitation.meeting.contact_email = "contact@example.org"
    invitation.meeting.save()
    Town.objects.update(email="mairie@example.org")
    return invitation


def named(invitation: Invitation) -> dict[str, str]:
    """What a mail program puts into an answer to that letter."""
    return {"In-Reply-To": f"<inv-{invitation.pk}-0@{mails.DOMAIN}>"}


@pytest.fixture
def write(invitation: Invitation) -> Write:
    """Somebody writes to the address that Jeanne's letters come from."""

    def write(text: str, *, headers: dict[str, str] | None = None, **facts: Any) -> InboundMessage:
        to = invitation_letters.organizer_address(Resident.objects.get(pk=invitation.resident_id).token)
        raw = mails.words(text, to=to, headers=named(invitation) | (headers or {}), **facts)
        now = timezone.now()
        message = receiving.receive(raw=raw, source="pipe", now=now)
        sorting.sort_waiting(now=now)
        message.refresh_from_db()
        return message

    return write


def answer_of(invitation: Invitation) -> str | None:
    current = invitation.answers.current().first()
    assert current is None or current.channel == AnswerChannel.MAIL
    return current.choice if current else None


YES, NO, MAYBE = Choice.YES, Choice.NO, Choice.MAYBE


@pytest.mark.parametrize(
    ("text", "choice", "says_more"),
    [
        ("oui", YES, False),
        ("Oui.", YES, False),
        ("OUI merci !", YES, False),
        ("Bonjour,\n\nOui\n\nJeanne Martin", YES, False),
        ("non\n\nCordialement,\nJeanne\n-- \nJeanne Martin\n06 00 00 00 00", NO, False),
        ("Peut-être", MAYBE, False),
        ("yes", YES, False),
        ("No, thank you", NO, False),
        ("Je ne viendrai pas.", NO, False),
        ("Oui\n\nLe lun. 1 mars 2027 à 10:00, Mairie <m@x.org> a écrit :\n> Viendrez-vous ? non", YES, False),
        ("Oui\n> non", YES, False),
        ("Oui\nEnvoyé de mon téléphone", YES, False),
        ("Oui\n\nFaut-il apporter une chaise ?", YES, True),
        ("oui mais en retard", None, True),
        ("Non loin de chez moi, y a-t-il un car ?", None, True),
        ("Bonjour, je viendrai avec ma voisine. La salle est-elle accessible ?", None, True),
        ("> oui", None, False),
        ("", None, False),
        ("Bonjour", None, False),
    ],
)
def test_the_first_line_of_ones_own_is_an_answer_when_it_says_nothing_else(
    text: str, choice: Choice | None, says_more: bool
) -> None:
    own = yes_or_no.read(text, name="Jeanne Martin")

    assert (own.choice, own.says_more) == (choice, says_more)


def test_a_yes_to_the_letter_counts(invitation: Invitation, write: Write) -> None:
    message = write("Oui, merci !")

    assert answer_of(invitation) == YES
    assert message.state == InboundState.HANDLED
    assert not Mailing.objects.exists()


def test_a_yes_with_a_question_counts_and_the_question_is_passed_on(invitation: Invitation, write: Write) -> None:
    message = write("Oui\n\nFaut-il apporter une chaise ?")

    assert answer_of(invitation) == YES
    assert message.state == InboundState.FORWARDED
    assert Delivery.objects.get().address == "contact@example.org"


def test_without_a_thread_the_only_meeting_ahead_is_meant(invitation: Invitation, write: Write) -> None:
    write("non", headers={"In-Reply-To": "<x@example.net>"})

    assert answer_of(invitation) == NO


def test_without_a_thread_two_meetings_ahead_are_one_too_many(invitation: Invitation, write: Write) -> None:
    InvitationFactory(resident=invitation.resident)

    message = write("oui", headers={"In-Reply-To": "<x@example.net>"})

    assert answer_of(invitation) is None
    assert message.state == InboundState.FORWARDED
    assert Delivery.objects.get().address == "mairie@example.org"


def test_somebody_elses_letter_named_in_the_thread_is_not_answered(invitation: Invitation, write: Write) -> None:
    other = InvitationFactory(meeting=invitation.meeting)

    write("oui", headers=named(other))

    assert not other.answers.exists()
    assert answer_of(invitation) is None


def test_whoever_got_the_letter_from_a_friend_does_not_answer_for_them(invitation: Invitation, write: Write) -> None:
    message = write("oui", sender="paul@example.com")

    assert answer_of(invitation) is None
    assert message.state == InboundState.FORWARDED


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List-Id": "<a.example.org>"},
        {"Return-Path": "<>"},
        {"X-Autoreply": "yes"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_no_machine_answers_nor_is_passed_on(invitation: Invitation, write: Write, headers: dict[str, str]) -> None:
    message = write("oui", headers=headers)

    assert answer_of(invitation) is None
    assert message.state == InboundState.NOTHING
    assert not Delivery.objects.exists()


def test_a_sender_who_is_not_who_they_say_is_held(invitation: Invitation, write: Write, settings: Settings) -> None:
    settings.INBOUND_AUTHSERV_ID = "mx.agora.example.org"

    message = write("oui", headers={"Authentication-Results": "mx.agora.example.org; dmarc=fail"})

    assert answer_of(invitation) is None
    assert message.state == InboundState.HELD


def test_a_meeting_that_is_over_takes_no_yes(invitation: Invitation, write: Write) -> None:
    meeting = invitation.meeting
    meeting.starts_at, meeting.ends_at = timezone.now() - dt.timedelta(2), timezone.now() - dt.timedelta(1)
    meeting.save()

    write("oui")

    assert answer_of(invitation) is None


QUESTION = "La salle est-elle accessible en fauteuil ?\nMerci <b>beaucoup</b>"


@pytest.mark.django_db(transaction=True)
def test_a_question_reaches_the_contact_who_answers_the_person_directly(write: Write, carry: Carry) -> None:
    message = write(QUESTION, subject="Re: Invitation\u00a0: réunion")

    (letter,) = carry()["contact@example.org"]
    assert "accessible en fauteuil" in letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "Merci &lt;b&gt;beaucoup" in letter.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert letter["Reply-To"] == mails.RESIDENT
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "Jeanne Martin" in letter["Subject"]
    assert message.state == InboundState.FORWARDED


@pytest.mark.django_db(transaction=True)
def test_a_letter_passed_on_that_comes_back_goes_no_further(write: Write, carry: Carry, invitation: Invitation) -> None:
    write(QUESTION)
    (letter,) = carry()["contact@example.org"]

    letter.replace_header("To", invitation_letters.organizer_address(invitation.resident.token))
    receiving.receive(raw=letter.as_bytes(), source="pipe", now=timezone.now())
    sorting.sort_waiting(now=timezone.now())

    assert list(carry()) == ["contact@example.org"]
    assert InboundMessage.objects.first().state == InboundState.NOTHING  # type: ignore[union-attr]


@pytest.mark.django_db(transaction=True)
def test_what_was_let_go_of_meanwhile_is_passed_on_empty_and_breaks_nothing(write: Write, carry: Carry) -> None:
    write(QUESTION)
    InboundMessage.objects.update(raw=b"", sender="")

    (letter,) = carry()["contact@example.org"]
    assert "accessible" not in letter.as_string()


@pytest.mark.django_db(transaction=True)
def test_whoever_it_is_passed_on_to_cannot_act_for_its_writer(
    write: Write, carry: Carry, invitation: Invitation
) -> None:
    resident = invitation.resident
    tokens = [rsvp.token_of(invitation), preferences.token_of(resident), unsubscribing.token_of(resident)]
    links = "\n".join(f"> Répondre : https://example.org/r/{token}/" for token in tokens)
    write(f"{QUESTION}\n\n> De : Mairie <reunions+{resident.token}@{mails.DOMAIN}>\n{links}")

    (letter,) = carry()["contact@example.org"]

    read = letter.get_body(("plain",)).get_content() + letter.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert not [token for token in [*tokens, resident.token] if token in read]
    assert "> Répondre : https://example.org/r/…/" in read


def test_without_any_mailbox_a_question_is_held(write: Write, invitation: Invitation) -> None:
    Town.objects.update(email="")
    invitation.meeting.contact_email = ""
    invitation.meeting.save()

    assert write(QUESTION).state == InboundState.HELD
