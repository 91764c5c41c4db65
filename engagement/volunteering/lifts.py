"""Who drives whom to a work day? Seats in a car are taken by those who look for one, never more than there are."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities import names
from communities.models import Resident
from engagement.models import Volunteer, WorkDay
from engagement.models.volunteer import VolunteerQuerySet
from engagement.refusals import Refusal

from . import telling
from .locking import lock_while_open


class NoSeatLeft(Refusal):
    """Somebody was quicker, or the car is no longer offered."""

    MESSAGE = _("There is no room left in this car. Please choose another one.")


@dataclass(frozen=True)
class Offer:
    """A car: `driver`, and the seats `left` in it."""

    driver: Volunteer
    left: int

    @property
    def name(self) -> str:
        return called(self.driver.resident)


def called(resident: Resident) -> str:
    """By their first name: no more of it is said to whoever shares a car."""
    return names.first(resident.name) or gettext("somebody")


def offers(work_day: WorkDay, *, besides: Volunteer) -> list[Offer]:
    """The cars with room for this volunteer's party; theirs counts as free. None for whoever drives themselves."""
    if besides.seats_offered:
        return []
    drivers = Volunteer.objects.coming().filter(work_day=work_day, seats_offered__gt=0).exclude(pk=besides.pk)
    taken = dict(riding(work_day).exclude(pk=besides.pk).values_list("rides_with").annotate(Sum("seats_wanted")))
    cars = [
        Offer(driver, driver.seats_offered - taken.get(driver.pk, 0)) for driver in drivers.select_related("resident")
    ]
    return [car for car in cars if car.left >= max(1, besides.seats_wanted)]


def riding(work_day: WorkDay) -> VolunteerQuerySet:
    return Volunteer.objects.coming().filter(work_day=work_day, rides_with__isnull=False).order_by()


@transaction.atomic
def ride(*, volunteer: Volunteer, driver_pk: int, now: dt.datetime) -> Volunteer:
    """Take seats in a car, under the meeting's lock; both are told. Raises TooLate or NoSeatLeft."""
    work_day = lock_while_open(volunteer.work_day, now=now)
    rider = Volunteer.objects.select_related("resident").get(pk=volunteer.pk)
    rider.work_day = work_day
    car = next((car for car in offers(work_day, besides=rider) if car.driver.pk == driver_pk), None)
    if car is None or not rider.is_coming:
        raise NoSeatLeft
    if rider.rides_with_id == driver_pk:
        return rider
    rider.rides_with, rider.seats_wanted = car.driver, max(1, rider.seats_wanted)
    rider.save(update_fields=["rides_with", "seats_wanted"])
    car.driver.work_day = work_day
    telling.shares_a_car(rider=rider, driver=car.driver, now=now)
    return rider


def put_down(driver: Volunteer, *, now: dt.datetime) -> None:
    """Whoever finds no seat any more in this car, the last to come first, is told and looks for another one."""
    left = driver.seats_offered if driver.is_coming else 0
    for rider in driver.riders.select_related("resident").order_by("pk"):
        left -= rider.seats_wanted
        if left < 0:
            rider.rides_with = None
            rider.save(update_fields=["rides_with"])
            rider.work_day = driver.work_day
            telling.lost_the_lift(rider=rider, now=now)
