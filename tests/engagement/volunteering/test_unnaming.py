"""A work day whose coordinator is erased: whoever comes still reads its plan, and nobody is told that it changed."""

import datetime as dt

import pytest
from django.utils import timezone

from communities import erasing
from engagement.models import WorkDay
from meetings import announcing, facts
from meetings.models import Announcement, Invitation
from tests.communities.factories import ResidentFactory
from tests.engagement.factories_of_work_days import ShiftFactory, WorkDayFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()
NAME, PHONE = "Ada Terril", "0199001122"


@pytest.fixture
def ada():
    return ResidentFactory(name=NAME, phone=PHONE)


def day_of(resident, **facts_of_it):
    return WorkDayFactory(proposed_by=resident, **{f"meeting__{name}": value for name, value in facts_of_it.items()})


def erase(resident):
    erasing.erase(resident=resident, by=None, now=NOW + dt.timedelta(minutes=1))


def test_their_telephone_no_longer_stands_where_everyone_reads_it(ada):
    work_day = day_of(ada, contact_name="Ada", contact_phone="01 99 00 11 22", summary="Venez voir Ada Terril.")

    erase(ada)

    meeting = WorkDay.objects.get(pk=work_day.pk).meeting
    assert (meeting.contact_name, meeting.contact_phone, meeting.summary) == ("", "", "Venez voir ….")
    assert meeting.live


def test_a_telephone_that_somebody_else_wrote_there_goes_too(ada):
    work_day = WorkDayFactory(meeting__contact_phone="+33 1 99 00 11 22")

    erase(ada)

    assert WorkDay.objects.get(pk=work_day.pk).meeting.contact_phone == ""


def test_others_are_still_named(ada):
    work_day = day_of(ada, title="Chantier du Terril", contact_name="Nora Chevalet", contact_phone="0199334455")
    shift = ShiftFactory(work_day=work_day, role="Brouettes au Terril")

    erase(ada)

    meeting = WorkDay.objects.get(pk=work_day.pk).meeting
    assert (meeting.title, meeting.contact_name) == ("Chantier du Terril", "Nora Chevalet")
    assert meeting.contact_phone == "0199334455"
    shift.refresh_from_db()
    assert shift.role == "Brouettes au Terril"


def test_nobody_is_told_of_it(ada):
    work_day = day_of(ada, title="Chez Ada Terril", summary="Devant chez Ada Terril.", venue__name="Chez Ada Terril")
    announcement = announcing.in_force(meeting=work_day.meeting, by=None, now=NOW)

    erase(ada)

    told = Announcement.objects.get(pk=announcement.pk)
    assert NAME not in str(told.facts)
    now_published = facts.published(meeting=WorkDay.objects.get(pk=work_day.pk).meeting)
    assert (now_published.title, now_published.place) == (told.told.title, told.told.place)
    assert not Invitation.objects.exists()
