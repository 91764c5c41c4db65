"""What a calendar program answers to an invitation, from the bytes that arrive to the answer that is recorded."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from communities.inbound import receiving, sorting
from communities.models import Delivery, InboundMessage, InboundState, Resident
from meetings import facts
from meetings.letters import invitation_letters
from meetings.models import Answer, AnswerChannel, CalendarReply, Choice, Invitation, MeetingPage, ReplyEffect
from tests import mails
from tests.communities.factories import ResidentFactory
from tests.meetings.factories import AnnouncementFactory, InvitationFactory, MeetingPageFactory

pytestmark = pytest.mark.django_db

Send = Callable[..., InboundMessage]


@pytest.fixture(autouse=True)
def _a_mailbox_is_read(settings: Settings) -> None:
    settings.INBOUND_DOMAIN = mails.DOMAIN


@pytest.fixture
def invitation() -> Invitation:
    """Jeanne was invited, by sequence 0."""
    invitation = InvitationFactory(resident__email=mails.RESIDENT, resident__name="Jeanne Martin")
    AnnouncementFactory(meeting=invitation.meeting)
    return invitation


def address_of(resident: Resident) -> str:
    return invitation_letters.organizer_address(resident.token)


def uid_of(meeting: MeetingPage) -> str:
    return f"reunion-{meeting.uid}@{facts.uid_domain()}"


@pytest.fixture
def send(invitation: Invitation) -> Send:
    """An answer arrives, and is read."""

    def send(client: str = "gmail", *, at: dt.datetime | None = None, to: str = "", **said: Any) -> InboundMessage:
        sender = said.pop("sender", mails.RESIDENT)
        headers = said.pop("headers", None)
        ics = mails.calendar(**{"uid": uid_of(invitation.meeting)} | said)
        raw = mails.CLIENTS[client](to=to or address_of(invitation.resident), ics=ics, sender=sender, headers=headers)
        return arrive(raw, at=at)

    return send


def arrive(raw: bytes, *, at: dt.datetime | None = None) -> InboundMessage:
    now = at or timezone.now()
    message = receiving.receive(raw=raw, source="pipe", now=now)
    sorting.sort_waiting(now=now)
    message.refresh_from_db()
    return message


def answer_of(invitation: Invitation) -> tuple[str, int, str] | None:
    current = invitation.answers.current().first()
    return current and (current.choice, current.guests, current.channel)


def test_an_answer_is_read_and_recorded_in_a_dozen_queries(
    invitation: Invitation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ics = mails.calendar(uid=uid_of(invitation.meeting))
    raw = mails.CLIENTS["gmail"](to=address_of(invitation.resident), ics=ics, sender=mails.RESIDENT)
    message = receiving.receive(raw=raw, source="pipe", now=timezone.now())

    with django_assert_max_num_queries(14):
        sorting.sort(pks=[message.pk], now=timezone.now())

    assert answer_of(invitation) == ("yes", 0, "calendar")


@pytest.mark.parametrize("client", sorted(mails.CLIENTS))
def test_every_calendar_program_is_understood(invitation: Invitation, send: Send, client: str) -> None:
    message = send(client, partstat="TENTATIVE")

    assert answer_of(invitation) == (Choice.MAYBE, 0, AnswerChannel.CALENDAR)
    assert (message.state, message.resident) == (InboundState.HANDLED, invitation.resident)


@pytest.mark.parametrize(
    ("partstat", "choice"),
    [("ACCEPTED", Choice.YES), ("DECLINED", Choice.NO), ("TENTATIVE", Choice.MAYBE), ("DELEGATED", Choice.NO)],
)
def test_each_word_of_a_calendar_is_an_answer(
    invitation: Invitation, send: Send, partstat: str, choice: Choice
) -> None:
    send(partstat=partstat, parameters=';DELEGATED-TO="mailto:paul@example.com"' if partstat == "DELEGATED" else "")

    assert answer_of(invitation) == (choice, 0, AnswerChannel.CALENDAR)


def test_whom_somebody_delegates_to_is_noted_and_not_invited(invitation: Invitation, send: Send) -> None:
    send(partstat="DELEGATED", parameters=';DELEGATED-TO="mailto:paul@example.com"')

    assert "paul@example.com" in CalendarReply.objects.get().comment
    assert Invitation.objects.count() == 1


def test_googles_guests_come_too_nine_at_most(invitation: Invitation, send: Send) -> None:
    send(parameters=";X-NUM-GUESTS=40")

    assert answer_of(invitation) == (Choice.YES, 9, AnswerChannel.CALENDAR)


def test_a_comment_is_kept_for_the_town_hall(send: Send) -> None:
    send("exchange", more="COMMENT:Peut-on venir\\, en fauteuil ?")
    send(parameters=';X-RESPONSE-COMMENT="On vient à trois"', partstat="DECLINED")

    assert [reply.comment for reply in CalendarReply.objects.order_by("pk")] == [
        "Peut-on venir, en fauteuil ?",
        "On vient à trois",
    ]


def test_an_answer_without_organizer_nor_sequence_counts(invitation: Invitation, send: Send) -> None:
    send(sequence=None, organizer="")

    assert answer_of(invitation) == (Choice.YES, 0, AnswerChannel.CALENDAR)


def test_addresses_and_tokens_are_the_same_in_capitals(invitation: Invitation, send: Send) -> None:
    send(to=address_of(invitation.resident).upper(), attendee=mails.RESIDENT.upper())

    assert answer_of(invitation) == (Choice.YES, 0, AnswerChannel.CALENDAR)


def test_the_token_is_found_in_the_envelope_when_the_header_names_somebody_else(
    invitation: Invitation, send: Send
) -> None:
    send(to="Mairie <autre@example.org>", headers={"Delivered-To": address_of(invitation.resident)})

    assert answer_of(invitation) == (Choice.YES, 0, AnswerChannel.CALENDAR)


def test_the_token_is_found_in_the_organizer_as_a_last_resort(invitation: Invitation, send: Send) -> None:
    send(to="Mairie <autre@example.org>", organizer=address_of(invitation.resident))

    assert answer_of(invitation) == (Choice.YES, 0, AnswerChannel.CALENDAR)


def test_the_same_answer_twice_is_one_answer(invitation: Invitation, send: Send) -> None:
    first = send()
    again = send()
    by_another_way = send("exchange", headers={"Message-ID": "<other@example.net>"})

    assert first == again
    assert by_another_way.state == InboundState.NOTHING
    assert Answer.objects.count() == CalendarReply.objects.count() == 1


def test_who_changes_their_mind_is_believed(invitation: Invitation, send: Send) -> None:
    send(partstat="ACCEPTED")
    send(partstat="DECLINED", stamp="20270301T100000Z")

    assert answer_of(invitation) == (Choice.NO, 0, AnswerChannel.CALENDAR)
    assert invitation.answers.count() == 2


def test_no_answer_yet_changes_nothing(invitation: Invitation, send: Send) -> None:
    message = send(partstat="NEEDS-ACTION")

    assert answer_of(invitation) is None
    assert message.state == InboundState.NOTHING


def test_an_answer_on_the_site_after_the_mail_arrived_stands(invitation: Invitation, send: Send) -> None:
    now = timezone.now()
    Answer.objects.create(invitation=invitation, choice=Choice.NO, channel=AnswerChannel.WEB, answered_at=now)

    send(at=now - dt.timedelta(minutes=5))

    assert answer_of(invitation) == (Choice.NO, 0, AnswerChannel.WEB)
    assert CalendarReply.objects.get().effect == ReplyEffect.OLDER


def test_the_last_word_wins_whatever_the_calendars_clock_says(invitation: Invitation, send: Send) -> None:
    now = timezone.now()
    Answer.objects.create(
        invitation=invitation, choice=Choice.NO, channel=AnswerChannel.WEB, answered_at=now - dt.timedelta(minutes=5)
    )

    send(at=now, stamp="20200101T000000Z")

    assert answer_of(invitation) == (Choice.YES, 0, AnswerChannel.CALENDAR)


def moved(invitation: Invitation) -> None:
    """The meeting is at another hour, and residents were told so by sequence 1."""
    meeting = invitation.meeting
    meeting.starts_at += dt.timedelta(hours=1)
    meeting.ends_at += dt.timedelta(hours=1)
    meeting.save()
    AnnouncementFactory(meeting=meeting, sequence=1)


def test_an_answer_to_an_earlier_date_does_not_count_and_is_asked_again(invitation: Invitation, send: Send) -> None:
    moved(invitation)

    send(sequence=0)

    assert answer_of(invitation) is None
    assert CalendarReply.objects.get().effect == ReplyEffect.STALE
    assert Delivery.objects.get().order == 1


def test_an_answer_to_an_earlier_wording_of_the_same_appointment_counts(invitation: Invitation, send: Send) -> None:
    invitation.meeting.title = "Un autre titre"
    invitation.meeting.save()
    AnnouncementFactory(meeting=invitation.meeting, sequence=1)

    send(sequence=0)

    assert answer_of(invitation) == (Choice.YES, 0, AnswerChannel.CALENDAR)


def test_a_program_that_counts_further_than_we_do_is_believed(invitation: Invitation, send: Send) -> None:
    send(sequence=7)

    assert answer_of(invitation) == (Choice.YES, 0, AnswerChannel.CALENDAR)


def test_a_forwarded_invitation_never_answers_for_the_invited(invitation: Invitation, send: Send) -> None:
    message = send(attendee="paul.durand@example.com", sender="paul.durand@example.com")

    assert answer_of(invitation) is None
    assert message.state == InboundState.HELD
    assert "paul.durand@example.com" in message.outcome
    assert not Delivery.objects.exists()


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
