"""An idea is joined to its twin: who comes along, and who does not?"""

import pytest
from django.utils import timezone

from communities import erasing, membership
from communities.models import Membership, Origin
from engagement import passing
from engagement.examining import deciding
from engagement.models import IdeaSupport
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import IdeaFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def officer() -> passing.Actor:
    return passing.Actor(user=StaffFactory(participation=True))


def test_whoever_left_the_community_of_a_project_stays_away_when_an_idea_is_joined_to_it(
    officer: passing.Actor,
) -> None:
    twin, idea = IdeaFactory(public=True), IdeaFactory(public=True)
    left = IdeaSupport.objects.create(
        idea=twin, resident=ResidentFactory(), joins=True, created_at=NOW, confirmed_at=NOW
    )
    project = deciding.support(idea=twin, by=officer, now=NOW)
    membership.leave(community=project.community, resident=left.resident, origin=Origin.WEB, now=NOW)

    deciding.join(idea=idea, twin=twin, reason="La même.", by=officer, now=NOW)

    members = Membership.objects.filter(community=project.community)
    assert {each.resident for each in members} == {twin.resident, idea.resident}


def test_an_erased_person_supports_no_twin_of_what_was_theirs(officer: passing.Actor) -> None:
    idea, twin = IdeaFactory(), IdeaFactory(public=True)
    erasing.erase(resident=idea.resident, by=officer.user, now=NOW)
    idea.refresh_from_db()

    deciding.join(idea=idea, twin=twin, reason="La même.", by=officer, now=NOW)

    assert not twin.supports.exists()
