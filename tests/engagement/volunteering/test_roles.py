"""Who may run a work day?"""

import pytest

from communities import membership
from communities.models import Role
from engagement.models import WorkDay
from engagement.volunteering.coordinating import roles
from tests.communities.factories import CommunityFactory, MembershipFactory, ResidentFactory
from tests.engagement.factories_of_work_days import WorkDayFactory

pytestmark = pytest.mark.django_db


def of(community, **facts):
    work_day = WorkDayFactory(**facts)
    work_day.meeting.communities.set([community])
    work_day.meeting.save()
    return work_day


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.MEMBER, False), (Role.COORDINATOR, True), (Role.LIAISON, False), (Role.OFFICER, False)],
)
def test_a_coordinator_of_its_community_runs_it(role, may):
    community, resident = CommunityFactory(), ResidentFactory()
    MembershipFactory(community=community, resident=resident, role=role)

    assert roles.may_run(resident, of(community)) is may
    assert membership.coordinates(community=community, resident=resident) is may


def test_a_coordinator_of_another_community_does_not():
    resident = MembershipFactory(role=Role.COORDINATOR).resident

    assert not roles.may_run(resident, of(CommunityFactory()))


def test_whoever_leads_it_runs_it_and_no_other():
    resident = ResidentFactory()
    led, other = of(CommunityFactory(), leader=resident), of(CommunityFactory())

    assert list(roles.run_by(resident)) == [led]
    assert other in WorkDay.objects.all()


def test_coordinating_two_of_its_communities_is_running_it_once():
    resident, first, second = ResidentFactory(), CommunityFactory(), CommunityFactory()
    for community in (first, second):
        MembershipFactory(community=community, resident=resident, role=Role.COORDINATOR)
    work_day = of(first)
    work_day.meeting.communities.set([first, second])
    work_day.meeting.save()

    assert roles.run_by(resident).count() == 1
    assert roles.coordinated_by(resident) == sorted([first, second], key=lambda each: each.name)
