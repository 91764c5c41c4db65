"""Does the letter at each stage say what happened, why, what comes next and by when?"""

import datetime as dt
from typing import Any

import pytest

from communities.models import Mailing
from communities.post.composing import AFTER_HELLO, PREFERENCES_URL, Letter
from communities.post.kinds import letter_kinds
from engagement import passing, telling
from engagement.ideas import answering, carrying, submitting
from engagement.letters import passage_letters
from engagement.models import Idea, IdeaStage, Passage, Stage
from tests import town_of_ideas
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import IdeaFactory, ProjectFactory
from tests.engagement.ideas.writing import begun
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2027, 2, 1, 10, tzinfo=dt.UTC)
DUE = dt.date(2027, 4, 2)


def last(*, language: str = "fr") -> Letter:
    """The last letter to those who carry something, as they read it."""
    mailing = Mailing.objects.filter(kind=telling.LETTER_KIND).latest("pk")
    (delivery,) = mailing.deliveries.all()
    kind = letter_kinds[mailing.kind]
    values = {AFTER_HELLO: " Ada Terril", PREFERENCES_URL: "https://commune.example/p/abc"}
    personal = kind.personal(mailing=mailing, deliveries=[delivery])[delivery.pk]
    return kind.compose(mailing=mailing, language=language).filled({**values, **personal})


def said(letter: Letter) -> str:
    return letter.text.replace("\u00a0", " ").replace("\u202f", " ")


def master() -> passing.Actor:
    return passing.Actor(user=StaffFactory(administration=True))


def passed(stage: IdeaStage, words: str = "", idea: Idea | None = None, **facts: Any) -> Idea:
    idea = idea or IdeaFactory(received_at=NOW, answer_due_on=DUE)
    facts |= {"decided_at": NOW} if stage in IdeaStage.answered() else {}
    passing.to(thing=idea, stage=stage, by=master(), words=words, now=NOW, **facts)
    return idea


def test_the_acknowledgement_says_by_when_and_leads_to_their_own_page():
    idea = begun()
    submitting.send(idea=idea, now=NOW)
    submitting.confirm(idea=idea, now=NOW)

    words = said(last())

    assert "Vous avez une réponse au plus tard le vendredi 2 avril 2027." in words
    assert f"https://commune.example/idees/la-mienne/{carrying.token_of(Idea.objects.get())}/" in words
    assert "ne transmettez pas son lien" in words


def test_what_is_asked_is_in_the_letter_and_its_button_leads_to_the_answer():
    passed(IdeaStage.ASKED, "Qui arrose en août ?")

    letter = last()

    assert "Qui arrose en août ?" in said(letter)
    assert "Répondre à la mairie" in letter.html


def test_who_answered_is_thanked_and_told_the_new_date():
    idea = town_of_ideas.asked(received_at=NOW, answer_due_on=DUE)
    answering.answer(
        idea=idea, words="Nous.", by=passing.Actor(resident=idea.resident), now=Passage.objects.get().passed_at
    )

    words = said(last())

    assert "Merci de votre réponse." in words
    assert "2 avril 2027" in words


def test_a_refusal_says_why_and_leaves_a_door_open():
    passed(IdeaStage.REFUSED, "Le sol est pollué.")

    words = said(last())

    assert "Le sol est pollué." in words
    assert "appelez-nous" in words


def test_a_joined_idea_names_the_one_it_goes_on_with():
    passed(IdeaStage.MERGED, "La même.", merged_into=IdeaFactory(title="Le verger du coron"))

    assert "« Le verger du coron »" in said(last())


def test_a_withdrawal_that_the_town_hall_noted_says_when_and_what_to_do_if_nobody_asked_for_it():
    idea = passed(IdeaStage.WITHDRAWN, "Dit au téléphone.", idea=IdeaFactory(title="Un verger"))

    letter = last()

    assert letter.subject == "Votre idée a été retirée à votre demande\u00a0: Un verger"
    assert "La mairie l’a noté le lundi 1er février 2027." in said(letter)
    assert "Dit au téléphone." in said(letter)
    assert "Si vous ne l’avez pas demandé, appelez-nous ou passez nous voir : rien" in said(letter)
    assert "Ceux qui la portent" not in said(letter) + letter.html
    assert carrying.token_of(idea) in said(letter)


def test_support_says_that_the_convention_comes_next():
    passed(IdeaStage.SUPPORTED)

    assert "la convention : qui fait quoi" in said(last())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_letter_is_whole_in_each_language(language: str):
    passed(IdeaStage.REFUSED, "Le sol est pollué.")

    letter = last(language=language)

    assert ("appelez-nous" in said(letter)) is (language == "fr")
    assert ("call us" in said(letter)) is (language == "en")


def test_the_page_everyone_reads_is_named_only_where_there_is_one():
    private = passed(IdeaStage.REFUSED, "Non.")
    assert private.get_absolute_url() not in said(last())

    public = passed(IdeaStage.REFUSED, "Non.", idea=IdeaFactory(public=True))

    assert public.get_absolute_url() in said(last())


def test_a_letter_can_be_read_before_anyone_decides():
    idea = IdeaFactory(received_at=NOW, answer_due_on=DUE)
    foreseen = Passage(idea=idea, from_stage=idea.stage, to_stage=IdeaStage.REFUSED, words="Le sol est pollué.")

    letter = passage_letters.letter_of(foreseen, language="fr")

    assert "Le sol est pollué." in said(letter)
    assert not Passage.objects.exists()


def test_a_projects_letter_holds_nothing_of_an_idea():
    project = ProjectFactory(stage=Stage.SIGNED, holder=ResidentFactory())
    passing.to(thing=project, stage=Stage.UNDER_WAY, by=master(), now=NOW)

    words = said(last())

    assert "Des nouvelles de votre projet" in words
    assert "la-mienne" not in words


def test_the_link_to_ones_own_page_is_for_its_owner_alone():
    idea = passed(IdeaStage.REFUSED, "Non.")
    mailing = Mailing.objects.filter(kind=telling.LETTER_KIND).latest("pk")
    (delivery,) = mailing.deliveries.all()
    delivery.resident = ResidentFactory()

    personal = letter_kinds[mailing.kind].personal(mailing=mailing, deliveries=[delivery])[delivery.pk]

    assert carrying.token_of(idea) not in personal[passage_letters.MY_PAGE]


def test_nobody_is_thanked_for_an_answer_they_did_not_give():
    idea = town_of_ideas.asked(received_at=NOW, answer_due_on=DUE)

    passed(IdeaStage.EXAMINATION, idea=idea)

    assert "Merci de votre réponse" not in said(last())
