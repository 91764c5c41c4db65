"""Work days, their shifts and needs, and who signed up."""

import datetime as dt
from typing import Any

import factory
from django.utils import timezone

from engagement.models import Attendance, Need, Pledge, Shift, Signup, Volunteer, WorkDay
from meetings.models import AnswerChannel, MeetingKind
from tests.meetings.factories import MeetingPageFactory

RESIDENT = "tests.communities.factories.ResidentFactory"


def morning(*, in_days: int) -> dt.datetime:
    """Nine in the morning, that many days from now."""
    day = timezone.localdate() + dt.timedelta(days=in_days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(9)))


class WorkDayFactory(factory.django.DjangoModelFactory):
    """In ten days from nine to five, for nobody in particular; without shifts and needs."""

    meeting = factory.SubFactory(
        MeetingPageFactory,
        kind=MeetingKind.WORK_DAY,
        title=factory.Sequence("Chantier des bancs {}".format),
        starts_at=factory.LazyFunction(lambda: morning(in_days=10)),
        ends_at=factory.LazyAttribute(lambda meeting: meeting.starts_at + dt.timedelta(hours=8)),
    )

    class Meta:
        model = WorkDay


class ShiftFactory(factory.django.DjangoModelFactory):
    """Six places in the morning."""

    work_day = factory.SubFactory(WorkDayFactory)
    role = "Désherber"
    begins = dt.time(9)
    ends = dt.time(12)
    places = 6

    class Meta:
        model = Shift

    class Params:
        afternoon = factory.Trait(role="Planter", begins=dt.time(14), ends=dt.time(17))


class NeedFactory(factory.django.DjangoModelFactory):
    """Five wheelbarrows."""

    work_day = factory.SubFactory(WorkDayFactory)
    item = "Brouettes"
    quantity = 5

    class Meta:
        model = Need


class VolunteerFactory(factory.django.DjangoModelFactory):
    """Somebody who comes, for no shift yet. `shifts=[...]` and `items={need: 2}` say for what."""

    work_day = factory.SubFactory(WorkDayFactory)
    resident = factory.SubFactory(RESIDENT)
    channel = AnswerChannel.MAIL
    created_at = factory.LazyFunction(timezone.now)
    changed_at = factory.LazyFunction(timezone.now)
    confirmed_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Volunteer
        skip_postgeneration_save = True

    class Params:
        held = factory.Trait(
            confirmed_at=None, held_until=factory.LazyFunction(lambda: timezone.now() + dt.timedelta(hours=48))
        )
        forgotten = factory.Trait(
            confirmed_at=None, held_until=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(hours=1))
        )

    @factory.post_generation
    def shifts(volunteer: Volunteer, create: bool, shifts: list[Shift] | None, **extra: Any) -> None:
        for shift in shifts or []:
            Signup.objects.create(volunteer=volunteer, shift=shift, asked_at=volunteer.created_at)

    @factory.post_generation
    def items(volunteer: Volunteer, create: bool, items: dict[Need, int] | None, **extra: Any) -> None:
        for need, quantity in (items or {}).items():
            Pledge.objects.create(volunteer=volunteer, need=need, quantity=quantity)


class AttendanceFactory(factory.django.DjangoModelFactory):
    """One volunteer who was there three hours."""

    work_day = factory.SelfAttribute("volunteer.work_day")
    volunteer = factory.SubFactory(VolunteerFactory)
    people = 1
    hours = 3
    key = factory.Faker("uuid4")
    ticked_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Attendance
