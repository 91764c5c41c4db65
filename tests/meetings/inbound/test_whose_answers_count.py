"""Which answers count, and for whom: forwarded, forged, late, or not answers at all?"""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from communities.models import Delivery, InboundState, Resident
from meetings.models import AnswerChannel, CalendarReply, Choice, Invitation, MeetingPage, ReplyEffect
from tests import mails
from tests.communities.factories import ResidentFactory
from tests.meetings.factories import InvitationFactory, MeetingPageFactory
from tests.meetings.inbound.answering import Send, address_of, answer_of, arrive, uid_of

pytestmark = pytest.mark.django_db


def test_a_forwarded_invitation_never_answers_for_the_invited(invitation: Invitation, send: Send) -> None:
    message = send(attendee="paul.durand@example.com", sender="paul.durand@example.com")

    assert answer_of(invitation) is None
    assert message.state == InboundState.HELD
    assert "paul.durand@example.com" in message.outcome
    assert not Delivery.objects.exists()


def test_a_no_from_somebody_who_was_not_invited_is_nothing_to_decide(invitation: Invitation, send: Send) -> None:
    message = send(attendee="paul.durand@example.com", sender="paul.durand@example.com", partstat="DECLINED")

    assert message.state == InboundState.NOTHING


def test_nobody_is_asked_to_let_in_what_cannot_be_written_to(invitation: Invitation, send: Send) -> None:
    message = send(attendee="paul@example.com,anna@example.com", sender="paul@example.com")

    assert message.state == InboundState.NOTHING


def test_the_invited_may_answer_from_an_address_their_calendar_calls_otherwise(
    invitation: Invitation, send: Send
) -> None:
    send(attendee="jeanne@alias.example.net")

    assert answer_of(invitation) == (Choice.YES, 0, AnswerChannel.CALENDAR)


def test_ours_is_found_among_several_attendees(invitation: Invitation, send: Send) -> None:
    ours = f"ATTENDEE;PARTSTAT=DECLINED:mailto:{mails.RESIDENT}"

    send(attendee="someone.else@example.com", more=ours)

    assert answer_of(invitation) == (Choice.NO, 0, AnswerChannel.CALENDAR)


def test_an_unknown_token_counts_for_nobody(invitation: Invitation, send: Send) -> None:
    message = send(to=f"reunions+aaaaaaaaaaaaaaaa@{mails.DOMAIN}")

    assert answer_of(invitation) is None
    assert message.state == InboundState.QUARANTINED


def test_another_meetings_name_counts_for_nothing(invitation: Invitation, send: Send) -> None:
    message = send(uid=uid_of(MeetingPageFactory()))

    assert answer_of(invitation) is None
    assert message.state == InboundState.QUARANTINED


def test_a_neighbours_token_with_ones_own_address_is_held(invitation: Invitation, send: Send) -> None:
    neighbour = InvitationFactory(meeting=invitation.meeting, resident=ResidentFactory())

    send(to=address_of(neighbour.resident))

    assert answer_of(invitation) is None
    assert answer_of(neighbour) is None


OURS, THEIRS = "mx.agora.example.org", "mx.elsewhere.example"


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ([f"{OURS}; dmarc=fail header.from=example.net"], InboundState.HELD),
        ([f"{OURS}; dmarc=pass", f"{OURS}; dmarc=fail"], InboundState.HANDLED),
        ([f"{OURS} 1; dmarc=fail", f"{OURS}; dmarc=pass"], InboundState.HELD),
        ([f"{THEIRS}; dmarc=fail"], InboundState.HANDLED),
        ([f"{OURS}; dkim=none"], InboundState.HANDLED),
    ],
    ids=["fail", "forged pass below", "forged fail above", "another server's word", "none"],
)
def test_only_our_own_servers_topmost_word_is_believed(
    invitation: Invitation, settings: Settings, lines: list[str], state: str
) -> None:
    settings.INBOUND_AUTHSERV_ID = OURS
    ics = mails.calendar(uid=uid_of(invitation.meeting))
    raw = mails.gmail(to=address_of(invitation.resident), ics=ics)

    message = arrive("".join(f"Authentication-Results: {line}\r\n" for line in lines).encode() + raw)

    assert message.state == state
    assert bool(answer_of(invitation)) == (state == InboundState.HANDLED)


