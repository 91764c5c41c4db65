"""From which stage to which may an idea or a project pass, and who may make it? Every pair, by everyone."""

import datetime as dt
from itertools import product

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from communities.models import Delivery, Mailing
from communities.permissions import holds
from engagement import passing
from engagement.models import CheckState, Idea, IdeaStage, Passage, Project, Right, Stage
from engagement.models.stages import IDEA_PASSAGES, NEED_A_REASON, PROJECT_PASSAGES
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import WAYS, IdeaFactory, ProjectFactory
from tests.engagement.factories_of_what_was_done import StewardshipCheckFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

IDEA_PAIRS = list(product([stage for stage in IdeaStage if stage in WAYS], IdeaStage))
PROJECT_PAIRS = list(product(Stage, Stage))
SKIPS = [pair for pair in PROJECT_PAIRS if pair not in PROJECT_PASSAGES and pair[0] != pair[1]]
NOW = timezone.now()


def master() -> passing.Actor:
    return passing.Actor(user=StaffFactory(administration=True))


def passes(thing: Idea | Project, stage: IdeaStage | Stage, by: passing.Actor) -> bool:
    """Whether the rule lets it pass; when it does not, the sentence is one and nothing has changed."""
    before = thing.stage
    facts = {"merged_into": IdeaFactory()} if stage == IdeaStage.MERGED else {}
    facts |= {"decided_at": NOW} if isinstance(thing, Idea) and stage in IdeaStage.answered() else {}
    sentence = ""
    try:
        passing.to(thing=thing, stage=stage, by=by, words="Parce que.", now=NOW, **facts)
    except passing.Refusal as refusal:
        sentence = refusal.sentence
    thing.refresh_from_db()
    assert thing.stage == (before if sentence else stage)
    return not sentence


@pytest.mark.parametrize(("before", "after"), IDEA_PAIRS)
def test_an_idea_passes_as_the_table_says_and_not_otherwise_even_for_an_administrator(before, after):
    idea = IdeaFactory(stage=before, received_at=NOW, answer_due_on=NOW.date())

    assert passes(idea, after, master()) is ((before, after) in IDEA_PASSAGES)


@pytest.mark.parametrize(("before", "after"), PROJECT_PAIRS)
def test_a_project_passes_as_the_table_says_and_not_otherwise_even_for_an_administrator(before, after):
    project = ProjectFactory(stage=before)
    StewardshipCheckFactory(project=project)

    assert passes(project, after, master()) is ((before, after) in PROJECT_PASSAGES)


@pytest.mark.parametrize("state", [None, CheckState.CANCELLED, CheckState.GOOD])
def test_nobody_looks_after_what_nobody_is_to_look_at(state):
    project = ProjectFactory(stage=Stage.DELIVERED)
    if state:
        StewardshipCheckFactory(project=project, state=state, answered_at=NOW if state == CheckState.GOOD else None)

    with pytest.raises(passing.NothingPlanned):
        passing.to(thing=project, stage=Stage.STEWARDSHIP, by=master(), now=NOW)

    assert Project.objects.get(pk=project.pk).stage == Stage.DELIVERED


def test_what_the_commune_took_back_is_given_again_before_its_checks_are_planned_anew():
    assert passes(ProjectFactory(stage=Stage.TAKEN_BACK), Stage.STEWARDSHIP, master())


@pytest.mark.parametrize(("before", "after"), sorted(PROJECT_PASSAGES))
def test_a_member_of_communication_makes_no_project_pass(before, after):
    assert not passes(ProjectFactory(stage=before), after, passing.Actor(user=StaffFactory(communication=True)))


@pytest.mark.parametrize(("before", "after"), sorted(pair for pair in IDEA_PASSAGES if pair[0] in WAYS))
def test_those_who_carry_an_idea_make_it_pass_where_it_is_theirs_and_a_neighbour_never_does(before, after):
    idea = IdeaFactory(stage=before, received_at=NOW, answer_due_on=NOW.date())
    theirs = Right.HOLDERS in IDEA_PASSAGES[before, after]

    assert not passes(idea, after, passing.Actor(resident=ResidentFactory()))
    assert not passes(idea, after, passing.Actor())
    assert passes(idea, after, passing.Actor(resident=idea.resident)) is theirs


