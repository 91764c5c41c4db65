"""What a calendar program answers to an invitation, from the bytes that arrive to the answer that is recorded."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from communities.inbound import receiving, sorting
from communities.models import Delivery, InboundState
from meetings.models import Answer, AnswerChannel, CalendarReply, Choice, Invitation, ReplyEffect
from tests import mails
from tests.meetings.factories import AnnouncementFactory
from tests.meetings.inbound.answering import Send, address_of, answer_of, moved, uid_of

pytestmark = pytest.mark.django_db


def test_an_answer_is_read_and_recorded_in_ten_queries(
    invitation: Invitation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ics = mails.calendar(uid=uid_of(invitation.meeting))
    raw = mails.CLIENTS["gmail"](to=address_of(invitation.resident), ics=ics, sender=mails.RESIDENT)
    message = receiving.receive(raw=raw, source="pipe", now=timezone.now())

    with django_assert_max_num_queries(10):
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


@pytest.mark.parametrize(
    ("yes", "no", "choice"),
    [(1, 2, Choice.NO), (2, 1, Choice.YES), (1, 90, Choice.YES), (-9, 2, Choice.YES)],
    ids=["overtaken", "in order", "after one of a clock ahead", "of a program that says when it was invited"],
)
def test_a_calendars_answer_that_was_overtaken_on_its_way_does_not_count(
    invitation: Invitation, send: Send, yes: int, no: int, choice: Choice
) -> None:
    invited = invitation.created_at
    wrote = {minutes: f"{invited + dt.timedelta(minutes=minutes):%Y%m%dT%H%M%SZ}" for minutes in (yes, no)}

    send(partstat="DECLINED", stamp=wrote[no], at=invited + dt.timedelta(minutes=10))
    send(partstat="ACCEPTED", stamp=wrote[yes], at=invited + dt.timedelta(minutes=20))

    assert answer_of(invitation) == (choice, 0, AnswerChannel.CALENDAR)


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
