"""What a telephone shows about a meeting: when, where, the page of the answer, and how to stop."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone, translation
from pytest_django import Settings

from communities import noting
from communities.models import Channel, Delivery, Resident, Town
from communities.post import gsm
from communities.post.kinds import letter_kinds
from meetings import facts, reminding, rsvp
from meetings.letters import short_texts
from meetings.models import Invitation
from tests.communities.factories import ResidentFactory
from tests.meetings.conftest import at
from tests.meetings.factories import AnswerFactory, InvitationFactory, MeetingPageFactory, evening

pytestmark = pytest.mark.django_db

MOBILE = "0639981234"


@pytest.fixture(autouse=True)
def _gateway(settings: Settings) -> None:
    settings.SMS_GATEWAY = "{number}@sms.example"
    settings.SITE_URL = "https://participer.commune.example"
    Town.objects.update_or_create(
        pk=1, defaults={"town_hall": "Mairie d’Exempleville", "phone": "0199001234", "email": "mairie@example.org"}
    )


def texted(resident: Resident) -> Resident:
    noting.note_texts(resident=resident, agreed=True, proof="carnet", now=timezone.now())
    return resident


@pytest.fixture
def ines() -> Resident:
    return texted(ResidentFactory(name="Inès Briquette", without_email=True, phone=MOBILE))


@pytest.mark.parametrize(
    "say", [short_texts.expected, short_texts.reminder, short_texts.cancelled, short_texts.postponed]
)
@pytest.mark.parametrize("title", ["Le grand rangement", "Une très longue réunion du coron " * 12])
def test_a_text_says_when_where_and_the_way_out_in_two_parts_at_most(say, title: str):
    invitation = InvitationFactory(meeting__title=title[:250])
    told = facts.published(meeting=invitation.meeting)

    with translation.override("fr"):
        words = say(told, invitation=invitation, town=Town.load())

    assert words.startswith("Mairie d'Exempleville")
    assert invitation.meeting.venue.name in words
    assert "18 h 30" in words
    assert rsvp.token_of(invitation) in words
    assert "STOP : 01 99 00 12 34" in words
    assert gsm.length(words) <= gsm.TWO_PARTS


def test_whoever_comes_and_has_no_e_mail_is_reminded_by_text(ines: Resident):
    meeting = MeetingPageFactory(starts_at=evening(in_days=1))
    early = timezone.now() - dt.timedelta(days=5)
    invitation = InvitationFactory(meeting=meeting, resident=ines, sequence=None, created_at=early)
    AnswerFactory(invitation=invitation, answered_at=early)

    reminding.remind(now=meeting.starts_at - dt.timedelta(hours=8))

    message = Delivery.objects.get()
    words = letter_kinds["reminder"].short_text(mailing=message.mailing, deliveries=[message])
    assert message.channel == Channel.SMS
    assert meeting.venue.name in words[message.pk]


def test_whoever_calls_to_come_gets_a_text_that_says_so(desk: Client, ines: Resident):
    meeting = MeetingPageFactory()
    said = {"name": "Inès Briquette", "phone": MOBILE, "guests": "0", "channel": "phone"}

    desk.post(at("write_down", meeting), said)

    message = Delivery.objects.get()
    words = letter_kinds["expected"].short_text(mailing=message.mailing, deliveries=[message])
    assert (message.channel, message.resident) == (Channel.SMS, ines)
    assert rsvp.token_of(Invitation.objects.get()) in words[message.pk]


def test_whoever_did_not_agree_gets_nothing_by_text(desk: Client):
    said = {"name": "Nora Chevalet", "phone": MOBILE, "guests": "0", "channel": "phone"}

    desk.post(at("write_down", MeetingPageFactory()), said)

    assert Invitation.objects.exists()
    assert not Delivery.objects.exists()
