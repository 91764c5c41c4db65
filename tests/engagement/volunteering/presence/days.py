"""Work days of today and of last week, with whoever came."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from communities.models import Resident, Role
from engagement.models import Attendance, HourRate, Project, WorkDay
from engagement.volunteering.presence import closing
from tests.communities.factories import CommunityFactory, MembershipFactory, ResidentFactory
from tests.engagement.factories import ProjectFactory
from tests.engagement.factories_of_what_was_done import HourRateFactory
from tests.engagement.factories_of_work_days import (
    AttendanceFactory,
    ShiftFactory,
    VolunteerFactory,
    WorkDayFactory,
    morning,
)


def a_day(*, in_days: int = 0, **facts: Any) -> WorkDay:
    """Today's, unless said otherwise; its community is the only one."""
    community = facts.pop("community", None) or CommunityFactory()
    work_day: WorkDay = WorkDayFactory(**({"meeting__starts_at": morning(in_days=in_days)} | facts))
    work_day.meeting.communities.set([community])
    work_day.meeting.save()
    return work_day


def who_runs(work_day: WorkDay) -> Resident:
    """A coordinator of its community."""
    community = work_day.meeting.communities.first()
    return MembershipFactory(community=community, role=Role.COORDINATOR).resident


def project_of(work_day: WorkDay, **facts: Any) -> Project:
    """Its community gathers around a project, begun long before."""
    if not HourRate.objects.exists():
        HourRateFactory()
    community = work_day.meeting.communities.first()
    return ProjectFactory(community=community, created_at=timezone.now() - dt.timedelta(days=400), **facts)


def came(work_day: WorkDay, *, people: int = 1, hours: str = "3", **facts: Any) -> Attendance:
    """Somebody who signed up was there; by default for the first shift."""
    shift = facts.pop("shift", None) or work_day.shifts.first() or ShiftFactory(work_day=work_day)
    resident = facts.pop("resident", None) or ResidentFactory()
    volunteer = VolunteerFactory(work_day=work_day, resident=resident, shifts=[shift], guests=people - 1)
    return AttendanceFactory(volunteer=volunteer, shift=shift, people=people, hours=Decimal(hours), **facts)


def closed(work_day: WorkDay) -> WorkDay:
    return closing.confirm(work_day=work_day, now=timezone.now())
