"""No idea and no project passes where it may not, whoever asks, by whichever way: nothing changes, and it is said."""

import pytest
from django.test import Client
from django.utils import timezone

from engagement.desk.steps import IDEA_STEPS, PROJECT_STEPS
from engagement.models import Idea, IdeaStage, Passage, Project, Stage
from engagement.models.stages import IDEA_PASSAGES, PROJECT_PASSAGES
from tests.engagement.examining.desks import desk_of
from tests.engagement.examining.matrix import (
    GROUPS,
    MAY_ACT,
    ON_THE_DESK,
    RECEIVED,
    facts,
    is_said_in_french,
    said_by,
    someone,
    state,
)
from tests.engagement.factories import IdeaFactory, ProjectFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


# --- By a form ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", ON_THE_DESK)
@pytest.mark.parametrize("before", RECEIVED)
def test_an_idea_passes_by_its_page_only_where_it_may_and_for_whoever_may(before, group):
    client = desk_of(someone(group))
    for after in IDEA_STEPS:
        idea, asked = IdeaFactory(stage=before), facts()
        was = state()

        words = said_by(client, client.post(f"/admin/ideas/{idea.pk}/pass/{after}/", asked))

        idea.refresh_from_db()
        if (before, after) in IDEA_PASSAGES and group in MAY_ACT:
            assert idea.stage == after
        else:
            assert state() == was, after
            assert is_said_in_french(words), after


@pytest.mark.parametrize("group", ON_THE_DESK)
@pytest.mark.parametrize("before", Stage)
def test_a_project_passes_by_its_page_only_where_it_may_and_for_whoever_may(before, group):
    client = desk_of(someone(group))
    for after in PROJECT_STEPS:
        project, asked = ProjectFactory(stage=before), facts()
        was = state()

        words = said_by(client, client.post(f"/admin/fifty-fifty/{project.pk}/pass/{after}/", asked))

        project.refresh_from_db()
        if (before, after) in PROJECT_PASSAGES and group in MAY_ACT:
            assert project.stage == after
        else:
            assert state() == was, after
            assert is_said_in_french(words), after


@pytest.mark.parametrize("group", ON_THE_DESK)
def test_a_refusal_is_read_on_the_page_to_which_it_leads(group):
    client = desk_of(someone(group))
    idea, project = IdeaFactory(stage=IdeaStage.REFUSED), ProjectFactory(stage=Stage.UNDER_WAY)

    for address in (f"/admin/ideas/{idea.pk}/pass/refused/", f"/admin/fifty-fifty/{project.pk}/pass/under_way/"):
        assert is_said_in_french(client.post(address, facts(), follow=True).content.decode()), address


def test_an_administrator_passes_by_the_same_pages_and_whoever_is_in_no_group_by_none():
    idea, project = IdeaFactory(), ProjectFactory(stage=Stage.SIGNED)
    addresses = [f"/admin/ideas/{idea.pk}/pass/refused/", f"/admin/fifty-fifty/{project.pk}/pass/under_way/"]
    asked, was = facts(), None

    for client in (Client(), desk_of(someone(""))):
        was = state()
        assert [client.post(address, asked).status_code for address in addresses] == [302, 302]
        assert state() == was

    master = desk_of(someone("administration"))
    for address in addresses:
        master.post(address, asked)
    assert (Idea.objects.get(pk=idea.pk).stage, Project.objects.get().stage) == ("refused", "under_way")


@pytest.mark.parametrize("group", GROUPS)
def test_looking_at_a_page_or_at_its_preview_changes_nothing(group):
    idea = IdeaFactory()
    client, asked = desk_of(someone(group)), facts()
    was = state()
    asked.pop("act")

    for after in IDEA_STEPS:
        client.get(f"/admin/ideas/{idea.pk}/pass/{after}/")
        client.post(f"/admin/ideas/{idea.pk}/pass/{after}/", asked)

    assert state() == was


# --- By a form that is not about stages -------------------------------------------------------------------------------


