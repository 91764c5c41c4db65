"""The page of one's own idea: answer, show a name, withdraw; nobody else's business."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import preferences
from engagement import passing
from engagement.ideas import carrying, supporting
from engagement.models import Idea, IdeaStage, IdeaSupport
from tests import town_of_ideas
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import IdeaFactory, ProjectFactory, ProjectPageFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


def at(idea: Idea) -> str:
    return reverse("engagement:my_idea", args=[carrying.token_of(idea)])


def test_it_says_where_the_idea_stands_and_what_happened(client: Client):
    idea = IdeaFactory(stage=IdeaStage.RECEIVED)
    by = passing.Actor(user=StaffFactory(participation=True))
    passing.to(thing=idea, stage=IdeaStage.EXAMINATION, by=by, now=timezone.now())

    page = client.get(at(idea)).content.decode()

    assert "étude depuis aujourd’hui" in page
    assert "La mairie a commencé à l" in page


def test_what_the_town_asks_is_answered_there(client: Client):
    idea = town_of_ideas.asked()
    assert "Qui arrose en août" in client.get(at(idea)).content.decode()

    answer = client.post(at(idea), {"do": "answer", "words": "Nos voisins."})

    assert answer.status_code == 302
    assert Idea.objects.get().stage == IdeaStage.EXAMINATION
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Nos voisins." in page
    assert 'value="answer"' not in page


def test_an_empty_answer_is_asked_for_again(client: Client):
    answer = client.post(at(town_of_ideas.asked()), {"do": "answer", "words": " "})

    assert answer.status_code == 422


def test_an_answer_that_comes_too_late_is_told_so(client: Client):
    answer = client.post(at(IdeaFactory()), {"do": "answer", "words": "Encore"})

    assert answer.status_code == 409
    assert "n’attend pas de réponse" in answer.content.decode()


def test_withdrawing_takes_two_presses(client: Client):
    idea = IdeaFactory()

    page = client.post(at(idea), {"do": "withdraw"}).content.decode()
    assert "Oui, retirer mon idée" in page
    assert Idea.objects.get().stage == IdeaStage.EXAMINATION
    client.post(at(idea), {"do": "withdraw", "sure": "1"})

    assert Idea.objects.get().stage == IdeaStage.WITHDRAWN
    assert "Retirer mon idée" not in client.get(at(idea)).content.decode()


def test_an_answered_idea_is_not_withdrawn_by_a_forged_press(client: Client):
    idea = IdeaFactory(stage=IdeaStage.SUPPORTED)

    answer = client.post(at(idea), {"do": "withdraw", "sure": "1"})

    assert answer.status_code == 409
    assert Idea.objects.get().stage == IdeaStage.SUPPORTED


def test_a_name_is_shown_and_hidden_again_as_they_choose(client: Client):
    idea = IdeaFactory(public=True)

    client.post(at(idea), {"do": "name", "shown_as": "Ada T."})
    assert "Ada T." in client.get(idea.get_absolute_url()).content.decode()
    client.post(at(idea), {"do": "name", "shown_as": ""})

    assert "Ada T." not in client.get(idea.get_absolute_url()).content.decode()


def test_a_name_is_no_advertisement(client: Client):
    assert client.post(at(IdeaFactory()), {"do": "name", "shown_as": "www.exemple.org"}).status_code == 422


def test_the_photographs_are_there_for_them_alone(client: Client):
    mine, theirs = IdeaFactory(), IdeaFactory()
    picture = town_of_ideas.illustrate(mine)

    addresses = [
        reverse("engagement:my_picture", args=[carrying.token_of(idea), picture.pk]) for idea in (mine, theirs)
    ]

    assert [client.get(address).status_code for address in addresses] == [200, 404]


def test_a_supported_idea_leads_to_its_project_once_it_is_told(client: Client):
    idea = IdeaFactory(stage=IdeaStage.SUPPORTED)
    project = ProjectFactory(idea=idea, is_from_before=False, stage="supported")
    page = ProjectPageFactory(project=project, draft=True)
    assert page.title not in client.get(at(idea)).content.decode()

    page.live = True
    page.save()

    assert page.url in client.get(at(idea)).content.decode()


def test_nonsense_does_nothing(client: Client):
    idea = IdeaFactory()

    assert client.post(at(idea), {"do": "support"}).status_code == 302
    assert Idea.objects.get().stage == IdeaStage.EXAMINATION


def test_the_page_is_kept_by_nobody_and_gives_no_cookie(client: Client):
    answer = client.get(at(IdeaFactory()))

    assert "no-store" in answer["Cache-Control"]
    assert 'content="noindex"' in answer.content.decode()
    assert not answer.cookies


def test_every_letters_foot_leads_to_ones_ideas_and_supports(client: Client):
    mine = IdeaFactory()
    IdeaFactory(stage=IdeaStage.DRAFT, resident=mine.resident, title="Un brouillon")
    public = IdeaFactory(public=True)
    support = IdeaSupport.objects.create(
        idea=public, resident=mine.resident, created_at=timezone.now(), confirmed_at=timezone.now()
    )

    page = client.get(reverse("communities:preferences", args=[preferences.token_of(mine.resident)])).content.decode()

    assert at(mine) in page
    assert reverse("engagement:idea_support", args=[supporting.token_of(support)]) in page
    assert "Un brouillon" not in page


def test_who_proposed_nothing_reads_nothing_of_ideas_there(client: Client):
    page = client.get(reverse("communities:preferences", args=[preferences.token_of(ResidentFactory())]))

    assert "Mes idées" not in page.content.decode()
