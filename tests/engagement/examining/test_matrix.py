"""No idea and no project passes where it may not, whoever asks, by whichever way: nothing changes, and it is said."""

import html
from collections.abc import Callable
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone, translation

from communities.models import Mailing
from engagement import passing
from engagement.desk.steps import IDEA_STEPS, PROJECT_STEPS
from engagement.examining import deciding, following, noting, publishing, teaming
from engagement.examining.refusals import MayNot
from engagement.models import Idea, IdeaStage, Passage, Project, Stage, TeamRole
from engagement.models.stages import IDEA_PASSAGES, PROJECT_PASSAGES
from engagement.refusals import Refusal
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import WAYS, IdeaFactory, ProjectFactory, TeammateFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()
GROUPS = ["", "communication", "elected", "participation", "administration"]
ON_THE_DESK = ["communication", "elected", "participation"]
MAY_ACT = {"participation", "administration"}
RECEIVED = [stage for stage in IdeaStage if stage in WAYS and stage != IdeaStage.DRAFT]


def someone(group: str) -> User:
    """Of one group, who reads the desk in French."""
    return StaffFactory(**({group: True} if group else {}), reads="fr")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def state() -> tuple[object, ...]:
    """All that a passage would change."""
    ideas = sorted(Idea.objects.values_list("pk", "stage", "decided_at", "merged_into", "public_at", "officer"))
    projects = sorted(Project.objects.values_list("pk", "stage", "started_on", "delivered_on", "closed_on"), key=str)
    return sorted(ideas, key=str), projects, Passage.objects.count(), Mailing.objects.count()


def facts() -> dict[str, object]:
    """Whatever any passage may ask for."""
    return {"words": "Parce que.", "act": "1", "twin": IdeaFactory().pk, "is_published": "on", "on": "2026-03-01"}


def is_said_in_french(page: str) -> bool:
    """Wagtail's own sentence, the passage's or the rights'."""
    said = html.unescape(page).replace("\u2019", "'")
    return any(words in said for words in ("n'est pas possible", "pas le droit", "pas l'autorisation"))


# --- By a form ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", ON_THE_DESK)
@pytest.mark.parametrize("before", RECEIVED)
def test_an_idea_passes_by_its_page_only_where_it_may_and_for_whoever_may(before, group):
    client = signed_in(someone(group))
    for after in IDEA_STEPS:
        idea, asked = IdeaFactory(stage=before), facts()
        was = state()

        page = client.post(f"/admin/ideas/{idea.pk}/pass/{after}/", asked, follow=True).content.decode()

        idea.refresh_from_db()
        if (before, after) in IDEA_PASSAGES and group in MAY_ACT:
            assert idea.stage == after
        else:
            assert state() == was, after
            assert is_said_in_french(page), after


@pytest.mark.parametrize("group", ON_THE_DESK)
@pytest.mark.parametrize("before", Stage)
def test_a_project_passes_by_its_page_only_where_it_may_and_for_whoever_may(before, group):
    client = signed_in(someone(group))
    for after in PROJECT_STEPS:
        project, asked = ProjectFactory(stage=before), facts()
        was = state()

        page = client.post(f"/admin/fifty-fifty/{project.pk}/pass/{after}/", asked, follow=True).content.decode()

        project.refresh_from_db()
        if (before, after) in PROJECT_PASSAGES and group in MAY_ACT:
            assert project.stage == after
        else:
            assert state() == was, after
            assert is_said_in_french(page), after


def test_an_administrator_passes_by_the_same_pages_and_whoever_is_in_no_group_by_none():
    idea, project = IdeaFactory(), ProjectFactory(stage=Stage.SIGNED)
    addresses = [f"/admin/ideas/{idea.pk}/pass/refused/", f"/admin/fifty-fifty/{project.pk}/pass/under_way/"]
    asked, was = facts(), None

    for client in (Client(), signed_in(someone(""))):
        was = state()
        assert [client.post(address, asked).status_code for address in addresses] == [302, 302]
        assert state() == was

    master = signed_in(someone("administration"))
    for address in addresses:
        master.post(address, asked)
    assert (Idea.objects.get(pk=idea.pk).stage, Project.objects.get().stage) == ("refused", "under_way")


@pytest.mark.parametrize("group", GROUPS)
def test_looking_at_a_page_or_at_its_preview_changes_nothing(group):
    idea = IdeaFactory()
    client, asked = signed_in(someone(group)), facts()
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
    client = signed_in(someone(group))
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
    client = signed_in(someone(group))

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

    signed_in(someone(group)).post(f"/admin/bulk/engagement/idea/begin/?id={idea.pk}&next=/admin/ideas/")

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

    signed_in(someone(group)).post(f"/admin/bulk/engagement/idea/{action}/?id=all", {"officer": officer.pk})

    changed = Idea.objects.get(pk=idea.pk)
    assert (changed.is_public or changed.officer == officer) is (group in MAY_ACT)
    untouched = Idea.objects.get(pk=draft.pk)
    assert (untouched.public_at, untouched.officer) == (None, None)


def test_those_that_cannot_begin_are_named_and_the_others_do():
    begins, stays = IdeaFactory(stage=IdeaStage.RECEIVED), IdeaFactory(title="Déjà refusée", stage=IdeaStage.REFUSED)
    client = signed_in(StaffFactory(participation=True))
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

    signed_in(StaffFactory(participation=True)).post("/admin/bulk/engagement/idea/begin/?id=all&stage=received&q=ecole")

    assert list(Idea.objects.filter(stage=IdeaStage.EXAMINATION)) == [here]


# --- By a call of a rule ----------------------------------------------------------------------------------------------


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
        lambda: publishing.show_pictures(idea=idea, shown=[], words={}, by=by),
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


def test_a_resident_decides_nothing_by_the_rules_of_the_desk():
    idea = IdeaFactory()

    with pytest.raises(passing.NotTheirs):
        deciding.support(idea=idea, by=passing.Actor(resident=idea.resident), now=NOW)
    with pytest.raises(passing.NotTheirs):
        deciding.refuse(idea=idea, reason="x", by=passing.Actor(), now=NOW)
