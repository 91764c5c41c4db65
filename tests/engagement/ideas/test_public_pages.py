"""What everyone reads of ideas: only what staff made public, and the truth about it."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail_factories import ImageFactory

from communities.models import Mailing, Neighbourhood
from communities.robots import SECONDS_TO_READ
from engagement.ideas import supporting
from engagement.models import Idea, IdeaStage, IdeaSupport, Scheme
from tests import town_of_ideas
from tests.communities.factories import NeighbourhoodFactory, ResidentFactory
from tests.engagement.factories import IdeaFactory
from tests.factories import home_page

pytestmark = pytest.mark.django_db

IDEAS = "/idees/"
MOST_QUERIES = 15


def said(answer: HttpResponse) -> str:
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def say(client: Client, idea: Idea, **answers: Any) -> HttpResponse:
    opened = client.get(idea.get_absolute_url()).context["form"]["opened"].value()
    person = {"name": "Nora Chevalet", "email": "nora@example.org", "do": "support"}
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=SECONDS_TO_READ), tick=False):
        return client.post(idea.get_absolute_url(), {"opened": opened} | person | answers)


def test_an_idea_that_nobody_published_is_nowhere(client: Client):
    idea = IdeaFactory()

    assert client.get(idea.get_absolute_url()).status_code == 404
    assert idea.title not in said(client.get(IDEAS))


def test_a_draft_is_never_public_even_marked_so(client: Client):
    idea = IdeaFactory(public=True, stage=IdeaStage.DRAFT)

    assert client.get(idea.get_absolute_url()).status_code == 404
    assert idea.title not in said(client.get(IDEAS))


def test_a_public_idea_says_where_it_stands_and_names_nobody(client: Client):
    received = timezone.now() - dt.timedelta(days=12)
    idea = IdeaFactory(public=True, received_at=received, resident__name="Zoé Gaillette", given_name="Zoé Gaillette")

    page, listed = said(client.get(idea.get_absolute_url())), said(client.get(IDEAS))

    for told in (page, listed):
        assert "étude depuis 12 jours, réponse avant le" in told
        assert "Gaillette" not in told


def test_a_name_is_there_when_its_owner_agreed(client: Client):
    idea = IdeaFactory(public=True, shown_as="Zoé G.")

    assert "Proposée par Zoé G." in said(client.get(idea.get_absolute_url()))


def test_a_refusal_stands_with_its_reason(client: Client):
    assert "Le sol est pollué." in said(client.get(town_of_ideas.refused().get_absolute_url()))


def test_what_the_town_asks_stands_there_and_what_was_answered_does_not(client: Client):
    idea = town_of_ideas.asked(public=True)
    idea.answers.create(words="Mon voisin Félix", answered_at=timezone.now())

    page = said(client.get(idea.get_absolute_url()))

    assert "Qui arrose en août ?" in page
    assert "Félix" not in page


def test_a_joined_idea_leads_to_the_one_that_goes_on_if_everyone_may_read_it(client: Client):
    public, hidden = IdeaFactory(public=True), IdeaFactory()

    assert public.get_absolute_url() in said(client.get(town_of_ideas.joined(to=public).get_absolute_url()))
    assert hidden.title not in said(client.get(town_of_ideas.joined(to=hidden).get_absolute_url()))


def test_only_photographs_that_staff_made_public_are_given(client: Client):
    idea = IdeaFactory(public=True)
    picture = town_of_ideas.illustrate(idea)
    address = reverse("engagement:idea_picture", args=[picture.pk])

    answer = client.get(address)

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert "public, max-age" in answer["Cache-Control"]
    assert address in said(client.get(idea.get_absolute_url()))
    picture.is_public = False
    picture.save()
    assert client.get(address).status_code == 404
    assert address not in said(client.get(idea.get_absolute_url()))


def test_photographs_of_an_idea_that_is_not_public_any_more_are_not_given(client: Client):
    picture = town_of_ideas.illustrate(IdeaFactory())

    assert client.get(reverse("engagement:idea_picture", args=[picture.pk])).status_code == 404


def test_the_list_is_filtered_by_stage_and_neighbourhood(client: Client):
    here, there = IdeaFactory(public=True, neighbourhood=NeighbourhoodFactory()), IdeaFactory(public=True)
    refused = IdeaFactory(public=True, stage=IdeaStage.REFUSED)

    by_place = said(client.get(IDEAS, {"neighbourhood": here.neighbourhood.slug}))
    by_stage = said(client.get(IDEAS, {"stage": "refused"}))

    assert (here.title in by_place, there.title in by_place) == (True, False)
    assert (refused.title in by_stage, here.title in by_stage) == (True, False)


@pytest.mark.parametrize("nonsense", ["stage=zz", "neighbourhood=%00", "page=-4", "page=zz", "stage=draft"])
def test_nonsense_in_the_address_is_read_as_nothing_asked(client: Client, nonsense: str):
    IdeaFactory(public=True, title="Un verger")

    answer = client.get(f"{IDEAS}?{nonsense}")

    assert answer.status_code == 200
    assert "Un verger" in said(answer)


def test_an_empty_list_says_what_will_be_there_and_what_to_do(client: Client):
    page = said(client.get(IDEAS))

    assert "Les premières idées" in page
    assert "/idees/proposer/" in page


def test_a_choice_that_nothing_answers_leads_back(client: Client):
    IdeaFactory(public=True)

    assert "Voir toutes les idées" in said(client.get(IDEAS, {"stage": "withdrawn"}))


def test_the_plan_shows_the_ideas_that_have_a_place(client: Client):
    Scheme.objects.update_or_create(pk=Scheme.load().pk, defaults={"map_picture": ImageFactory()})
    IdeaFactory(public=True)
    placed = IdeaFactory(public=True, point_x=250, point_y=500)

    page = said(client.get(IDEAS))

    assert f'aria-label="1. {placed.title}"' in page
    assert page.count("plan__link") == 1


def test_as_many_queries_for_ten_ideas_as_for_a_thousand(client: Client):
    home_page()
    Scheme.objects.update_or_create(pk=Scheme.load().pk, defaults={"map_picture": ImageFactory()})
    publish(10)
    client.get(IDEAS)
    few = queries(client, IDEAS)
    publish(990)

    many = queries(client, IDEAS)

    assert few == many <= MOST_QUERIES


def test_one_idea_costs_the_same_whatever_it_gathered(client: Client):
    home_page()
    idea = IdeaFactory(public=True)
    client.get(idea.get_absolute_url())
    alone = queries(client, idea.get_absolute_url())
    for _ in range(5):
        town_of_ideas.illustrate(idea)
        town_of_ideas.support(idea, confirmed_at=timezone.now())

    assert alone == queries(client, idea.get_absolute_url()) <= MOST_QUERIES


def publish(number: int) -> None:
    """Ideas everyone may read, each with a place, a supporter and a neighbourhood."""
    now, resident = timezone.now(), ResidentFactory()
    quarter = Neighbourhood.objects.first() or NeighbourhoodFactory()
    told = {"resident": resident, "what": "Douze nichoirs.", "created_at": now, "neighbourhood": quarter}
    placed = {"point_x": 10, "point_y": 20}
    drafts = [Idea(title=f"Idée {place}", **told, **placed) for place in range(number)]
    made = Idea.objects.bulk_create(drafts)
    Idea.objects.filter(pk__in=[idea.pk for idea in made]).update(
        stage=IdeaStage.RECEIVED, received_at=now, answer_due_on=now.date(), public_at=now
    )
    IdeaSupport.objects.bulk_create(
        IdeaSupport(idea=idea, resident=resident, created_at=now, confirmed_at=now) for idea in made
    )


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_support_is_asked_for_with_a_name_and_an_address(client: Client):
    idea = IdeaFactory(public=True)

    answer = say(client, idea, do="join", wants_news="on")

    support = IdeaSupport.objects.get()
    assert (support.joins, support.wants_news, support.confirmed_at) == (True, True, None)
    assert Mailing.objects.get().kind == supporting.LETTER_KIND
    assert "nora@example.org" in said(answer)


def test_one_answer_for_everyone_known_or_not_person_or_robot(client: Client):
    idea = IdeaFactory(public=True)
    ResidentFactory(email="ada@example.org")

    answers = [
        said(say(client, idea)),
        said(say(client, idea, email="ada@example.org")).replace("ada@", "nora@"),
        said(say(client, idea, website="x")),
    ]

    assert answers[0] == answers[1] == answers[2]
    assert IdeaSupport.objects.count() == 2


def test_a_mistake_is_told_beside_the_form_and_nothing_is_kept(client: Client):
    answer = say(client, IdeaFactory(public=True), email="nora")

    assert answer.status_code == 422
    assert not IdeaSupport.objects.exists()


def test_one_address_is_not_written_to_without_end(client: Client):
    for _ in range(8):
        say(client, IdeaFactory(public=True))

    assert Mailing.objects.count() == 6


def test_an_idea_with_its_answer_shows_no_form_and_takes_none(client: Client):
    idea = IdeaFactory(public=True, stage=IdeaStage.REFUSED)

    answer = client.post(idea.get_absolute_url(), {"name": "Nora", "email": "nora@example.org"})

    assert answer.status_code == 409
    assert 'name="do"' not in said(client.get(idea.get_absolute_url()))
    assert not IdeaSupport.objects.exists()


def test_a_supporter_confirms_changes_and_takes_back_by_the_same_link(client: Client):
    support = town_of_ideas.support(IdeaFactory(public=True))
    link = reverse("engagement:idea_support", args=[supporting.token_of(support)])

    assert client.get(link).status_code == 200
    support.refresh_from_db()
    assert support.confirmed_at is None
    client.post(link, {"do": "support"})
    client.post(link, {"do": "join", "wants_news": "on"})
    support.refresh_from_db()
    assert (support.joins, support.wants_news, bool(support.confirmed_at)) == (True, True, True)
    client.post(link, {"do": "withdraw"})

    assert not IdeaSupport.objects.exists()
    assert client.get(link).status_code == 404


def test_a_button_pressed_while_the_support_is_taken_back_in_another_window_says_so(client: Client, monkeypatch):
    support = town_of_ideas.support(IdeaFactory(public=True))
    find = supporting.find

    def find_then_lose(*, token: str) -> IdeaSupport | None:
        found = find(token=token)
        IdeaSupport.objects.all().delete()
        return found

    monkeypatch.setattr(supporting, "find", find_then_lose)
    answer = client.post(
        reverse("engagement:idea_support", args=[supporting.token_of(support)]), {"do": "join", "wants_news": "on"}
    )

    assert answer.status_code == 409
    assert "Ce soutien ne compte plus" in said(answer)
    assert "<form" not in said(answer).partition("<main")[2]
