"""Signing up for a work day: places, things, the line, and the answer to the meeting that it is."""

import datetime as dt

import pytest
from django.utils import timezone

from communities.models import Delivery
from engagement.models import Signup, Volunteer
from engagement.volunteering import answering, locking, signing_up, telling
from engagement.volunteering.wishes import Wish
from meetings import rsvp
from meetings.models import Answer, AnswerChannel, Choice, MeetingStatus
from tests.communities.factories import ResidentFactory
from tests.engagement.factories_of_work_days import (
    NeedFactory,
    ShiftFactory,
    VolunteerFactory,
    WorkDayFactory,
    morning,
)
from tests.meetings.factories import InvitationFactory, MeetingPageFactory

pytestmark = pytest.mark.django_db


def sign(work_day, resident, *, shifts=(), waits=(), items=None, guests=0, **more):
    wish = Wish(
        shifts=frozenset(shift.pk for shift in shifts),
        waits=frozenset(shift.pk for shift in waits),
        items={need.pk: number for need, number in (items or {}).items()},
        guests=guests,
        **more,
    )
    return signing_up.sign_up(
        work_day=work_day, resident=resident, wish=wish, channel=AnswerChannel.MAIL, now=timezone.now()
    )


def letters(kind):
    return Delivery.objects.filter(mailing__kind=kind)


def test_whoever_takes_a_shift_says_yes_to_the_meeting():
    shift, resident = ShiftFactory(), ResidentFactory()

    sign(shift.work_day, resident, shifts=[shift], guests=2)

    answer = Answer.objects.current().get()
    assert (answer.choice, answer.guests, answer.invitation.resident) == (Choice.YES, 2, resident)


def test_one_letter_repeats_what_was_said_and_the_same_wish_twice_sends_no_second():
    shift, resident = ShiftFactory(), ResidentFactory()

    sign(shift.work_day, resident, shifts=[shift])
    sign(shift.work_day, resident, shifts=[shift])

    assert letters(telling.CONFIRMED_LETTER).count() == 1


def test_a_shift_never_takes_more_people_than_places():
    shift = ShiftFactory(places=3)
    sign(shift.work_day, ResidentFactory(), shifts=[shift], guests=1)

    with pytest.raises(signing_up.NoPlaceLeft) as refused:
        sign(shift.work_day, ResidentFactory(), shifts=[shift], guests=1)

    assert refused.value.shifts == {shift.pk}
    assert Volunteer.objects.count() == 1


def test_what_is_held_by_a_letter_that_waits_is_nobody_elses():
    shift = ShiftFactory(places=1)
    VolunteerFactory(held=True, work_day=shift.work_day, shifts=[shift])

    with pytest.raises(signing_up.NoPlaceLeft):
        sign(shift.work_day, ResidentFactory(), shifts=[shift])


def test_what_was_held_too_long_is_free_again():
    shift = ShiftFactory(places=1)
    VolunteerFactory(forgotten=True, work_day=shift.work_day, shifts=[shift])

    assert sign(shift.work_day, ResidentFactory(), shifts=[shift]).signups.coming().exists()


def test_nobody_brings_more_than_is_needed():
    need = NeedFactory(quantity=5)
    sign(need.work_day, ResidentFactory(), items={need: 3})

    with pytest.raises(signing_up.NotNeededAnyMore):
        sign(need.work_day, ResidentFactory(), items={need: 3})

    assert sign(need.work_day, ResidentFactory(), items={need: 2}).pledges.get().quantity == 2


def test_a_wish_for_nothing_is_refused_where_there_is_something_to_choose():
    shift = ShiftFactory()

    with pytest.raises(signing_up.NothingChosen):
        sign(shift.work_day, ResidentFactory())


def test_a_day_without_shifts_takes_whoever_comes():
    assert sign(WorkDayFactory(), ResidentFactory()).is_coming


def test_minors_do_not_come_to_what_is_for_adults():
    shift = ShiftFactory(minors="adults_only")

    with pytest.raises(signing_up.NotForMinors):
        sign(shift.work_day, ResidentFactory(), shifts=[shift], guests=1, minors=1)


def test_a_shift_of_another_day_is_not_taken():
    shift, elsewhere = ShiftFactory(), ShiftFactory()

    volunteer = sign(shift.work_day, ResidentFactory(), shifts=[shift, elsewhere])

    assert [signup.shift for signup in volunteer.signups.all()] == [shift]


def test_whoever_waits_has_no_answer_yet_and_moves_up_when_a_place_is_free():
    shift = ShiftFactory(places=1)
    first, second = ResidentFactory(), ResidentFactory()
    taken = sign(shift.work_day, first, shifts=[shift])
    waits = sign(shift.work_day, second, waits=[shift])
    assert not Answer.objects.current().filter(invitation__resident=second).exists()

    signing_up.withdraw(volunteer=taken, channel=AnswerChannel.MAIL, now=timezone.now())

    assert waits.signups.get().state == "coming"
    assert letters(telling.MOVED_UP_LETTER).get().resident == second


