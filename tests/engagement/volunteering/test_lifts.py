"""Sharing a car: seats are taken once, both are told, and nobody is left standing without a word."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.models import Delivery, Mailing
from communities.post.kinds import letter_kinds
from engagement.models import Volunteer
from engagement.volunteering import lifts, own_views, signing_up, telling, wishes
from meetings import rsvp
from meetings.models import AnswerChannel
from tests.engagement.factories_of_work_days import ShiftFactory, VolunteerFactory, WorkDayFactory
from tests.meetings.factories import AnswerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def work_day():
    return WorkDayFactory()


def driver(work_day, *, seats=2, **facts):
    return VolunteerFactory(
        work_day=work_day, seats_offered=seats, leaves_from="la place", resident__name="Ada Terril", **facts
    )


def rider(work_day, *, seats=1, **facts):
    return VolunteerFactory(work_day=work_day, seats_wanted=seats, resident__name="Basile Coron", **facts)


def ride(who, car):
    return lifts.ride(volunteer=who, driver_pk=car.pk, now=timezone.now())


def test_who_looks_for_a_lift_sees_first_names_and_places_only(work_day):
    driver(work_day)

    (offer,) = lifts.offers(work_day, besides=rider(work_day))

    assert (offer.name, offer.left, offer.driver.leaves_from) == ("Ada", 2, "la place")


def test_an_address_where_a_name_should_stand_is_not_shown_to_whoever_looks_for_a_lift(work_day):
    VolunteerFactory(work_day=work_day, seats_offered=2, resident__name="ada@exemple.fr")

    (offer,) = lifts.offers(work_day, besides=rider(work_day))

    assert "ada" not in offer.name
    assert offer.name


def test_a_seat_is_taken_once(work_day):
    car = driver(work_day, seats=1)
    ride(rider(work_day), car)

    with pytest.raises(lifts.NoSeatLeft):
        ride(rider(work_day), car)


def test_a_party_too_large_for_a_car_is_not_offered_it(work_day):
    driver(work_day, seats=2)

    assert lifts.offers(work_day, besides=rider(work_day, seats=3)) == []


def test_nobody_rides_in_their_own_car_nor_in_one_of_another_day(work_day):
    elsewhere = driver(WorkDayFactory())

    with pytest.raises(lifts.NoSeatLeft):
        ride(rider(work_day), elsewhere)


def test_both_are_told_and_each_reads_the_number_that_the_other_gave(work_day):
    car, who = driver(work_day, phone="0199000001"), rider(work_day, phone="0199000002")

    ride(who, car)

    told = {}
    for mailing in Mailing.objects.filter(kind=telling.LIFT_LETTER):
        (delivery,) = mailing.deliveries.select_related("resident")
        told[delivery.resident_id] = letter_kinds[mailing.kind].personal(mailing=mailing, deliveries=[delivery])[
            delivery.pk
        ]
    assert told[car.resident_id]["companion"] == "Basile"
    assert told[who.resident_id]["companion"] == "Ada"
    assert told[who.resident_id]["companion_phone"].replace("\u00a0", "") == "0199000001"


def test_pressing_twice_writes_once(work_day):
    car, who = driver(work_day), rider(work_day)

    ride(who, car)
    ride(who, car)

    assert Delivery.objects.filter(mailing__kind=telling.LIFT_LETTER).count() == 2


def test_a_driver_who_withdraws_leaves_nobody_waiting_at_the_corner(work_day):
    car, who = driver(work_day), rider(work_day)
    ride(who, car)

    signing_up.withdraw(volunteer=car, channel=AnswerChannel.MAIL, now=timezone.now())

    who.refresh_from_db()
    assert who.rides_with is None
    assert Delivery.objects.get(mailing__kind=telling.LIFT_LOST_LETTER).resident == who.resident


def test_fewer_seats_put_down_the_last_to_come(work_day):
    car = driver(work_day, seats=2, shifts=[ShiftFactory(work_day=work_day)])
    first, last = rider(work_day), rider(work_day)
    ride(first, car)
    ride(last, car)

    wish = wishes.Wish(shifts=wishes.of(car).shifts, seats_offered=1, leaves_from="la place")
    signing_up.sign_up(
        work_day=work_day, resident=car.resident, wish=wish, channel=AnswerChannel.MAIL, now=timezone.now()
    )

    first.refresh_from_db()
    last.refresh_from_db()
    assert (first.rides_with, last.rides_with) == (car, None)


def test_the_page_offers_cars_and_takes_a_seat(client: Client, work_day):
    car, who = driver(work_day), rider(work_day)
    answer = AnswerFactory(invitation__meeting=work_day.meeting, invitation__resident=who.resident)
    address = reverse("engagement:work_day_car", args=[rsvp.token_of(answer.invitation)])

    assert "Ada" in client.get(address).content.decode()
    assert client.post(address, {"driver": car.pk}).status_code == 302

    assert Volunteer.objects.get(pk=who.pk).rides_with == car


def test_nobody_hops_from_car_to_car_for_their_numbers(client: Client, work_day):
    """Each ride writes to a driver, and shows their telephone."""
    cars, who = [driver(work_day), driver(work_day)], rider(work_day)
    answer = AnswerFactory(invitation__meeting=work_day.meeting, invitation__resident=who.resident)
    address = reverse("engagement:work_day_car", args=[rsvp.token_of(answer.invitation)])

    told = [client.post(address, {"driver": cars[time % 2].pk}).status_code for time in range(8)]

    assert told == [302] * own_views.MOST_CARS + [429] * 2


def test_whoever_leads_is_not_told_without_end_that_somebody_changes_their_mind(client: Client):
    shift = ShiftFactory()
    invitation = AnswerFactory(invitation__meeting=shift.work_day.meeting).invitation
    choose, withdraw = (
        reverse(f"engagement:work_day_{page}", args=[rsvp.token_of(invitation)]) for page in ("choose", "withdraw")
    )

    for _time in range(own_views.MOST_CHANGES // 2):
        assert client.post(choose, {"shift": shift.pk}).status_code == 302
        assert client.post(withdraw).status_code == 302

    assert client.post(choose, {"shift": shift.pk}).status_code == 429


def test_whoever_drives_themselves_takes_no_seat_in_another_car(client: Client, work_day):
    car, other = driver(work_day), driver(work_day)
    answer = AnswerFactory(invitation__meeting=work_day.meeting, invitation__resident=other.resident)
    address = reverse("engagement:work_day_car", args=[rsvp.token_of(answer.invitation)])

    assert client.post(address, {"driver": car.pk}).status_code == 409
    assert "Ada" not in client.get(address).content.decode()

    assert not Volunteer.objects.filter(rides_with=car).exists()


@pytest.mark.parametrize("nonsense", ["", "x", "\x00", "9" * 40, "²"])
def test_nonsense_in_the_button_takes_no_seat(client: Client, work_day, nonsense):
    who = rider(work_day)
    answer = AnswerFactory(invitation__meeting=work_day.meeting, invitation__resident=who.resident)
    address = reverse("engagement:work_day_car", args=[rsvp.token_of(answer.invitation)])

    assert client.post(address, {"driver": nonsense}).status_code == 409
