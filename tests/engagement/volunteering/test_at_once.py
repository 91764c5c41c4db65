"""Many press at once, on real connections: places and things are given once, nobody's word is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from communities.models import Delivery
from engagement.models import Pledge, Signup, Volunteer
from engagement.volunteering import asking, counting, lifts, signing_up, telling
from engagement.volunteering.wishes import Wish
from meetings import rsvp
from meetings.models import AnswerChannel, Invitation
from tests.communities.factories import ResidentFactory
from tests.engagement.factories_of_work_days import NeedFactory, ShiftFactory, VolunteerFactory, WorkDayFactory
from tests.meetings.factories import InvitationFactory

PEOPLE, PLACES, WHEELBARROWS = 40, 7, 3


def at_once(act, each):
    def alone(one):
        try:
            return act(one)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        return list(pool.map(alone, each))


@pytest.mark.django_db(transaction=True)
def test_forty_people_press_at_once_for_seven_places_and_three_wheelbarrows():
    shift = ShiftFactory(places=PLACES)
    need = NeedFactory(work_day=shift.work_day, quantity=WHEELBARROWS)
    tokens = [rsvp.token_of(InvitationFactory(meeting=shift.work_day.meeting)) for _each in range(PEOPLE)]
    wishes = [{"shift": shift.pk, **({"item": need.pk} if number % 2 else {})} for number in range(PEOPLE)]

    def press(one):
        token, wish = one
        return Client().post(reverse("engagement:work_day_choose", args=[token]), wish).status_code

    told = at_once(press, list(zip(tokens, wishes, strict=True)))

    assert set(told) == {302, 409}
    assert Signup.objects.coming().people() == PLACES
    assert Pledge.objects.aggregate(total=Sum("quantity"))["total"] <= WHEELBARROWS
    assert told.count(302) == Volunteer.objects.coming().count()


@pytest.mark.django_db(transaction=True)
def test_one_button_pressed_eight_times_at_once_signs_up_once():
    shift = ShiftFactory()
    wish = Wish(shifts=frozenset({shift.pk}))
    held = asking.ask(work_day=shift.work_day, name="Nora", email="nora@example.org", wish=wish, now=timezone.now())

    at_once(lambda _each: asking.confirm(volunteer=held, now=timezone.now()).pk, range(8))

    assert Volunteer.objects.coming().count() == 1
    assert Delivery.objects.filter(mailing__kind=telling.CONFIRMED_LETTER).count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_only_waits_presses_eight_times_at_once_and_reads_it_each_time():
    shift = ShiftFactory(places=1)
    VolunteerFactory(work_day=shift.work_day, shifts=[shift])
    wish = Wish(waits=frozenset({shift.pk}))
    held = asking.ask(work_day=shift.work_day, name="Nora", email="nora@example.org", wish=wish, now=timezone.now())
    address = reverse("engagement:work_day_confirm", args=[asking.token_of(held)])

    told = at_once(lambda _each: Client().post(address).status_code, range(8))

    assert set(told) == {302}
    assert Invitation.objects.filter(resident=held.resident).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_of_a_car_is_taken_once():
    work_day = WorkDayFactory()
    car = VolunteerFactory(work_day=work_day, seats_offered=1)
    riders = [VolunteerFactory(work_day=work_day, seats_wanted=1) for _each in range(6)]

    def ride(rider):
        try:
            return lifts.ride(volunteer=rider, driver_pk=car.pk, now=timezone.now())
        except lifts.NoSeatLeft:
            return None

    at_once(ride, riders)

    assert Volunteer.objects.filter(rides_with=car).count() == 1


WISH = st.fixed_dictionaries({"guests": st.integers(0, 3), "waits": st.booleans(), "withdraws": st.booleans()})


@pytest.mark.django_db(transaction=True)
@settings(max_examples=20)
@given(moves=st.lists(st.tuples(st.integers(0, 4), WISH), min_size=1, max_size=12))
def test_whatever_comes_in_whatever_order_a_shift_is_never_above_its_places(moves):
    shift = ShiftFactory(places=5)
    people = [ResidentFactory() for _each in range(5)]
    for who, wish in moves:
        mine = Volunteer.objects.coming().filter(work_day=shift.work_day, resident=people[who]).first()
        chosen = frozenset({shift.pk})
        said = Wish(guests=wish["guests"], **{"waits" if wish["waits"] else "shifts": chosen})
        try:
            if wish["withdraws"] and mine:
                signing_up.withdraw(volunteer=mine, channel=AnswerChannel.MAIL, now=timezone.now())
            else:
                signing_up.sign_up(
                    work_day=shift.work_day,
                    resident=people[who],
                    wish=said,
                    channel=AnswerChannel.MAIL,
                    now=timezone.now(),
                )
        except signing_up.NoPlaceLeft:
            pass
        count = counting.of(shift.work_day, now=timezone.now()).shifts[0]
        waiting = Signup.objects.waiting().filter(shift=shift).select_related("volunteer")
        assert count.coming <= shift.places
        assert all(signup.volunteer.people > count.left for signup in waiting)
