"""What the letters of a waiting list say, and when each must not leave any more."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from communities.models import Channel, Delivery, Mailing, Town
from communities.post.composing import AFTER_HELLO, PREFERENCES_URL
from communities.post.kinds import letter_kinds
from meetings import rsvp
from meetings.models import AnswerChannel, Choice, MeetingPage, WaitingPlace
from meetings.seating import answering_back, offers, waiting
from tests.communities.factories import ResidentFactory, SuppressionFactory
from tests.meetings.conftest import Carry
from tests.meetings.factories import AnswerFactory, InvitationFactory, MeetingPageFactory, VenueFactory

GOLDEN = Path(__file__).parent / "golden" / "waiting"
NOON = dt.datetime(2027, 3, 1, 11, tzinfo=dt.UTC)
VALUES = {AFTER_HELLO: " Ada Terril", PREFERENCES_URL: "https://fosse.example/preferences/"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(db: None) -> MeetingPage:
    """One seat, taken by Odile."""
    Town.objects.update_or_create(pk=1, defaults={"town_hall": "Mairie de Fosse-les-Briques", "phone": "0353010203"})
    meeting = MeetingPageFactory(
        title="Le grand rangement",
        capacity=1,
        starts_at=NOON + dt.timedelta(days=10),
        venue=VenueFactory(name="Salle du Chevalet"),
    )
    AnswerFactory(invitation__meeting=meeting, invitation__resident__name="Odile Chevalet")
    return meeting


def wait(meeting: MeetingPage, **resident: object) -> WaitingPlace:
    invitation = InvitationFactory(meeting=meeting, **resident)
    return waiting.join(invitation=invitation, guests=0, now=NOON)


def free_the_seat(meeting: MeetingPage) -> None:
    odile = meeting.invitations.get(resident__name="Odile Chevalet")
    rsvp.answer(invitation=odile, choice=Choice.NO, channel=AnswerChannel.MAIL, now=NOON)


def take(place: WaitingPlace, choice: Choice = Choice.YES) -> None:
    rsvp.answer(invitation=place.invitation, choice=choice, channel=AnswerChannel.MAIL, now=NOON)


def text(kind: str) -> str:
    """The letter in French, its link and its host left out: they are another one each time."""
    mailing = Mailing.objects.get(kind=kind)
    letter = letter_kinds[kind].compose(mailing=mailing, language="fr").filled(VALUES)
    words = f"{letter.subject}\n\n{letter.text}".splitlines()
    return "\n".join("<adresse>" if line.startswith("http") else line.rstrip() for line in words) + "\n"


def why_not(kind: str, now: dt.datetime = NOON) -> dict[int, str]:
    mailing = Mailing.objects.filter(kind=kind).order_by("pk").first()
    return dict(letter_kinds[kind].still_true(mailing=mailing, deliveries=list(mailing.deliveries.all()), now=now))


def lapse(meeting: MeetingPage) -> None:
    free_the_seat(meeting)
    waiting.keep_all(now=NOON + offers.LASTS_AT_MOST)


@pytest.mark.parametrize(
    "kind", [waiting.WAITING_LETTER, offers.OFFER_LETTER, offers.LAPSED_LETTER, offers.SEATED_LETTER]
)
def test_the_letter_reads_as_it_was_agreed(meeting: MeetingPage, kind: str) -> None:
    place = wait(meeting)
    if kind == offers.LAPSED_LETTER:
        lapse(meeting)
    elif kind != waiting.WAITING_LETTER:
        free_the_seat(meeting)
    if kind == offers.SEATED_LETTER:
        take(place)

    assert text(kind) == (GOLDEN / f"{kind}.txt").read_text()


def test_the_seat_that_is_theirs_comes_with_its_calendar_entry(meeting: MeetingPage) -> None:
    place = wait(meeting)
    free_the_seat(meeting)
    take(place)

    letter = letter_kinds[offers.SEATED_LETTER].compose(
        mailing=Mailing.objects.get(kind=offers.SEATED_LETTER), language="fr"
    )

    assert letter.calendar.method == "PUBLISH"
    assert str(meeting.uid).encode() in letter.calendar.content


def test_a_number_in_line_is_not_sent_once_a_seat_is_offered(meeting: MeetingPage) -> None:
    wait(meeting)
    assert why_not(waiting.WAITING_LETTER) == {}

    free_the_seat(meeting)

    assert len(why_not(waiting.WAITING_LETTER)) == 1


@pytest.mark.parametrize("choice", [Choice.YES, Choice.NO])
def test_an_offer_that_was_answered_is_not_sent(meeting: MeetingPage, choice: Choice) -> None:
    place = wait(meeting)
    free_the_seat(meeting)
    assert why_not(offers.OFFER_LETTER) == {}

    take(place, choice)

    assert len(why_not(offers.OFFER_LETTER)) == 1


def test_an_offer_whose_time_is_over_is_not_sent(meeting: MeetingPage) -> None:
    wait(meeting)
    free_the_seat(meeting)

    assert len(why_not(offers.OFFER_LETTER, now=NOON + offers.LASTS_AT_MOST)) == 1


def test_nobody_is_told_of_a_lapse_once_they_stand_in_line_again(meeting: MeetingPage) -> None:
    place = wait(meeting)
    wait(meeting)
    lapse(meeting)
    later = NOON + offers.LASTS_AT_MOST
    assert why_not(offers.LAPSED_LETTER, now=later) == {}

    waiting.join(invitation=place.invitation, guests=0, now=later)

    assert len(why_not(offers.LAPSED_LETTER, now=later)) == 1


def test_a_seat_given_up_since_is_not_confirmed(meeting: MeetingPage) -> None:
    place = wait(meeting)
    free_the_seat(meeting)
    take(place)
    assert why_not(offers.SEATED_LETTER) == {}

    take(place, Choice.NO)

    assert len(why_not(offers.SEATED_LETTER)) == 1


def test_a_cancelled_meeting_sends_none_of_them(meeting: MeetingPage) -> None:
    place = wait(meeting)
    free_the_seat(meeting)
    take(place)
    MeetingPage.objects.filter(pk=meeting.pk).update(status="cancelled")

    for kind in (waiting.WAITING_LETTER, offers.OFFER_LETTER, offers.SEATED_LETTER):
        assert len(why_not(kind)) == 1


@pytest.mark.parametrize(
    ("traits", "channel"),
    [
        ({"email": "ada@example.org"}, Channel.EMAIL),
        ({"email": "", "phone": "0199000102"}, Channel.PHONE),
        ({"email": "", "phone": "", "street": "1 rue du Terril"}, Channel.LETTER),
        ({"email": "blocked@example.org", "phone": "0199000102"}, Channel.PHONE),
    ],
)
def test_each_is_told_by_the_quickest_means_that_reaches_them(
    meeting: MeetingPage, traits: dict[str, str], channel: Channel
) -> None:
    SuppressionFactory(address="blocked@example.org")

    wait(meeting, resident=ResidentFactory(**traits))

    assert Delivery.objects.get().channel == channel


def test_somebody_whom_nothing_reaches_waits_all_the_same(meeting: MeetingPage) -> None:
    SuppressionFactory(address="blocked@example.org")

    place = wait(meeting, resident=ResidentFactory(email="blocked@example.org", phone="", street=""))

    assert place.is_standing
    assert not Mailing.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_offer_leaves_at_once_with_the_page_that_takes_it(carry: Carry, meeting: MeetingPage) -> None:
    with time_machine.travel(NOON, tick=False):
        place = wait(meeting, resident__email="ada@example.org")
        free_the_seat(meeting)
        (offer,) = carry()["ada@example.org"]

    assert rsvp.token_of(place.invitation) + "/attente/" in offer.get_body(("plain",)).get_content()
    assert timezone.localtime(place.asked_at).hour == 12


def test_whoever_joins_and_leaves_all_night_is_not_written_to_each_time(meeting: MeetingPage) -> None:
    place = wait(meeting)

    for _time in range(10):
        waiting.leave(invitation=place.invitation, now=NOON)
        waiting.join(invitation=place.invitation, guests=0, now=NOON)

    assert Mailing.objects.filter(kind=waiting.WAITING_LETTER).count() == answering_back.MOST_IN_A_DAY
    waiting.leave(invitation=place.invitation, now=NOON)
    waiting.join(invitation=place.invitation, guests=0, now=NOON + dt.timedelta(days=2))
    assert Mailing.objects.filter(kind=waiting.WAITING_LETTER).count() == answering_back.MOST_IN_A_DAY + 1
