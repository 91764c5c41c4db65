"""Someone telephoned or came to the desk: what is recorded, and the one letter that tells them so."""

import datetime as dt

import pytest
from django.utils import timezone

from communities.models import Delivery, Mailing, Priority
from communities.post.kinds import letter_kinds
from meetings import rsvp
from meetings.by_hand import writing_down
from meetings.models import AnswerChannel, Choice, MeetingPage, MeetingStatus
from tests.communities.factories import ResidentFactory, SuppressionFactory
from tests.meetings.factories import AnnouncementFactory, MeetingPageFactory, evening

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def meeting():
    return MeetingPageFactory(title="Les bancs de la cité")


def write_down(meeting, now, *, email="basile@example.org", phone="01 99 00 00 01", guests=1):
    return writing_down.write_down(
        meeting=meeting,
        name="Basile Coron",
        email=email,
        phone=phone,
        guests=guests,
        channel=AnswerChannel.PHONE,
        now=now,
    )


def letter(language="en"):
    mailing = Mailing.objects.get()
    return letter_kinds[mailing.kind].compose(mailing=mailing, language=language)


def why_not(now):
    mailing = Mailing.objects.get()
    return letter_kinds[mailing.kind].still_true(mailing=mailing, deliveries=[Delivery.objects.get()], now=now)


def test_someone_on_the_telephone_is_written_down_at_once_without_a_letter(meeting, now):
    invitation = write_down(meeting, now, email="")

    assert invitation.answers.get().channel == AnswerChannel.PHONE
    assert not Mailing.objects.exists()


def test_an_address_gets_one_letter_that_overtakes_the_others(meeting, now):
    write_down(meeting, now)

    delivery = Delivery.objects.get()
    assert (delivery.mailing.kind, delivery.resident.email) == (writing_down.LETTER_KIND, "basile@example.org")
    assert delivery.priority == Priority.TRANSACTIONAL
    assert why_not(now) == {}


def test_the_letter_says_what_was_recorded_and_where_to_change_it(meeting, now):
    invitation = write_down(meeting, now)

    written = letter()

    assert written.subject == "You are expected: Les bancs de la cité"
    for body in (written.text, written.html):
        assert "Les bancs de la cité" in body
        assert "You, and 1 person with you." in body
        assert f"/r/{rsvp.token_of(invitation)}" in body
    assert "confirm" not in written.text.lower()


def test_the_letter_speaks_french(meeting, now):
    write_down(meeting, now)

    written = letter("fr")

    assert written.subject == "Nous vous attendons : Les bancs de la cité".replace(" :", "\u00a0:")
    assert "La mairie a noté que vous venez" in written.text


def test_the_letter_carries_the_calendar_entry_as_it_was_last_told(meeting, now):
    AnnouncementFactory(meeting=meeting, sequence=3)
    write_down(meeting, now)

    part = letter().calendar

    assert part.method == "PUBLISH"
    assert str(meeting.uid).encode() in part.content
    assert b"SEQUENCE:3" in part.content


def test_a_meeting_moved_since_it_was_told_comes_as_the_next_entry(meeting, now):
    AnnouncementFactory(meeting=meeting, sequence=3)
    MeetingPage.objects.filter(pk=meeting.pk).update(starts_at=evening(in_days=20), ends_at=evening(in_days=21))
    write_down(meeting, now)

    content = letter().calendar.content

    assert b"SEQUENCE:4" in content
    assert f"DTSTART;TZID=Europe/Paris:{timezone.localtime(evening(in_days=20)):%Y%m%dT%H%M%S}".encode() in content


def test_typing_the_same_twice_posts_one_letter(meeting, now):
    write_down(meeting, now)
    write_down(meeting, now + dt.timedelta(seconds=5))

    assert Mailing.objects.count() == 1


def test_coming_with_more_people_posts_a_letter_of_its_own(meeting, now):
    write_down(meeting, now)
    write_down(meeting, now, guests=3)

    assert Mailing.objects.count() == 2


def test_a_blocked_address_gets_nothing_and_their_yes_counts(meeting, now):
    SuppressionFactory(address="Basile@example.org")

    invitation = write_down(meeting, now)

    assert not Mailing.objects.exists()
    assert invitation.answers.get().choice == Choice.YES


def test_someone_known_by_telephone_is_written_to_at_the_address_they_now_give(meeting, now):
    known = ResidentFactory(without_email=True, name="Basile Coron", phone="0199000001")

    invitation = write_down(meeting, now)

    assert invitation.resident == known
    assert Delivery.objects.get().address == "basile@example.org"


def test_whoever_changed_their_mind_before_it_left_is_not_expected(meeting, now):
    invitation = write_down(meeting, now)
    rsvp.answer(invitation=invitation, choice=Choice.NO, channel=AnswerChannel.PHONE, now=now)

    assert len(why_not(now)) == 1


@pytest.mark.parametrize("status", [MeetingStatus.CANCELLED, MeetingStatus.POSTPONED])
def test_nobody_is_expected_at_what_was_called_off(status, meeting, now):
    write_down(meeting, now)
    MeetingPage.objects.filter(pk=meeting.pk).update(status=status)

    assert len(why_not(now)) == 1