def test_a_full_meeting_takes_no_yes_and_says_so_once_a_day(invitation: Invitation, send: Send) -> None:
    MeetingPage.objects.update(capacity=0)

    send()
    send(stamp="20270301T110000Z")

    assert answer_of(invitation) is None
    assert [reply.effect for reply in CalendarReply.objects.all()] == [ReplyEffect.FULL] * 2
    assert Delivery.objects.get().mailing.kind == "no_seat"


def test_a_meeting_that_is_over_takes_no_answer(invitation: Invitation, send: Send) -> None:
    MeetingPage.objects.update(
        starts_at=timezone.now() - dt.timedelta(days=2), ends_at=timezone.now() - dt.timedelta(1)
    )

    send()

    assert answer_of(invitation) is None
    assert CalendarReply.objects.get().effect == ReplyEffect.LATE


def test_another_time_proposed_is_noted_and_answers_nothing(invitation: Invitation, send: Send) -> None:
    message = send(method="COUNTER", partstat="TENTATIVE", more="COMMENT:Plutôt à 20 h ?")

    assert answer_of(invitation) is None
    reply = CalendarReply.objects.get()
    assert (reply.comment, reply.proposed_start) == ("Plutôt à 20 h ?", dt.datetime(2027, 4, 3, 16, 30, tzinfo=dt.UTC))
    assert message.state == InboundState.HANDLED


@pytest.mark.parametrize("start", [";TZID=Asia/Tokyo:00010101T000000", ";TZID=America/Lima:99991231T235959"])
def test_a_time_that_no_calendar_shows_is_not_kept(invitation: Invitation, send: Send, start: str) -> None:
    send(method="COUNTER", partstat="TENTATIVE", start=start, stamp="99991231T235959Z")

    reply = CalendarReply.objects.get()
    assert (reply.proposed_start, reply.dtstamp) == (None, None)


def test_a_program_that_lost_the_invitation_gets_it_again_once_an_hour(invitation: Invitation, send: Send) -> None:
    send(method="REFRESH")
    send(method="REFRESH", stamp="20270301T100000Z")

    (letter,) = Delivery.objects.all()
    assert (letter.resident, letter.mailing.kind) == (invitation.resident, "invitation")


@pytest.mark.parametrize("method", ["REQUEST", "ADD", "CANCEL", "PUBLISH", "DECLINECOUNTER", ""])
def test_what_calendars_do_not_send_us_changes_nothing(invitation: Invitation, send: Send, method: str) -> None:
    message = send(method=method)

    assert answer_of(invitation) is None
    assert message.state == InboundState.NOTHING


def test_our_own_invitation_coming_back_is_no_answer(invitation: Invitation) -> None:
    ics = mails.calendar(uid=uid_of(invitation.meeting))
    returned = mails.gmail(to=mails.RESIDENT, ics=ics).decode()

    arrive(mails.bounce(to=address_of(invitation.resident), recipient=mails.RESIDENT, returned=returned))

    assert answer_of(invitation) is None


def test_an_erased_person_no_longer_answers(invitation: Invitation, send: Send) -> None:
    Resident.objects.update(erased_at=timezone.now(), email="")

    assert send().state == InboundState.QUARANTINED


@pytest.mark.parametrize("size", [1, 20])
def test_an_answer_costs_the_same_among_many(
    invitation: Invitation, send: Send, size: int, django_assert_max_num_queries: Any
) -> None:
    InvitationFactory.create_batch(size, meeting=invitation.meeting)

    with django_assert_max_num_queries(29):
        send()