@pytest.mark.parametrize("group", GROUPS)
def test_a_stage_sent_to_the_forms_of_an_idea_is_not_heard(group):
    idea = IdeaFactory()
    client = desk_of(someone(group))
    words = {name: getattr(idea, name) for name in ("title", "what", "place", "who", "commits", "asks", "shown_as")}
    opinions = dict.fromkeys(["general_interest", "feasible", "lasting", "affordable"], "unknown")
    slipped_in = {"decided_at": "2026-01-01", "merged_into": IdeaFactory().pk, "received_at": "2026-01-01"}
    before = Passage.objects.count()

    for stage in IdeaStage:
        client.post(f"/admin/ideas/edit/{idea.pk}/", words | slipped_in | {"stage": stage})
        client.post(f"/admin/ideas/{idea.pk}/examination/", opinions | slipped_in | {"stage": stage})
        client.post(f"/admin/ideas/{idea.pk}/note/", {"words": "x", "stage": stage} | slipped_in)
        client.post(f"/admin/ideas/{idea.pk}/pictures/", {"stage": stage} | slipped_in)

    changed = Idea.objects.get(pk=idea.pk)
    assert (changed.stage, changed.decided_at, changed.merged_into) == (IdeaStage.EXAMINATION, None, None)
    assert changed.received_at == idea.received_at
    assert Passage.objects.count() == before


@pytest.mark.parametrize("group", GROUPS)
def test_a_stage_sent_to_the_form_of_a_project_is_not_heard(group):
    project = ProjectFactory(stage=Stage.UNDER_WAY)
    client = desk_of(someone(group))

    for stage in Stage:
        said = {"title": project.title, "level": project.level, "stage": stage, "closed_on": "2026-01-01"}
        client.post(f"/admin/fifty-fifty/edit/{project.pk}/", said)

    project.refresh_from_db()
    assert (project.stage, project.closed_on) == (Stage.UNDER_WAY, None)


# --- With several at once ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("before", RECEIVED)
def test_several_ideas_begin_their_examination_only_where_they_may(before, group):
    idea = IdeaFactory(stage=before)
    was = state()

    desk_of(someone(group)).post(f"/admin/bulk/engagement/idea/begin/?id={idea.pk}&next=/admin/ideas/")

    idea.refresh_from_db()
    if (before, IdeaStage.EXAMINATION) in IDEA_PASSAGES and group in MAY_ACT:
        assert idea.stage == IdeaStage.EXAMINATION
    else:
        assert state() == was


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("action", ["publish", "give"])
def test_several_ideas_are_published_or_given_only_by_whoever_may(action, group):
    idea, draft = IdeaFactory(), IdeaFactory(stage=IdeaStage.DRAFT)
    officer = StaffFactory(participation=True)

    desk_of(someone(group)).post(f"/admin/bulk/engagement/idea/{action}/?id=all", {"officer": officer.pk})

    changed = Idea.objects.get(pk=idea.pk)
    assert (changed.is_public or changed.officer == officer) is (group in MAY_ACT)
    untouched = Idea.objects.get(pk=draft.pk)
    assert (untouched.public_at, untouched.officer) == (None, None)


def test_those_that_cannot_begin_are_named_and_the_others_do():
    begins, stays = IdeaFactory(stage=IdeaStage.RECEIVED), IdeaFactory(title="Déjà refusée", stage=IdeaStage.REFUSED)
    client = desk_of(StaffFactory(participation=True))
    address = f"/admin/bulk/engagement/idea/begin/?id={begins.pk}&id={stays.pk}&id=x"

    asked = client.get(address).content.decode()
    client.post(address)

    assert "These stay as they are" in asked
    assert "Déjà refusée" in asked
    assert [Idea.objects.get(pk=idea.pk).stage for idea in (begins, stays)] == ["examination", "refused"]


def test_all_of_the_list_means_what_its_filters_and_words_leave():
    here = IdeaFactory(title="Des nichoirs à l’école", stage=IdeaStage.RECEIVED)
    IdeaFactory(title="Une mare", what="De l’eau.", stage=IdeaStage.RECEIVED)
    IdeaFactory(title="Une autre école", stage=IdeaStage.ASKED)

    desk_of(StaffFactory(participation=True)).post("/admin/bulk/engagement/idea/begin/?id=all&stage=received&q=ecole")

    assert list(Idea.objects.filter(stage=IdeaStage.EXAMINATION)) == [here]
