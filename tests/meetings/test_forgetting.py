"""Which seats are let go of each night: those asked for and never confirmed, and with them who asked."""

import datetime as dt

import pytest
import time_machine

from communities import forgetting as people
from communities.models import Delivery, DeliveryState, Mailing, Resident, SignUp
from communities.retention import nightly
from communities.signing_up import Wish
from config.celery import app
from meetings import holding, registering, tasks
from meetings.models import Answer, CalendarReply, Registration, ReplyEffect, WaitingPlace, WaitingState
from meetings.seating import answering_back, waiting
from tests.meetings.factories import InvitationFactory, MeetingPageFactory, WaitingPlaceFactory

NOW = dt.datetime(2027, 3, 1, 10, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=30, minutes=1)
NOON_OF_THE_PAST = NOW - dt.timedelta(days=365)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingPageFactory(starts_at=NOW + dt.timedelta(days=60))


def ask(meeting, *, now=NOW, follow=None):
    registration = registering.ask(
        meeting=meeting, name="Nora Chevalet", email="nora@example.org", guests=1, follow=follow, now=now
    )
    Delivery.objects.update(state=DeliveryState.SENT, ended_at=now)
    return registration


def forget(now):
    nightly.run(room="meetings", now=now)
    people.forget(now=now)


def test_a_seat_nobody_confirmed_goes_with_its_letter_its_wish_and_its_resident(meeting):
    ask(meeting, follow=Wish(whole_town=True, joins=False))

    forget(LATER)

    for table in (Registration, SignUp, Delivery, Mailing, Resident):
        assert not table.objects.exists()


def test_a_seat_may_be_confirmed_for_thirty_days(meeting):
    ask(meeting)

    forget(NOW + dt.timedelta(days=29, hours=23))

    assert Registration.objects.exists()
    assert Resident.objects.exists()


def test_a_confirmed_seat_stays_with_its_answer(meeting):
    registering.confirm(registration=ask(meeting), now=NOW)

    forget(LATER)

    assert Registration.objects.exists()
    assert Answer.objects.get().invitation.resident == Resident.objects.get()


def test_the_letters_of_a_seat_asked_for_again_and_again_go_too(meeting):
    ask(meeting)
    ask(meeting, now=NOW + dt.timedelta(days=1))

    forget(LATER + dt.timedelta(days=1))

    for table in (Registration, Mailing, Resident):
        assert not table.objects.exists()


def test_a_letter_that_has_not_left_yet_finds_its_seat(meeting):
    ask(meeting)
    Delivery.objects.update(state=DeliveryState.PENDING, ended_at=None)

    forget(LATER)

    assert Registration.objects.exists()


def test_the_clock_forgets_each_night():
    ask(MeetingPageFactory(starts_at=NOW + dt.timedelta(days=60)))

    with time_machine.travel(LATER, tick=False):
        tasks.forget()

    assert not Registration.objects.exists()
    assert app.conf.beat_schedule["forget-seats"]["task"] == tasks.forget.name


def test_comments_on_a_meeting_go_a_month_after_it() -> None:
    invitation = InvitationFactory(meeting__past=True)
    ended = invitation.meeting.ends_at
    CalendarReply.objects.create(
        invitation=invitation,
        method="REPLY",
        sequence=0,
        partstat="ACCEPTED",
        comment="En fauteuil",
        effect=ReplyEffect.COUNTED,
        received_at=ended,
    )

    nightly.run(room="meetings", now=ended + dt.timedelta(days=29))
    assert CalendarReply.objects.get().comment

    nightly.run(room="meetings", now=ended + dt.timedelta(days=31))
    assert CalendarReply.objects.get().comment == ""


def test_who_waited_is_forgotten_three_months_after_the_meeting():
    past = WaitingPlaceFactory(invitation__meeting__starts_at=NOON_OF_THE_PAST, left=True)
    ahead = WaitingPlaceFactory()
    answering_back.tell(
        kind=waiting.WAITING_LETTER,
        key=str(past.pk),
        title="On the waiting list: %(title)s",
        meeting=past.invitation.meeting,
        resident=past.invitation.resident,
        now=NOON_OF_THE_PAST,
    )
    Delivery.objects.update(state=DeliveryState.SENT, ended_at=NOW)

    nightly.run(room="meetings", now=NOON_OF_THE_PAST + dt.timedelta(days=91))

    assert list(WaitingPlace.objects.all()) == [ahead]
    assert not Mailing.objects.exists()


def test_an_erased_person_leaves_the_line(meeting):
    place = WaitingPlaceFactory(invitation__meeting=meeting)

    holding.erase(resident=place.invitation.resident, now=NOW)

    place.refresh_from_db()
    assert (place.state, place.ended_at) == (WaitingState.LEFT, NOW)
