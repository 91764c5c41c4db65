"""What would leave is read before it leaves, and nothing of the reading stays."""

import pytest
from django.utils import timezone

from communities.models import Channel, Community, Delivery, Mailing
from engagement import passing
from engagement.examining import deciding, foretelling
from engagement.models import Idea, IdeaStage, Passage, Project, ProjectPage
from tests.communities.factories import ResidentFactory, SuppressionFactory
from tests.engagement.factories import IdeaFactory, project_index
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def officer():
    return passing.Actor(user=StaffFactory(participation=True))


def refusal_of(idea: Idea, by: passing.Actor) -> foretelling.Foretold:
    def act() -> None:
        deciding.refuse(idea=Idea.objects.get(pk=idea.pk), reason="Le terrain est inondable.", by=by, now=NOW)

    return foretelling.of(thing=idea, act=act)


def test_the_preview_is_the_letter_with_its_reason_and_its_reader_and_nothing_has_happened(officer):
    idea = IdeaFactory(resident=ResidentFactory(name="Ada Terril"))

    foretold = refusal_of(idea, officer)

    (letter,) = foretold.letters
    assert "Ada Terril" in letter.letter.text
    assert "Le terrain est inondable." in letter.letter.html
    assert (foretold.passage.to, foretold.unreached) == (IdeaStage.REFUSED, [])
    assert Idea.objects.get(pk=idea.pk).stage == IdeaStage.EXAMINATION
    assert not Passage.objects.exists()
    assert not Mailing.objects.exists()


def test_the_preview_of_a_support_leaves_no_project_community_or_page(officer):
    project_index()
    idea = IdeaFactory()

    foretelling.of(thing=idea, act=lambda: deciding.support(idea=idea, by=officer, now=NOW))

    assert [model.objects.count() for model in (Project, Community, ProjectPage)] == [0, 0, 0]


def test_what_is_refused_is_refused_in_the_preview_already(officer):
    idea = IdeaFactory(stage=IdeaStage.RECEIVED)

    with pytest.raises(passing.CannotPass):
        refusal_of(idea, officer)


def test_someone_without_e_mail_gets_the_words_on_paper_or_by_telephone(officer):
    on_paper = IdeaFactory(resident=ResidentFactory(email="", street="3 rue des Bancs", preferred_channel="letter"))
    called = IdeaFactory(resident=ResidentFactory(email="", phone="0199001122", preferred_channel="phone"))

    (sheet,), (call,) = refusal_of(on_paper, officer).letters, refusal_of(called, officer).letters

    assert (sheet.is_by_post, call.is_by_phone) == (True, True)
    assert "inondable" in sheet.letter.text
    assert "http" not in sheet.letter.text + call.letter.text
    assert "take a break" not in sheet.letter.text + call.letter.text
    assert (sheet.letter.html, call.letter.html) == ("", "")


def test_whoever_cannot_be_reached_at_all_is_named_before_anything_happens(officer):
    nobody_reaches = ResidentFactory()
    SuppressionFactory(address=nobody_reaches.email)

    assert refusal_of(IdeaFactory(resident=nobody_reaches), officer).unreached == [nobody_reaches]


def test_the_preview_says_what_the_letter_says_once_it_is_posted(officer):
    idea = IdeaFactory()
    foretold = refusal_of(idea, officer).letters[0].letter

    deciding.refuse(idea=idea, reason="Le terrain est inondable.", by=officer, now=NOW)

    posted = Delivery.objects.get()
    assert posted.channel == Channel.EMAIL
    assert foretelling.read(posted.mailing, posted).text == foretold.text
