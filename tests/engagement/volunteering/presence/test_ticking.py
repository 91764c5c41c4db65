"""Who was there: each word is written once, and the last one holds."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.utils import timezone

from engagement.models import Attendance, Pledge, ThingBrought
from engagement.volunteering.presence import ticking
from engagement.volunteering.presence.words import Presence, Thing, Word
from meetings.models import MeetingStatus
from tests.engagement.factories_of_work_days import NeedFactory, ShiftFactory, VolunteerFactory
from tests.engagement.volunteering.presence.days import a_day, closed

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift():
    return ShiftFactory(work_day=a_day())


@pytest.fixture
def volunteer(shift):
    return VolunteerFactory(work_day=shift.work_day, shifts=[shift], resident__name="Ada Terril")


def there(people=1, hours="3", **more):
    return Presence(people=people, hours=Decimal(hours), **more)


def tick(work_day, *words, things=()):
    return ticking.tick(work_day=work_day, words=words, things=things, now=timezone.now())


def word(volunteer, said, *, was=""):
    return Word(volunteer=volunteer.pk, shift=volunteer.signups.get().shift_id, was=was, said=said)


def test_whoever_was_there_is_written_down_with_people_and_hours(volunteer):
    tick(volunteer.work_day, word(volunteer, there(2, "2.5")))

    row = Attendance.objects.get()
    assert (row.volunteer, row.people, row.hours) == (volunteer, 2, Decimal("2.5"))


def test_the_same_press_sent_twice_is_one_row_and_no_conflict(volunteer):
    said = word(volunteer, there())

    tick(volunteer.work_day, said)
    overwritten = tick(volunteer.work_day, said)

    assert overwritten == []
    assert Attendance.objects.count() == 1


def test_somebody_who_came_unannounced_is_one_row_however_often_it_is_sent(shift):
    said = Word(key=uuid.uuid4(), said=there(name="Basile Coron", shift=shift.pk))

    tick(shift.work_day, said)
    tick(shift.work_day, said)

    assert [row.given_name for row in Attendance.objects.all()] == ["Basile Coron"]


def test_two_who_come_unannounced_under_one_name_are_two(shift):
    for _number in range(2):
        tick(shift.work_day, Word(key=uuid.uuid4(), said=there(name="Basile Coron")))

    assert Attendance.objects.count() == 2


def test_the_last_word_holds_and_whoever_wrote_it_hears_of_the_other(volunteer):
    tick(volunteer.work_day, word(volunteer, there(hours="2")))

    (lost,) = tick(volunteer.work_day, word(volunteer, there(hours="3")))

    assert (lost.who, lost.before.hours, lost.after.hours) == ("Ada Terril", 2, 3)
    assert Attendance.objects.get().hours == 3


def test_a_line_left_as_it_was_shown_never_overwrites(volunteer):
    shown = there(hours="2")
    tick(volunteer.work_day, word(volunteer, shown))
    tick(volunteer.work_day, word(volunteer, there(hours="3"), was=shown.code))

    overwritten = tick(volunteer.work_day, word(volunteer, shown, was=shown.code))

    assert overwritten == []
    assert Attendance.objects.get().hours == 3


def test_correcting_oneself_is_no_conflict(volunteer):
    tick(volunteer.work_day, word(volunteer, there(hours="2")))

    assert tick(volunteer.work_day, word(volunteer, Presence(), was=there(hours="2").code)) == []
    assert Attendance.objects.get().people == 0


def test_both_lines_are_kept_when_two_tick_different_people(volunteer, shift):
    other = VolunteerFactory(work_day=shift.work_day, shifts=[shift])

    tick(shift.work_day, word(volunteer, there()))
    tick(shift.work_day, word(other, there()))

    assert set(Attendance.objects.values_list("volunteer", flat=True)) == {volunteer.pk, other.pk}


def test_volunteers_shifts_and_keys_of_another_day_are_not_there(volunteer, shift):
    other = VolunteerFactory(shifts=[ShiftFactory()])
    key = uuid.uuid4()
    tick(shift.work_day, Word(key=key, said=there(name="Nora Chevalet")))

    tick(shift.work_day, word(other, there()))
    tick(shift.work_day, Word(volunteer=volunteer.pk, shift=other.signups.get().shift_id, said=there()))
    tick(a_day(), Word(key=key, said=there(5, name="Autre")))

    assert [(row.given_name, row.people) for row in Attendance.objects.all()] == [("Nora Chevalet", 1)]


def test_what_was_promised_is_written_as_it_was_really_brought(volunteer):
    need = NeedFactory(work_day=volunteer.work_day)
    pledge = Pledge.objects.create(volunteer=volunteer, need=need, quantity=3)

    tick(volunteer.work_day, things=[Thing(pledge=pledge.pk, quantity=2)])

    pledge.refresh_from_db()
    assert pledge.brought == 2


def test_what_nobody_promised_is_written_once(shift):
    thing = Thing(key=uuid.uuid4(), quantity=1, item="Remorque")

    tick(shift.work_day, things=[thing])
    tick(shift.work_day, things=[thing])

    assert [(each.item, each.quantity) for each in ThingBrought.objects.all()] == [("Remorque", 1)]


@pytest.mark.parametrize("status", MeetingStatus.called_off())
def test_nobody_is_ticked_on_a_day_that_does_not_take_place(volunteer, status):
    meeting = volunteer.work_day.meeting
    meeting.status = status
    meeting.save()

    with pytest.raises(ticking.DidNotTakePlace):
        tick(volunteer.work_day, word(volunteer, there()))


def test_nobody_is_ticked_on_the_eve():
    work_day = a_day(in_days=1)

    with pytest.raises(ticking.TooEarly):
        tick(work_day)

    ticking.tick(work_day=work_day, now=timezone.now() + dt.timedelta(days=1))


def test_a_confirmed_list_is_not_changed(volunteer):
    tick(volunteer.work_day, word(volunteer, there()))
    closed(volunteer.work_day)

    with pytest.raises(ticking.Closed):
        tick(volunteer.work_day, word(volunteer, there(hours="9")))

    assert Attendance.objects.get().hours == 3
