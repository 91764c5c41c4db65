"""What those who carry an idea do by themselves: answer, show a name, withdraw; and what they may not."""

import datetime as dt

import pytest
from django.utils import timezone

from communities.models import Mailing
from engagement import passing, telling
from engagement.ideas import answering, carrying
from engagement.models import Idea, IdeaStage, Passage, Stage, Teammate
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import IdeaFactory, ProjectFactory, TeammateFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2027, 2, 1, 10, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=9)


def asked(**facts: object) -> Idea:
    """Somebody at the town hall asked for more."""
    idea = IdeaFactory(received_at=NOW, answer_due_on=timezone.localdate(NOW) + dt.timedelta(days=60), **facts)
    by = passing.Actor(user=StaffFactory(participation=True))
    passing.to(thing=idea, stage=IdeaStage.ASKED, by=by, words="Qui arrose en août ?", now=NOW)
    return idea


def holder(idea: Idea) -> passing.Actor:
    return passing.Actor(resident=idea.resident)


def test_an_answer_is_kept_and_the_examination_goes_on():
    idea = asked()

    answering.answer(idea=idea, words="  Nos voisins. ", by=holder(idea), now=LATER)

    assert Idea.objects.get().stage == IdeaStage.EXAMINATION
    assert idea.answers.get().words == "Nos voisins."


def test_an_answer_is_never_published_with_the_passage():
    idea = asked()

    answering.answer(idea=idea, words="Mon numéro : 01 99 00 00 00", by=holder(idea), now=LATER)

    assert not Passage.objects.filter(words__contains="01 99").exists()


def test_the_days_we_waited_for_them_do_not_count_against_the_town():
    idea = asked()
    due = idea.answer_due_on

    answering.answer(idea=idea, words="Nos voisins.", by=holder(idea), now=LATER)

    assert Idea.objects.get().answer_due_on == due + dt.timedelta(days=9)


def test_who_answers_is_told_that_it_goes_on():
    idea = asked()
    before = Mailing.objects.filter(kind=telling.LETTER_KIND).count()

    answering.answer(idea=idea, words="Nos voisins.", by=holder(idea), now=LATER)

    assert Mailing.objects.filter(kind=telling.LETTER_KIND).count() == before + 1


def test_nobody_answers_twice_nor_what_was_not_asked():
    idea = asked()
    answering.answer(idea=idea, words="Nos voisins.", by=holder(idea), now=LATER)

    for other in (idea, IdeaFactory(), IdeaFactory(stage=IdeaStage.RECEIVED)):
        with pytest.raises(answering.NotAsked):
            answering.answer(idea=other, words="Encore", by=holder(other), now=LATER)


def test_an_answer_says_something():
    idea = asked()

    with pytest.raises(answering.SaysNothing):
        answering.answer(idea=idea, words=" \n", by=holder(idea), now=LATER)

    assert Idea.objects.get().stage == IdeaStage.ASKED


def test_a_neighbour_does_not_answer_for_them():
    idea = asked()

    with pytest.raises(passing.NotTheirs):
        answering.answer(idea=idea, words="Moi", by=passing.Actor(resident=ResidentFactory()), now=LATER)

    assert not idea.answers.exists()


def test_the_desk_may_note_what_they_said_on_the_telephone():
    idea, staff = asked(), StaffFactory(participation=True)

    answering.answer(idea=idea, words="Nos voisins.", by=passing.Actor(user=staff), now=LATER)

    assert idea.answers.get().noted_by == staff


@pytest.mark.parametrize("stage", [IdeaStage.RECEIVED, IdeaStage.EXAMINATION, IdeaStage.ASKED])
def test_an_open_idea_is_theirs_to_withdraw(stage: IdeaStage):
    idea = IdeaFactory(stage=stage)
    assert carrying.may_withdraw(idea)

    carrying.withdraw(idea=idea, now=NOW)

    assert Idea.objects.get().stage == IdeaStage.WITHDRAWN
    assert not Mailing.objects.exists()  # they did it themselves


@pytest.mark.parametrize("stage", [IdeaStage.SUPPORTED, IdeaStage.REFUSED, IdeaStage.WITHDRAWN])
def test_an_answered_idea_is_not_withdrawn_any_more(stage: IdeaStage):
    idea = IdeaFactory(stage=stage)
    assert not carrying.may_withdraw(idea)

    with pytest.raises(passing.CannotPass):
        carrying.withdraw(idea=idea, now=NOW)


def test_a_name_is_shown_only_as_they_choose_it():
    idea = IdeaFactory()
    assert idea.shown_as == ""

    carrying.show_name(idea=idea, name="  Ada   T. ")

    assert Idea.objects.get().shown_as == "Ada T."


def test_a_name_taken_back_is_shown_no_more_by_the_project_it_became_either():
    idea = IdeaFactory(shown_as="Ada T.", stage=IdeaStage.SUPPORTED)
    project = ProjectFactory(idea=idea, is_from_before=False, stage=Stage.SUPPORTED)
    theirs = TeammateFactory(project=project, resident=idea.resident, shown_as="Ada T.")
    another = TeammateFactory(project=project, shown_as="Nora C.")

    carrying.show_name(idea=idea, name="")

    shown = Teammate.objects.in_bulk([theirs.pk, another.pk])
    assert [shown[theirs.pk].shown_as, shown[another.pk].shown_as] == ["", "Nora C."]


def test_the_link_of_their_page_opens_nothing_once_their_address_was_put_right():
    idea = IdeaFactory()
    token = carrying.token_of(idea)
    assert carrying.find(token=token) == idea

    idea.resident.addresses_before = 1
    idea.resident.save()

    assert carrying.find(token=token) is None


def test_a_draft_has_no_such_page():
    idea = IdeaFactory(stage=IdeaStage.DRAFT)

    assert carrying.find(token=carrying.token_of(idea)) is None
