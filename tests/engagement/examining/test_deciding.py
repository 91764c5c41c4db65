"""What becomes of an idea when the town hall answers."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.models import Delivery, Mailing, Membership
from engagement import passing
from engagement.examining import deciding
from engagement.models import Idea, IdeaStage, IdeaSupport, Project, ProjectPage, Teammate
from engagement.models.stages import GOES_ON, PASSED
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import IdeaFactory, project_index
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def officer():
    return passing.Actor(user=StaffFactory(participation=True))


def supported_by(idea: Idea, name: str, *, joins: bool = False, sure: bool = True) -> IdeaSupport:
    resident = ResidentFactory(name=name)
    return again(idea, resident, joins=joins, sure=sure)


def again(idea: Idea, resident, *, joins: bool = False, sure: bool = True) -> IdeaSupport:
    confirmed_at = NOW if sure else None
    return IdeaSupport.objects.create(
        idea=idea, resident=resident, joins=joins, created_at=NOW, confirmed_at=confirmed_at
    )


def test_a_supported_idea_begins_its_project_with_a_community_a_team_and_a_page_to_write(officer):
    project_index()
    idea = IdeaFactory(title="Des nichoirs", stage=IdeaStage.EXAMINATION)
    neighbour = supported_by(idea, "Basile", joins=True).resident
    supported_by(idea, "Nora")

    project = deciding.support(idea=idea, by=officer, now=NOW)

    idea.refresh_from_db()
    assert (idea.stage, idea.decided_at, project.idea) == (IdeaStage.SUPPORTED, NOW, idea)
    assert [mate.resident for mate in Teammate.objects.filter(project=project)] == [idea.resident]
    assert {each.resident for each in Membership.objects.filter(community=project.community)} == {
        idea.resident,
        neighbour,
    }
    assert ProjectPage.objects.get(project=project).live is False


def test_an_idea_is_shown_with_its_answer_when_staff_say_so_and_only_then(officer):
    shown, kept = IdeaFactory(), IdeaFactory()

    deciding.refuse(idea=shown, reason="Le terrain est inondable.", is_published=True, by=officer, now=NOW)
    deciding.refuse(idea=kept, reason="Le terrain est inondable.", by=officer, now=NOW)

    assert [idea.is_public for idea in Idea.objects.order_by("pk")] == [True, False]


def test_a_refusal_without_its_reason_changes_nothing_and_writes_to_nobody(officer):
    idea = IdeaFactory()

    with pytest.raises(passing.NeedsAReason):
        deciding.refuse(idea=idea, reason=" ", is_published=True, by=officer, now=NOW)

    idea.refresh_from_db()
    assert (idea.stage, idea.is_public, Mailing.objects.count()) == (IdeaStage.EXAMINATION, False, 0)


def test_a_question_stops_the_clock_and_reaches_those_who_carry_the_idea(officer):
    idea = IdeaFactory(answer_due_on=NOW.date() - dt.timedelta(days=1))

    deciding.ask(idea=idea, question="Qui arrosera en août ?", by=officer, now=NOW)

    assert not idea.is_overdue(NOW.date())
    assert [delivery.resident for delivery in Delivery.objects.all()] == [idea.resident]


def test_an_answer_heard_on_the_telephone_is_kept_and_the_days_we_waited_do_not_count(officer):
    asked_at = NOW - dt.timedelta(days=12)
    idea = IdeaFactory(answer_due_on=NOW.date())
    deciding.ask(idea=idea, question="Qui arrosera en août ?", by=officer, now=asked_at)

    deciding.go_on(idea=idea, answer="Nora et Félix.", by=officer, now=NOW)

    kept = idea.answers.get()
    assert (kept.words, kept.noted_by) == ("Nora et Félix.", officer.user)
    assert (idea.stage, idea.answer_due_on) == (IdeaStage.EXAMINATION, NOW.date() + dt.timedelta(days=12))


def test_the_examination_goes_on_without_an_answer_when_the_town_hall_no_longer_waits(officer):
    idea = IdeaFactory(stage=IdeaStage.ASKED)

    deciding.go_on(idea=idea, by=officer, now=NOW)

    assert (idea.stage, idea.answers.count()) == (IdeaStage.EXAMINATION, 0)


def test_an_examination_begins_once_and_then_goes_on(officer):
    idea = IdeaFactory(stage=IdeaStage.RECEIVED)
    deciding.begin(idea=idea, by=officer, now=NOW)
    deciding.ask(idea=idea, question="Qui arrosera en août ?", by=officer, now=NOW)
    deciding.go_on(idea=idea, by=officer, now=NOW)

    assert [passage.sentence for passage in idea.passages.all()] == [
        PASSED[IdeaStage.EXAMINATION],
        PASSED[IdeaStage.ASKED],
        GOES_ON,
    ]


def test_an_idea_given_up_at_the_desk_is_withdrawn_and_those_who_carry_it_read_so(officer):
    idea = IdeaFactory()

    deciding.withdraw(idea=idea, words="Dit au téléphone.", by=officer, now=NOW)

    assert idea.stage == IdeaStage.WITHDRAWN
    assert [delivery.resident for delivery in Delivery.objects.all()] == [idea.resident]


@pytest.mark.parametrize("title", ["L'école d’en bas", "L’école d'en bas"])
def test_an_apostrophe_parts_two_words_in_the_addresses_of_a_project(officer, title):
    project_index()

    project = deciding.support(idea=IdeaFactory(title=title), by=officer, now=NOW)

    assert (project.community.slug, project.page.slug) == ("l-ecole-d-en-bas", "l-ecole-d-en-bas")


def test_a_second_project_of_the_same_title_has_its_own_name_and_addresses(officer):
    project_index()
    deciding.support(idea=IdeaFactory(title="Un verger"), by=officer, now=NOW)

    second = deciding.support(idea=IdeaFactory(title="Un verger"), by=officer, now=NOW)

    assert (second.title, second.community.name) == ("Un verger", "Un verger (2)")
    assert (second.community.slug, second.page.slug) == ("un-verger-2", "un-verger-2")


def questions_of(act) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def test_many_who_would_take_part_belong_to_the_project_in_as_many_questions_as_one(officer):
    def questions(supporters: int) -> int:
        idea = IdeaFactory()
        for number in range(supporters):
            supported_by(idea, f"Voisine {number}", joins=True)
        return questions_of(lambda: deciding.support(idea=idea, by=officer, now=NOW))

    questions(1)  # the rights of the officer are read once
    for_one = questions(1)

    assert questions(12) == for_one


# --- Twins --------------------------------------------------------------------------------------------------------


def test_who_supports_an_idea_supports_its_twin_once_and_whoever_carried_it_takes_part(officer):
    idea, twin = IdeaFactory(), IdeaFactory()
    only_here = supported_by(idea, "Basile").resident
    on_both = supported_by(idea, "Nora", joins=True).resident
    again(twin, on_both, sure=False)

    deciding.join(idea=idea, twin=twin, reason="La même haie.", by=officer, now=NOW)

    supports = {each.resident: (each.joins, each.confirmed_at is not None) for each in twin.supports.all()}
    assert supports == {only_here: (False, True), on_both: (True, True), idea.resident: (True, True)}
    assert not idea.supports.exists()
    assert (idea.stage, idea.merged_into) == (IdeaStage.MERGED, twin)


@pytest.mark.parametrize("joins", [False, True])
def test_many_supporters_go_to_the_twin_in_as_many_questions_as_one(officer, joins):
    def questions(supporters: int) -> int:
        idea, twin = IdeaFactory(), IdeaFactory()
        deciding.support(idea=twin, by=officer, now=NOW)
        for number in range(supporters):
            supported_by(idea, f"Voisine {number}", joins=joins)
        return questions_of(lambda: deciding.join(idea=idea, twin=twin, reason="La même haie.", by=officer, now=NOW))

    questions(1)  # the rights of the officer are read once
    for_one = questions(1)

    assert questions(12) == for_one


def test_many_who_support_both_are_added_up_in_as_many_questions_as_one(officer):
    def questions(supporters: int) -> int:
        idea, twin = IdeaFactory(), IdeaFactory()
        for number in range(supporters):
            again(twin, supported_by(idea, f"Voisine {number}", joins=True).resident)
        return questions_of(lambda: deciding.join(idea=idea, twin=twin, reason="La même haie.", by=officer, now=NOW))

    questions(1)  # the rights of the officer are read once
    for_one = questions(1)

    assert questions(12) == for_one


def test_what_nobody_confirmed_adds_nothing_to_what_its_person_said_of_the_twin(officer):
    idea, twin = IdeaFactory(), IdeaFactory()
    project = deciding.support(idea=twin, by=officer, now=NOW)
    said = supported_by(twin, "Nora")
    IdeaSupport.objects.create(idea=idea, resident=said.resident, joins=True, wants_news=True, created_at=NOW)

    deciding.join(idea=idea, twin=twin, reason="La même haie.", by=officer, now=NOW)

    said.refresh_from_db()
    assert (said.joins, said.wants_news) == (False, False)
    assert not Membership.objects.filter(community=project.community, resident=said.resident).exists()


def test_whoever_carries_both_does_not_support_their_own_idea(officer):
    resident = ResidentFactory()
    idea, twin = IdeaFactory(resident=resident), IdeaFactory(resident=resident)
    again(idea, resident)

    deciding.join(idea=idea, twin=twin, reason="La même.", by=officer, now=NOW)

    assert not twin.supports.exists()


def test_the_twin_may_be_a_project_already_and_its_community_takes_the_newcomers_in(officer):
    twin, idea = IdeaFactory(), IdeaFactory()
    project = deciding.support(idea=twin, by=officer, now=NOW)

    deciding.join(idea=idea, twin=twin, reason="Le même verger.", by=officer, now=NOW)

    assert Membership.objects.filter(community=project.community, resident=idea.resident).exists()


@pytest.mark.parametrize("stage", [IdeaStage.DRAFT, IdeaStage.REFUSED, IdeaStage.WITHDRAWN])
def test_an_idea_is_not_joined_to_one_that_does_not_live(officer, stage):
    idea = IdeaFactory()

    with pytest.raises(deciding.NoTwin):
        deciding.join(idea=idea, twin=IdeaFactory(stage=stage), reason="La même.", by=officer, now=NOW)
    assert Idea.objects.get(pk=idea.pk).stage == IdeaStage.EXAMINATION


def test_an_idea_is_joined_neither_to_itself_nor_back_to_what_was_joined_to_it(officer):
    idea, twin = IdeaFactory(), IdeaFactory()
    with pytest.raises(deciding.NoTwin):
        deciding.join(idea=idea, twin=idea, reason="Elle-même.", by=officer, now=NOW)

    deciding.join(idea=idea, twin=twin, reason="La même.", by=officer, now=NOW)

    with pytest.raises(deciding.NoTwin):
        deciding.join(idea=twin, twin=idea, reason="La même.", by=officer, now=NOW)


def test_whoever_may_not_decide_moves_no_support(officer):
    idea, twin = IdeaFactory(), IdeaFactory()
    supported_by(idea, "Nora")
    reader = passing.Actor(user=StaffFactory(communication=True))

    with pytest.raises(passing.NotTheirs):
        deciding.join(idea=idea, twin=twin, reason="La même.", by=reader, now=NOW)
    assert idea.supports.count() == 1


def test_support_given_by_whoever_may_not_begins_no_project():
    idea = IdeaFactory()

    with pytest.raises(passing.NotTheirs):
        deciding.support(idea=idea, by=passing.Actor(user=StaffFactory(communication=True)), now=NOW)
    assert not Project.objects.exists()


def test_who_wanted_news_of_either_twin_gets_those_of_both(officer):
    idea, twin = IdeaFactory(), IdeaFactory()
    reader = supported_by(idea, "Nora").resident
    idea.supports.update(wants_news=True)
    again(twin, reader)

    deciding.join(idea=idea, twin=twin, reason="Le même banc.", by=officer, now=NOW)

    assert twin.supports.get(resident=reader).wants_news
