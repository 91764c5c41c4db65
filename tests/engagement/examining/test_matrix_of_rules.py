"""No rule lets an idea or a project pass where it may not, whoever calls it: it says so, and nothing changes."""

from collections.abc import Callable
from functools import partial

import pytest
from django.utils import timezone, translation

from engagement import passing, projects
from engagement.desk.steps import IDEA_STEPS, PROJECT_STEPS
from engagement.examining import deciding, following, noting, publishing, teaming
from engagement.models import Idea, IdeaStage, Stage, TeamRole
from engagement.models.stages import IDEA_PASSAGES, PROJECT_PASSAGES
from engagement.refusals import MayNot, Refusal
from tests.communities.factories import ResidentFactory
from tests.engagement.examining.matrix import (
    GROUPS,
    MAY_ACT,
    RECEIVED,
    is_said_in_french,
    someone,
    state,
)
from tests.engagement.factories import IdeaFactory, ProjectFactory, TeammateFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def rule_of(idea: Idea, after: IdeaStage, *, twin: Idea, by: passing.Actor) -> object:
    told = {"idea": idea, "by": by, "now": NOW}
    match after:
        case IdeaStage.EXAMINATION:
            return deciding.begin(**told)
        case IdeaStage.ASKED:
            return deciding.ask(question="Quand ?", **told)
        case IdeaStage.SUPPORTED:
            return deciding.support(is_published=True, **told)
        case IdeaStage.REFUSED:
            return deciding.refuse(reason="Trop cher.", is_published=True, **told)
        case IdeaStage.MERGED:
            return deciding.join(twin=twin, reason="La même.", **told)
        case _other:
            return deciding.withdraw(**told)


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("before", RECEIVED)
def test_a_rule_called_by_hand_refuses_an_idea_the_same(before, group):
    by, twin = passing.Actor(user=someone(group)), IdeaFactory()
    for after in IDEA_STEPS:
        idea = IdeaFactory(stage=before)
        was = state()

        said = refusal_of(partial(rule_of, idea, after, twin=twin, by=by))

        if (before, after) in IDEA_PASSAGES and group in MAY_ACT:
            assert (said, Idea.objects.get(pk=idea.pk).stage) == ("", after)
        else:
            assert state() == was, after
            assert is_said_in_french(said), after


def refusal_of(call: Callable[[], object]) -> str:
    """What the rule says in French when it refuses; nothing when it does not."""
    with translation.override("fr"):
        try:
            call()
        except Refusal as refusal:
            return refusal.sentence
    return ""


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("before", Stage)
def test_a_rule_called_by_hand_refuses_a_project_the_same(before, group):
    by = passing.Actor(user=someone(group))
    for after in Stage:
        project = ProjectFactory(stage=before)
        was = state()

        call = partial(following.move_on, project=project, stage=after, words="Parce que.", by=by, now=NOW)
        said = refusal_of(call)

        may = (before, after) in PROJECT_PASSAGES and group in MAY_ACT and after in PROJECT_STEPS
        assert (said == "") is may, after
        assert may or state() == was, after


@pytest.mark.parametrize("group", ["", "communication", "elected"])
def test_whoever_may_not_notes_publishes_gives_and_changes_nothing(group):
    by, idea, mate = someone(group), IdeaFactory(), TeammateFactory()
    was = state()
    calls = [
        lambda: publishing.publish(idea=idea, by=by, now=NOW),
        lambda: publishing.withhold(idea=idea, by=by),
        lambda: publishing.show_pictures(idea=idea, shown=[], words={}, recognised={}, by=by),
        lambda: publishing.reword(idea=idea, words={"title": "x"}, by=by, now=NOW),
        lambda: noting.opine(idea=idea, by=by, technical_opinion="x"),
        lambda: noting.note(idea=idea, words="x", by=by, now=NOW),
        lambda: noting.give(ideas=[idea], officer=by, by=by),
        lambda: teaming.let_go(mate=mate, by=by),
        lambda: teaming.change(mate=mate, role=TeamRole.HELPER, shown_as="x", by=by),
        lambda: teaming.take_in(project=mate.project, resident=ResidentFactory(), role=TeamRole.HELPER, by=by, now=NOW),
    ]

    for call in calls:
        with pytest.raises(MayNot):
            call()

    assert state() == was


@pytest.mark.parametrize("group", GROUPS)
def test_only_whoever_may_takes_over_a_project_from_before(group):
    was = state()

    call = partial(projects.take_over, title="x", stage=Stage.CLOSED, by=someone(group), now=NOW)
    said = refusal_of(call)

    assert (said == "") is (group in MAY_ACT)
    assert group in MAY_ACT or (state() == was and is_said_in_french(said))


def test_a_resident_decides_nothing_by_the_rules_of_the_desk():
    idea = IdeaFactory()

    with pytest.raises(passing.NotTheirs):
        deciding.support(idea=idea, by=passing.Actor(resident=idea.resident), now=NOW)
    with pytest.raises(passing.NotTheirs):
        deciding.refuse(idea=idea, reason="x", by=passing.Actor(), now=NOW)
