"""Two who decide in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from engagement import passing
from engagement.examining import deciding
from engagement.models import Idea, IdeaStage, Passage, Project, ProjectPage
from engagement.refusals import Refusal
from tests.engagement.factories import IdeaFactory, project_index
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()


def at_once(*calls):
    """What became of each: "" when it passed, else why not."""
    start = Barrier(len(calls))

    def one(call) -> str:
        try:
            start.wait()
            call()
        except Refusal as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(calls)) as several:
        return list(several.map(one, calls))


def officer() -> passing.Actor:
    return passing.Actor(user=StaffFactory(participation=True))


def test_two_ideas_joined_to_each_other_at_once_are_joined_one_way():
    one, other = IdeaFactory(), IdeaFactory()
    by = officer()

    ends = at_once(
        lambda: deciding.join(idea=one, twin=other, reason="La même.", by=by, now=NOW),
        lambda: deciding.join(idea=other, twin=one, reason="La même.", by=by, now=NOW),
    )

    assert sorted(ends) == ["", "NoTwin"]
    assert Idea.objects.filter(stage=IdeaStage.MERGED).count() == 1


def test_an_idea_supported_and_refused_at_once_has_one_answer():
    idea = IdeaFactory()
    by, another = officer(), officer()

    ends = at_once(
        lambda: deciding.support(idea=Idea.objects.get(pk=idea.pk), by=by, now=NOW),
        lambda: deciding.refuse(idea=Idea.objects.get(pk=idea.pk), reason="Trop cher.", by=another, now=NOW),
    )

    assert sorted(ends) == ["", "CannotPass"]
    assert Passage.objects.filter(idea=idea).count() == 1
    assert Project.objects.count() == (Idea.objects.get(pk=idea.pk).stage == IdeaStage.SUPPORTED)


@pytest.mark.parametrize("titles", [["Un verger", "Un verger"], ["Un verger", "Une mare"]])
def test_two_projects_begun_at_once_each_have_their_own_community_and_page(titles):
    index = project_index()
    ideas, by = [IdeaFactory(title=title) for title in titles], officer()

    ends = at_once(
        *(lambda idea=idea: deciding.support(idea=Idea.objects.get(pk=idea.pk), by=by, now=NOW) for idea in ideas)
    )

    assert ends == ["", ""]
    assert len({project.community.name for project in Project.objects.select_related("community")}) == len(ideas)
    assert len({page.path for page in ProjectPage.objects.child_of(index)}) == len(ideas)
