"""Which communities are alive? Who did something, when they met, what they lack, how many letters they get."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import activity
from communities.activity import Gatherings, Life
from communities.models import Community, CommunityKind, Delivery, DeliveryState, Mailing, Resident, Role
from engagement.models import IdeaSupport
from meetings.models import MeetingStatus
from tests.communities.factories import CommunityFactory, MembershipFactory, NeighbourhoodFactory, ResidentFactory
from tests.engagement.factories import IdeaFactory, ProjectFactory, TeammateFactory
from tests.engagement.factories_of_what_was_done import StewardshipCheckFactory
from tests.factories import StaffFactory
from tests.meetings.factories import AnswerFactory, InvitationFactory, MeetingPageFactory

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
DAY = timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def gardens() -> Community:
    return CommunityFactory(name="Les jardins")


def member(community: Community, *, days_ago: int = 400, **facts: Any) -> Resident:
    joined = MembershipFactory(community=community, joined_at=NOW - days_ago * DAY, consenting=False, **facts)
    return joined.resident


def life(community: Community) -> Life:
    (found,) = activity.of([community], now=NOW)
    return found


def letters(resident: Resident, *, number: int, days_ago: int = 3, state: str = DeliveryState.SENT) -> None:
    for _each in range(number):
        mailing = Mailing.objects.create(kind="x", key="1", title="Bonjour", created_at=NOW)
        facts = {"state": state, "ended_at": NOW - days_ago * DAY, "next_attempt_at": NOW}
        Delivery.objects.create(mailing=mailing, resident=resident, reason="x", **facts)


def meet(community: Community, *, days: int, **facts: Any) -> datetime:
    starts = NOW + days * DAY
    MeetingPageFactory(communities=[community], starts_at=starts, ends_at=starts + timedelta(hours=2), **facts)
    return starts


def test_a_community_without_anybody_has_no_life(gardens: Community) -> None:
    assert life(gardens) == Life(gardens, is_silent=True)
    assert life(gardens).letters_each == 0


def test_members_are_counted_and_those_who_came_lately(gardens: Community) -> None:
    member(gardens)
    member(gardens, days_ago=89)
    member(gardens, days_ago=91)
    member(CommunityFactory(), days_ago=1)
    member(gardens, resident=ResidentFactory(erased_at=NOW))

    assert (life(gardens).members, life(gardens).new) == (3, 1)


def test_whoever_answered_joined_supported_or_looked_is_active_and_counts_once(gardens: Community) -> None:
    project = ProjectFactory(community=gardens)
    ada = member(gardens, days_ago=10)
    basile, nora, felix = member(gardens), member(gardens), member(gardens)
    meeting = MeetingPageFactory(communities=[gardens])
    for resident, days in ((ada, 3), (basile, 3), (felix, 100)):
        invitation = InvitationFactory(meeting=meeting, resident=resident)
        AnswerFactory(invitation=invitation, answered_at=NOW - days * DAY)
    TeammateFactory(project=project, resident=nora, joined_at=NOW - DAY)
    check = StewardshipCheckFactory(project=project)
    type(check).objects.filter(pk=check.pk).update(answered_by=basile, answered_at=NOW - DAY, state="good")

    assert life(gardens).active == 3


def test_a_support_of_the_idea_behind_the_project_counts_once_it_is_confirmed(gardens: Community) -> None:
    idea = IdeaFactory(public=True)
    ProjectFactory(community=gardens, idea=idea)
    for confirmed in (NOW - DAY, None):
        IdeaSupport.objects.create(idea=idea, resident=ResidentFactory(), created_at=NOW, confirmed_at=confirmed)

    assert life(gardens).active == 1


@pytest.mark.parametrize(
    ("meetings", "silent"),
    [([], True), ([-10], False), ([-364], False), ([-366], True), ([-366, 30], False), ([400], False)],
)
def test_a_community_is_silent_without_a_meeting_for_a_year_behind_it_or_any_ahead(
    gardens: Community, meetings: list[int], silent: bool
) -> None:
    for days in meetings:
        meet(gardens, days=days)

    assert life(gardens).is_silent == silent


def test_the_last_and_the_next_meeting_are_those_that_take_place(gardens: Community) -> None:
    meet(gardens, days=-60)
    last, coming = meet(gardens, days=-30), meet(gardens, days=20)
    meet(gardens, days=40)
    meet(gardens, days=10, status=MeetingStatus.CANCELLED, status_reason="Pluie")
    meet(gardens, days=5, live=False)

    assert life(gardens).gatherings == Gatherings(last=last, next=coming)


def test_letters_are_those_that_left_in_thirty_days(gardens: Community) -> None:
    ada, basile = member(gardens), member(gardens)
    letters(ada, number=3)
    letters(basile, number=1)
    letters(basile, number=4, days_ago=31)
    letters(basile, number=2, state=DeliveryState.FAILED)

    assert (life(gardens).letters, life(gardens).letters_each, life(gardens).most_letters) == (4, 2.0, 3)


def test_coordinators_are_named_in_the_order_in_which_they_came(gardens: Community) -> None:
    for name, role in (("Ada", Role.COORDINATOR), ("Basile", Role.MEMBER), ("Nora", Role.COORDINATOR)):
        member(gardens, role=role, resident=ResidentFactory(name=name))

    assert life(gardens).coordinators == ("Ada", "Nora")


def test_what_a_room_says_is_lacking_is_told(gardens: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(activity.gap_sources._things, "x", lambda keys, now: {gardens.pk: ["il manque 2 personnes"]})

    assert life(gardens).gaps == ("il manque 2 personnes",)


@pytest.mark.parametrize("size", [10, 100])
def test_the_life_of_many_costs_the_same_as_of_few(size: int, django_assert_num_queries: Any) -> None:
    for number in range(size):
        MembershipFactory(community=CommunityFactory(name=f"C {number}"), consenting=False)
    communities = list(Community.objects.all())

    with django_assert_num_queries(10):
        assert len(activity.of(communities, now=NOW)) == size


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(StaffFactory(participation=True))
    return client


def names(client: Client, **asked: str) -> list[str]:
    page = client.get(reverse("communities_desk:life"), asked)
    return [life.community.name for life in page.context["page"]]


def test_the_report_is_sorted_and_filtered(officer: Client, gardens: Community) -> None:
    quarter = NeighbourhoodFactory()
    benches = CommunityFactory(name="Bancs", kind=CommunityKind.NEIGHBOURHOOD, neighbourhood=quarter)
    MembershipFactory(community=gardens, joined_at=timezone.now())
    MeetingPageFactory(communities=[benches])

    assert names(officer) == ["Bancs", "Les jardins"]
    assert names(officer, order="members") == ["Les jardins", "Bancs"]
    assert names(officer, order="next") == ["Bancs", "Les jardins"]
    assert names(officer, kind="theme") == ["Les jardins"]
    assert names(officer, neighbourhood=str(quarter.pk)) == ["Bancs"]


@pytest.mark.parametrize("asked", [{"order": "x"}, {"kind": "\x00"}, {"neighbourhood": "9" * 5000}, {"p": "x"}])
def test_a_wish_that_nobody_can_have_made_is_no_wish(
    officer: Client, gardens: Community, asked: dict[str, str]
) -> None:
    assert names(officer, **asked) == ["Les jardins"]


def test_names_are_for_whoever_may_see_residents(client: Client, gardens: Community) -> None:
    MembershipFactory(community=gardens, coordinator=True, resident=ResidentFactory(name="Ada Terril"))
    address = reverse("communities_desk:life")

    for trait, sees in (("participation", True), ("communication", False)):
        client.force_login(StaffFactory(**{trait: True}))
        for query in ({}, {"export": "csv"}):
            assert ("Ada Terril" in client.get(address, query).content.decode()) == sees


def test_the_file_holds_every_community_and_no_formula(officer: Client) -> None:
    CommunityFactory(name="=SUM(A1)")

    told = officer.get(reverse("communities_desk:life"), {"export": "csv"}).content.decode("utf-8-sig")

    assert "'=SUM(A1);a theme;;0;0;0;;;;0,0;0;yes;" in told


def test_the_list_of_communities_leads_to_their_life(officer: Client) -> None:
    page = officer.get(reverse("communities_desk:index")).content.decode()

    assert reverse("communities_desk:life") in page


def test_the_page_costs_the_same_for_many(officer: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(60):
        MembershipFactory(community=CommunityFactory(name=f"C {number}"), consenting=False)

    with django_assert_max_num_queries(24):
        officer.get(reverse("communities_desk:life"))
