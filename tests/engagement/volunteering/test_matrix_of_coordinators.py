"""Who opens which page of a work day, and who does what: outsider, member, other coordinator, coordinator, leader."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.models import Role
from engagement.models import WorkDay
from engagement.volunteering.coordinating.urls import urlpatterns
from engagement.volunteering.planning import proposing
from meetings.models import MeetingPage
from tests.communities.factories import CommunityFactory, MembershipFactory, ResidentFactory
from tests.engagement.factories_of_work_days import VolunteerFactory
from tests.engagement.volunteering import typed
from tests.engagement.volunteering.plans import coordinator, made
from tests.meetings.factories import meeting_index

pytestmark = pytest.mark.django_db

MAY = {
    "nobody signed in": False,
    "outsider": False,
    "member": False,
    "volunteer": False,
    "liaison": False,
    "officer": False,
    "other coordinator": False,
    "coordinator": True,
    "leader": True,
}
PLANNING = {
    *("run_work_day", "run_edit_work_day", "run_publish_work_day", "run_take_back_work_day", "run_drop_work_day"),
    *("run_once_more", "run_series", "run_invite", "run_invite_letter"),
}


@pytest.fixture
def town():
    """A draft of a community, and one of everybody."""
    meeting_index()
    community = CommunityFactory(work_days_need_approval=False)
    runs = coordinator(community)
    leader = ResidentFactory()
    work_day = made(runs, leader=leader)
    people = {role: MembershipFactory(community=community, role=role).resident for role in Role}
    return work_day, {
        "nobody signed in": None,
        "outsider": ResidentFactory(),
        "member": people[Role.MEMBER],
        "volunteer": VolunteerFactory(work_day=work_day).resident,
        "liaison": people[Role.LIAISON],
        "officer": people[Role.OFFICER],
        "other coordinator": coordinator(),
        "coordinator": runs,
        "leader": leader,
    }


def browser_of(someone, as_resident):
    return as_resident(someone) if someone else Client()


@pytest.mark.parametrize("who", MAY)
def test_a_page_is_there_for_whoever_runs_the_day_and_for_nobody_else(town, as_resident, who):
    work_day, people = town
    browser = browser_of(people[who], as_resident)
    proposing.publish(work_day=work_day, by=people["coordinator"], now=timezone.now())

    for name in sorted(PLANNING):
        answer = browser.get(reverse(f"engagement:{name}", args=[work_day.pk]))
        if name == "run_take_back_work_day":
            assert answer.status_code == 405
            continue
        expected = 200 if MAY[who] else 302 if people[who] is None else 404
        assert answer.status_code == expected, name
        assert people[who] is not None or answer.headers["Location"].startswith("/mon-espace/entrer/")


@pytest.mark.parametrize("who", [who for who, may in MAY.items() if not may])
def test_a_press_of_anybody_else_does_nothing(town, as_resident, who):
    work_day, people = town
    browser = browser_of(people[who], as_resident)
    before = state()

    for name in sorted(PLANNING):
        sent = typed.of_work_day(work_day, title="Volé") | {"day": "2030-01-05", "expecting": "1"}
        answer = browser.post(reverse(f"engagement:{name}", args=[work_day.pk]), sent)
        assert answer.status_code in {403, 404, 405}, (name, answer.status_code)

    assert state() == before


def state():
    days = list(WorkDay.objects.order_by("pk").values())
    pages = list(MeetingPage.objects.order_by("pk").values("pk", "title", "live", "starts_at"))
    return days, pages


@pytest.mark.parametrize("who", MAY)
def test_only_a_coordinator_of_it_plans_for_a_community(town, as_resident, who):
    work_day, people = town
    community = work_day.meeting.communities.get()
    before = WorkDay.objects.count()

    answer = browser_of(people[who], as_resident).post(
        reverse("engagement:run_new_work_day", args=[community.slug]), typed.whole()
    )

    assert (WorkDay.objects.count() > before) is (who == "coordinator"), answer.status_code


@pytest.mark.parametrize("who", [who for who in MAY if who != "nobody signed in"])
def test_the_list_shows_those_that_one_runs_and_no_other(town, as_resident, who):
    work_day, people = town
    elsewhere = made(people["other coordinator"], title="Ailleurs")

    shown = browser_of(people[who], as_resident).get(reverse("engagement:run_work_days")).content.decode()

    assert (work_day.meeting.title in shown) is MAY[who]
    assert (elsewhere.meeting.title in shown) is (who == "other coordinator")


def test_every_address_of_planning_is_in_the_matrix():
    mine = {each.name for each in urlpatterns if "<int:pk>" in str(each.pattern)}

    assert mine >= PLANNING


@pytest.mark.parametrize("pk", ["0", "99999999", "999999999999999999999"])
def test_a_day_that_is_not_there_is_not_there(as_resident, pk):
    answer = as_resident(coordinator()).get(f"/mon-espace/chantiers/{pk}/")

    assert answer.status_code == 404


def test_whoever_no_longer_coordinates_is_out_at_once(town, as_resident):
    work_day, people = town
    browser = as_resident(people["coordinator"])
    people["coordinator"].memberships.update(role=Role.MEMBER)

    assert browser.get(reverse("engagement:run_work_day", args=[work_day.pk])).status_code == 404
