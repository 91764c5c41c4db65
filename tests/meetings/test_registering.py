"""Someone who was not invited and wants to come: a seat held two days, one letter, one button."""

import datetime as dt

import pytest
from django.utils import timezone

from communities import consent
from communities.models import Channel, Mailing, Resident
from communities.signing_up import Wish
from meetings import registering, rsvp
from meetings.models import Answer, Choice, Invitation, Registration
from meetings.seating import seats
from tests.communities.factories import ResidentFactory
from tests.meetings.factories import InvitationFactory, MeetingPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


def ask(meeting, now, *, email="nora@example.org", guests=0, follow=None):
    return registering.ask(meeting=meeting, name="Nora Chevalet", email=email, guests=guests, follow=follow, now=now)


def test_a_stranger_holds_a_seat_and_gets_one_letter(now):
    meeting = MeetingPageFactory(capacity=5)

    ask(meeting, now, guests=1)

    assert seats.left(meeting=meeting, now=now) == 3
    assert Mailing.objects.get().kind == registering.LETTER_KIND
    assert not Invitation.objects.exists()


def test_the_button_makes_the_seat_theirs(now):
    registration = ask(MeetingPageFactory(), now, guests=2)

    invitation = registering.confirm(registration=registration, now=now)

    answer = Answer.objects.get(invitation=invitation)
    assert (answer.choice, answer.guests) == (Choice.YES, 2)
    assert Resident.objects.get().confirmed_at == now


def test_pressing_the_button_twice_does_no_more(now):
    registration = ask(MeetingPageFactory(), now)

    registering.confirm(registration=registration, now=now)
    registering.confirm(registration=registration, now=now)

    assert Answer.objects.count() == 1


def test_changing_ones_mind_is_not_undone_by_pressing_the_old_button_again(now):
    registration = ask(MeetingPageFactory(), now)
    invitation = registering.confirm(registration=registration, now=now)
    rsvp.answer(invitation=invitation, choice=Choice.NO, channel="mail", now=now)

    registering.confirm(registration=registration, now=now)

    assert Answer.objects.current().get().choice == Choice.NO


def test_asking_twice_in_a_row_sends_one_letter_whose_content_nobody_changes(now):
    meeting = MeetingPageFactory(capacity=5)

    ask(meeting, now)
    ask(meeting, now + dt.timedelta(seconds=20), guests=1, follow=Wish(whole_town=True, joins=False))

    assert Mailing.objects.count() == 1
    registration = Registration.objects.get()
    assert (registration.guests, registration.sign_up) == (0, None)
    assert seats.left(meeting=meeting, now=now) == 4


def test_asking_again_and_again_holds_no_seat_longer(now):
    meeting = MeetingPageFactory(capacity=5)
    first = ask(meeting, now)

    again = ask(meeting, now + dt.timedelta(hours=47))

    assert again.held_until == first.held_until


def test_the_button_of_an_older_letter_does_not_confirm_what_was_asked_since(now):
    meeting = MeetingPageFactory()
    old = registering.token_of(ask(meeting, now))
    ask(meeting, now + dt.timedelta(hours=1), guests=9)

    assert registering.find(token=old) is None


def test_the_button_pressed_while_the_same_person_asks_again_says_which_letter_counts(now):
    meeting = MeetingPageFactory()
    first = ask(meeting, now)
    ask(meeting, now + dt.timedelta(hours=1))

    with pytest.raises(registering.Replaced) as refusal:
        registering.confirm(registration=first, now=now)

    assert refusal.value.sentence
    assert not Invitation.objects.exists()


def test_a_full_meeting_says_so_to_everyone_alike(now):
    meeting = MeetingPageFactory(capacity=1)
    comes = InvitationFactory(meeting=meeting, resident__email="ada@example.org")
    rsvp.answer(invitation=comes, choice=Choice.YES, channel="mail", now=now)

    for email in ("ada@example.org", "nora@example.org"):
        with pytest.raises(rsvp.Full):
            ask(meeting, now, email=email)


def test_someone_who_asks_again_later_gets_the_letter_again(now):
    meeting = MeetingPageFactory()

    ask(meeting, now)
    ask(meeting, now + dt.timedelta(hours=1))

    assert Mailing.objects.count() == 2


def test_a_known_resident_is_not_changed_by_what_a_stranger_types(now):
    resident = ResidentFactory(name="Ada Terril", email="ada@example.org", confirmed_at=now)

    registering.ask(
        meeting=MeetingPageFactory(), name="Quelqu'un", email="ADA@example.org", guests=0, follow=None, now=now
    )

    resident.refresh_from_db()
    assert resident.name == "Ada Terril"
    assert Resident.objects.count() == 1


def test_registering_changes_no_answer_before_the_button(now):
    invitation = InvitationFactory(resident__email="ada@example.org")
    rsvp.answer(invitation=invitation, choice=Choice.NO, channel="mail", now=now)

    ask(invitation.meeting, now, email="ada@example.org")

    assert Answer.objects.current().get().choice == Choice.NO


def test_coming_allows_nothing_else(now):
    registration = ask(MeetingPageFactory(), now)

    registering.confirm(registration=registration, now=now)

    assert consent.scopes_held(resident=registration.resident, channel=Channel.EMAIL) == set()


def test_what_was_ticked_holds_once_the_address_is_proven(now):
    registration = ask(MeetingPageFactory(), now, follow=Wish(whole_town=True, joins=False))

    before = consent.scopes_held(resident=registration.resident, channel=Channel.EMAIL)
    registering.confirm(registration=registration, now=now)

    assert before == set()
    assert consent.scopes_held(resident=registration.resident, channel=Channel.EMAIL) == {consent.TOWN}


def test_a_seat_not_confirmed_in_time_goes_to_someone_else(now):
    meeting = MeetingPageFactory(capacity=1)
    late = ask(meeting, now)
    much_later = late.held_until + dt.timedelta(hours=1)
    quicker = ask(meeting, much_later, email="felix@example.org")
    registering.confirm(registration=quicker, now=much_later)

    with pytest.raises(rsvp.Full):
        registering.confirm(registration=late, now=much_later)


def test_a_seat_not_confirmed_in_time_is_still_theirs_when_nobody_took_it(now):
    registration = ask(MeetingPageFactory(capacity=1), now)

    registering.confirm(registration=registration, now=registration.held_until + dt.timedelta(hours=1))

    assert Answer.objects.coming().people() == 1


def test_a_full_meeting_holds_no_seat(now):
    meeting = MeetingPageFactory(capacity=1)

    with pytest.raises(rsvp.Full):
        ask(meeting, now, guests=1)

    assert not Registration.objects.exists()
