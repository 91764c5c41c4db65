"""Signing up without a letter: what is held, and the button that takes it."""

import datetime as dt

import pytest
from django.utils import timezone

from communities.models import Delivery, Membership
from communities.signing_up import Wish as Following
from engagement.models import Volunteer
from engagement.volunteering import asking, signing_up, telling
from engagement.volunteering.wishes import Wish
from meetings.models import Answer
from tests.communities.factories import CommunityFactory, ResidentFactory
from tests.engagement.factories_of_work_days import NeedFactory, ShiftFactory, VolunteerFactory

pytestmark = pytest.mark.django_db


def ask(shift, *, email="nora@example.org", items=None, now=None, **wish):
    return asking.ask(
        work_day=shift.work_day,
        name="Nora Chevalet",
        email=email,
        wish=Wish(shifts=frozenset({shift.pk}), items=items or {}, **wish),
        now=now or timezone.now(),
    )


def test_what_is_asked_is_held_and_nothing_is_answered_before_the_button():
    held = ask(ShiftFactory())

    assert held.confirmed_at is None
    assert not Answer.objects.exists()
    assert Delivery.objects.get().mailing.kind == telling.HELD_LETTER


def test_the_button_takes_it_and_proves_the_address():
    held = ask(ShiftFactory(), guests=1)

    mine = asking.confirm(volunteer=held, now=timezone.now())

    assert mine.is_coming
    assert mine.resident.confirmed_at is not None
    assert Answer.objects.current().get().guests == 1


def test_pressing_twice_does_no_more():
    held = ask(ShiftFactory())

    asking.confirm(volunteer=held, now=timezone.now())
    asking.confirm(volunteer=held, now=timezone.now())

    assert Delivery.objects.filter(mailing__kind=telling.CONFIRMED_LETTER).count() == 1


def test_a_stranger_who_types_my_address_changes_nothing_of_mine():
    shift = ShiftFactory()
    other = ShiftFactory(work_day=shift.work_day, afternoon=True)
    mine = VolunteerFactory(work_day=shift.work_day, resident__email="nora@example.org", shifts=[shift])

    ask(other)

    assert [signup.shift for signup in mine.signups.all()] == [shift]


def test_my_own_button_replaces_what_i_had_said_and_may_be_pressed_again():
    shift = ShiftFactory()
    other = ShiftFactory(work_day=shift.work_day, afternoon=True)
    mine = VolunteerFactory(work_day=shift.work_day, resident__email="nora@example.org", shifts=[shift])
    held = ask(other)

    asking.confirm(volunteer=held, now=timezone.now())
    again = asking.confirm(volunteer=held, now=timezone.now())

    assert again == mine
    assert [signup.shift for signup in mine.signups.all()] == [other]
    assert Volunteer.objects.count() == 1


def test_asking_again_at_once_sends_no_second_letter():
    shift = ShiftFactory()

    ask(shift)
    ask(shift)

    assert Delivery.objects.count() == 1


def test_asking_again_later_replaces_the_wish_and_holds_it_no_longer():
    shift, now = ShiftFactory(), timezone.now()
    first = ask(shift, now=now)

    second = ask(shift, now=now + dt.timedelta(hours=1))

    assert second.held_until == first.held_until
    with pytest.raises(asking.Replaced):
        asking.confirm(volunteer=first, now=now + dt.timedelta(hours=1))


def test_after_its_time_the_button_finds_what_is_left_or_the_line():
    shift, now = ShiftFactory(places=1), timezone.now()
    need = NeedFactory(work_day=shift.work_day, quantity=1)
    held = ask(shift, items={need.pk: 1}, now=now)
    late = now + dt.timedelta(hours=49)
    VolunteerFactory(work_day=shift.work_day, shifts=[shift], items={need: 1})

    with pytest.raises(signing_up.NoPlaceLeft):
        asking.confirm(volunteer=held, now=late)
    mine = asking.confirm(volunteer=held, or_wait=True, now=late)

    assert mine.signups.get().is_waiting
    assert not mine.pledges.exists()


def test_who_ticked_the_box_is_told_of_the_next_ones():
    shift, community = ShiftFactory(), CommunityFactory()
    held = asking.ask(
        work_day=shift.work_day,
        name="Nora Chevalet",
        email="nora@example.org",
        wish=Wish(shifts=frozenset({shift.pk})),
        follow=Following(communities=[community]),
        now=timezone.now(),
    )

    asking.confirm(volunteer=held, now=timezone.now())

    assert Membership.objects.filter(community=community, resident=held.resident).exists()


def test_a_link_is_read_back_and_a_forged_one_is_not():
    held = ask(ShiftFactory())

    assert asking.find(token=asking.token_of(held)) == held
    assert asking.find(token="a" * 24) is None


def test_the_button_of_an_erased_person_leads_nowhere():
    held = VolunteerFactory(held=True, resident=ResidentFactory(erased_at=timezone.now()))

    assert asking.find(token=asking.token_of(held)) is None
