"""What served the day goes soon after it; who came goes after a year, and every number stays."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from communities.models import Delivery, DeliveryState, Mailing, Resident
from communities.retention import nightly
from communities.retention.rules import Reach
from engagement import retention
from engagement.models import Attendance, Volunteer
from engagement.volunteering import asking, telling
from engagement.volunteering.presence import figures
from engagement.volunteering.wishes import Wish
from tests.engagement.factories_of_work_days import NeedFactory, ShiftFactory, VolunteerFactory, WorkDayFactory
from tests.engagement.volunteering.presence.days import a_day, came, closed

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def forget(now: dt.datetime) -> None:
    """A night on which both rules run, with the periods that the program proposes."""
    for name in ("work_days_people", "work_days_words"):
        rule = retention.RULES[name]
        reach = Reach(before=rule.length.before(now), now=now)
        rule.let_go([day.pk for day in rule.due(reach)], reach)


@pytest.fixture
def work_day():
    """One with a companion who did two shifts and brought things, one unannounced."""
    work_day = a_day()
    morning, afternoon = ShiftFactory(work_day=work_day), ShiftFactory(work_day=work_day, afternoon=True)
    row = came(work_day, people=2, shift=morning)
    more = {"people": 2, "hours": 3, "ticked_at": timezone.now()}
    Attendance.objects.create(work_day=work_day, volunteer=row.volunteer, shift=afternoon, key=uuid.uuid4(), **more)
    Attendance.objects.create(work_day=work_day, given_name="Nora", key=uuid.uuid4(), **more)
    row.volunteer.pledges.create(need=NeedFactory(work_day=work_day), quantity=2, brought=2)
    Volunteer.objects.update(remark="Mal au dos", phone="06 00 00 00 00", leaves_from="Rue du Coron")
    return closed(work_day)


def test_what_nobody_confirmed_goes_after_thirty_days_with_its_letter_and_the_stranger_who_typed_it():
    asked_at = timezone.now()
    work_day = ShiftFactory(work_day=WorkDayFactory()).work_day
    held = asking.ask(
        work_day=work_day,
        name="Ada Terril",
        email="ada@exemple.fr",
        wish=Wish(shifts=frozenset(work_day.shifts.values_list("pk", flat=True))),
        now=asked_at,
    )
    confirmed = VolunteerFactory(work_day=work_day, created_at=asked_at)
    Delivery.objects.filter(resident=held.resident).update(state=DeliveryState.SENT, ended_at=asked_at)
    for model in (Resident, Mailing):
        model.objects.update(created_at=asked_at)

    nightly.run(room="engagement", now=asked_at + 29 * DAY)
    kept = Volunteer.objects.filter(pk=held.pk).exists()
    nightly.run(room="engagement", now=asked_at + 31 * DAY)
    nightly.run(room="communities", now=asked_at + 31 * DAY)

    assert kept
    assert list(Volunteer.objects.all()) == [confirmed]
    assert not Delivery.objects.filter(mailing__kind="work-day-confirm").exists()
    assert not Resident.objects.filter(email="ada@exemple.fr").exists()


def test_a_wish_whose_letter_has_not_left_waits_for_it():
    asked_at = timezone.now()
    held = VolunteerFactory(held=True, created_at=asked_at)
    telling.ask_to_confirm(volunteer=held, now=asked_at)

    nightly.run(room="engagement", now=asked_at + 31 * DAY)

    assert Volunteer.objects.filter(pk=held.pk).exists()


def test_what_served_the_day_goes_after_thirty_days_and_not_before(work_day):
    end = work_day.meeting.ends_at

    forget(now=end + 29 * DAY)
    kept = Volunteer.objects.get().remark, Attendance.objects.exclude(given_name="").count()
    forget(now=end + 31 * DAY)

    volunteer = Volunteer.objects.get()
    assert kept == ("Mal au dos", 1)
    assert (volunteer.remark, volunteer.phone, volunteer.leaves_from) == ("", "", "")
    assert not Attendance.objects.exclude(given_name="").exists()


def test_who_came_goes_after_a_year_and_every_number_stays(work_day):
    before = figures.of(work_day)
    end = work_day.meeting.ends_at

    forget(now=end + 364 * DAY)
    still = Volunteer.objects.count()
    forget(now=end + 366 * DAY)

    assert still == 1
    assert not Volunteer.objects.exists()
    assert not Attendance.objects.filter(volunteer__isnull=False).exists()
    assert figures.of(work_day) == before


def test_a_second_night_does_nothing_more(work_day):
    later = work_day.meeting.ends_at + 400 * DAY
    forget(now=later)
    before = figures.of(work_day)

    forget(now=later)

    assert figures.of(work_day) == before


def test_a_day_to_come_keeps_everything():
    volunteer = VolunteerFactory(remark="Mal au dos")

    forget(now=timezone.now())

    volunteer.refresh_from_db()
    assert volunteer.remark == "Mal au dos"