def test_a_party_that_finds_no_room_lets_a_smaller_one_pass():
    shift = ShiftFactory(places=2)
    first = sign(shift.work_day, ResidentFactory(), shifts=[shift])
    sign(shift.work_day, ResidentFactory(), shifts=[shift])
    three = sign(shift.work_day, ResidentFactory(), waits=[shift], guests=2)
    alone = sign(shift.work_day, ResidentFactory(), waits=[shift])

    signing_up.withdraw(volunteer=first, channel=AnswerChannel.MAIL, now=timezone.now())

    assert (three.signups.get().is_waiting, alone.signups.get().is_waiting) == (True, False)


def test_changing_ones_mind_keeps_the_place_in_line():
    shift, other = ShiftFactory(places=1), None
    other = ShiftFactory(work_day=shift.work_day, afternoon=True)
    sign(shift.work_day, ResidentFactory(), shifts=[shift])
    resident = ResidentFactory()
    asked = sign(shift.work_day, resident, waits=[shift]).signups.get().asked_at

    sign(shift.work_day, resident, shifts=[other], waits=[shift])

    assert Signup.objects.get(volunteer__resident=resident, shift=shift).asked_at == asked


def test_a_no_by_any_other_means_gives_everything_back():
    shift = ShiftFactory()
    need = NeedFactory(work_day=shift.work_day)
    volunteer = sign(shift.work_day, ResidentFactory(), shifts=[shift], items={need: 2})
    invitation = volunteer.resident.invitations.get()

    rsvp.answer(invitation=invitation, choice=Choice.NO, channel=AnswerChannel.CALENDAR, now=timezone.now())

    volunteer.refresh_from_db()
    assert not volunteer.is_coming
    assert not volunteer.signups.exists()
    assert not volunteer.pledges.exists()
    assert letters(telling.WITHDRAWN_LETTER).count() == 1


def test_a_maybe_leaves_the_shift():
    shift = ShiftFactory()
    volunteer = sign(shift.work_day, ResidentFactory(), shifts=[shift])

    rsvp.answer(
        invitation=volunteer.resident.invitations.get(),
        choice=Choice.MAYBE,
        channel=AnswerChannel.CALENDAR,
        now=timezone.now(),
    )

    assert volunteer.signups.exists()


def test_who_only_waited_can_withdraw_too():
    shift = ShiftFactory(places=1)
    sign(shift.work_day, ResidentFactory(), shifts=[shift])
    waits = sign(shift.work_day, ResidentFactory(), waits=[shift])

    signing_up.withdraw(volunteer=waits, channel=AnswerChannel.MAIL, now=timezone.now())

    waits.refresh_from_db()
    assert not waits.is_coming


def test_a_last_minute_withdrawal_alerts_the_leader():
    leader = ResidentFactory()
    work_day = WorkDayFactory(leader=leader, meeting__starts_at=morning(in_days=1))
    shift = ShiftFactory(work_day=work_day)
    volunteer = sign(work_day, ResidentFactory(), shifts=[shift])

    signing_up.withdraw(volunteer=volunteer, channel=AnswerChannel.MAIL, now=timezone.now())

    assert letters(telling.LEADER_LETTER).get().resident == leader


def test_a_withdrawal_in_good_time_alerts_nobody():
    shift = ShiftFactory(work_day__leader=ResidentFactory())
    volunteer = sign(shift.work_day, ResidentFactory(), shifts=[shift])

    signing_up.withdraw(volunteer=volunteer, channel=AnswerChannel.MAIL, now=timezone.now())

    assert not letters(telling.LEADER_LETTER).exists()


@pytest.mark.parametrize("status", [MeetingStatus.CANCELLED, MeetingStatus.POSTPONED])
def test_a_work_day_that_does_not_take_place_takes_nobody(status):
    shift = ShiftFactory(work_day__meeting__status=status, work_day__meeting__status_reason="Pluie.")

    with pytest.raises(locking.TooLate):
        sign(shift.work_day, ResidentFactory(), shifts=[shift])


def test_places_that_were_lowered_send_nobody_away():
    shift = ShiftFactory(places=4)
    resident = ResidentFactory()
    sign(shift.work_day, resident, shifts=[shift], guests=2)
    type(shift).objects.update(places=1)

    sign(shift.work_day, resident, shifts=[shift], guests=1, remark="Nous serons deux.")

    assert Signup.objects.coming().people() == 2


def test_an_answer_to_another_sort_of_meeting_changes_no_work_day():
    invitation = InvitationFactory(meeting=MeetingPageFactory())

    rsvp.answer(invitation=invitation, choice=Choice.NO, channel=AnswerChannel.MAIL, now=timezone.now())
    answering.give_back_all(invitation=invitation, now=timezone.now())

    assert not Volunteer.objects.exists()


def test_a_shift_moves_with_its_day():
    shift = ShiftFactory(begins=dt.time(9), ends=dt.time(12))
    moved = morning(in_days=20)
    shift.work_day.meeting.starts_at = moved

    assert shift.starts_at == moved
