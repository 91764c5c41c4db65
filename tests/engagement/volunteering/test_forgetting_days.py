"""What served the day goes soon after it; who came goes after a year, and every number stays."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from communities.retention.rules import Reach
from engagement import retention
from engagement.models import Attendance, Volunteer
from engagement.volunteering.presence import figures
from tests.engagement.factories_of_work_days import NeedFactory, ShiftFactory, VolunteerFactory
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