@pytest.mark.parametrize("right", [right for right in Right if right is not Right.HOLDERS])
def test_each_right_is_a_permission_that_administrators_hold(right):
    app, codename = right.value.split(".")

    assert Permission.objects.filter(content_type__app_label=app, codename=codename).exists()
    assert holds(StaffFactory(administration=True), right.value)


@pytest.mark.parametrize("stage", sorted(NEED_A_REASON))
def test_what_needs_a_reason_does_not_pass_without_one(stage):
    pairs = {**IDEA_PASSAGES, **PROJECT_PASSAGES}
    before = next(start for start, end in pairs if end == stage and (not isinstance(start, IdeaStage) or start in WAYS))
    thing = IdeaFactory(stage=before) if isinstance(before, IdeaStage) else ProjectFactory(stage=before)

    with pytest.raises(passing.NeedsAReason):
        passing.to(thing=thing, stage=stage, by=master(), words="  ", now=NOW)


def test_two_who_press_at_once_make_it_pass_once():
    seen_twice = ProjectFactory(stage=Stage.SIGNED)
    as_the_other_saw_it = Project.objects.get(pk=seen_twice.pk)
    by = master()

    passing.to(thing=seen_twice, stage=Stage.UNDER_WAY, by=by, now=NOW)

    with pytest.raises(passing.CannotPass):
        passing.to(thing=as_the_other_saw_it, stage=Stage.UNDER_WAY, by=by, now=NOW)
    assert Passage.objects.filter(project=seen_twice).count() == 1


def test_a_passage_is_written_down_and_those_who_carry_it_are_told():
    holder = ResidentFactory()
    project = ProjectFactory(stage=Stage.SIGNED, holder=holder)
    by = master()

    passage = passing.to(thing=project, stage=Stage.UNDER_WAY, by=by, now=NOW)

    assert (passage.from_stage, passage.to_stage, passage.by, passage.passed_at) == (
        "signed",
        "under_way",
        by.user,
        NOW,
    )
    mailing = Mailing.objects.get(kind="passage", key=str(passage.pk))
    assert [delivery.resident for delivery in Delivery.objects.filter(mailing=mailing)] == [holder]


# --- Whoever comes to the tables themselves ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "function", "stages", "passages"),
    [
        ("engagement_idea", "an_idea_may_pass", IdeaStage, IDEA_PASSAGES),
        ("engagement_project", "a_project_may_pass", Stage, PROJECT_PASSAGES),
    ],
)
def test_the_database_knows_the_same_passages(table, function, stages, passages):
    with connection.cursor() as cursor:
        cursor.execute(
            f"select b, a from unnest(%s::text[]) b, unnest(%s::text[]) a where {function}(b, a)", [stages.values] * 2
        )
        known = set(cursor.fetchall())

    assert known == {(before.value, after.value) for before, after in passages}


@pytest.mark.parametrize(("before", "after"), SKIPS)
def test_no_update_makes_a_project_skip(before, after):
    project = ProjectFactory(stage=before)

    with pytest.raises(IntegrityError, match="does not pass"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(stage=after)


def test_an_idea_begins_as_a_draft_whoever_writes_the_row():
    with pytest.raises(IntegrityError, match="does not pass"), transaction.atomic():
        Idea.objects.create(
            resident=ResidentFactory(),
            title="x",
            what="y",
            stage=IdeaStage.EXAMINATION,
            received_at=NOW,
            answer_due_on=dt.date(2026, 1, 1),
            created_at=NOW,
        )


def test_a_new_project_begins_as_supported_unless_it_is_from_before():
    idea = IdeaFactory(stage=IdeaStage.SUPPORTED)

    with pytest.raises(IntegrityError, match="does not pass"), transaction.atomic():
        Project.objects.create(title="x", idea=idea, stage=Stage.SIGNED, created_at=NOW)


def test_a_passage_is_never_rewritten():
    passage = passing.to(thing=ProjectFactory(stage=Stage.SIGNED), stage=Stage.UNDER_WAY, by=master(), now=NOW)

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Passage.objects.filter(pk=passage.pk).update(words="autre chose")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        passage.delete()
