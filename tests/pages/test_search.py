"""What a visitor finds, with and without accents."""

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from engagement.models import Idea
from meetings.models import MeetingPage
from tests.communities.factories import CommunityFactory, MembershipFactory, NeighbourhoodFactory, ResidentFactory
from tests.engagement.conventions.conventions import proposed, signed
from tests.engagement.factories import IdeaFactory, ProjectPageFactory
from tests.factories import home_page
from tests.meetings.factories import MeetingPageFactory, VenueFactory, evening
from tests.pages.factories import StandardPageFactory

pytestmark = pytest.mark.django_db


def found(client: Client, query: str, **asked: object) -> list[str]:
    page = client.get("/recherche/", {"q": query, **asked})
    return [result.title for result in page.context["results"]]


@pytest.mark.parametrize(
    "query", ["végétalisation", "vegetalisation", "VÉGÉTALISATION", "végétaliser", "vegetaliser", "écoles", "ecole"]
)
def test_a_word_is_found_by_its_stem_with_and_without_accents(client: Client, query: str) -> None:
    MeetingPageFactory(title="Végétalisation de la cour", summary="Des arbres pour l’école.")
    MeetingPageFactory(title="Budget", summary="Les comptes de l’année.")

    assert "Végétalisation de la cour" in found(client, query)
    assert "Budget" not in found(client, query)


@pytest.mark.parametrize("query", ["reunion", "réunions", "Réunion", "REUNIONS"])
def test_the_title_weighs_more_than_the_text(client: Client, query: str) -> None:
    StandardPageFactory(title="Le règlement", intro="La réunion, les réunions, encore une réunion.")
    MeetingPageFactory(title="Réunion de quartier")

    assert found(client, query)[:3].index("Réunion de quartier") < found(client, query).index("Le règlement")


def test_every_sort_of_page_is_found_and_says_what_it_is(client: Client) -> None:
    meeting = MeetingPageFactory(title="Les nichoirs, on commence")
    ProjectPageFactory(title="Des nichoirs pour tous")
    StandardPageFactory(title="Le guide des nichoirs")

    page = client.get("/recherche/", {"q": "nichoir"})

    results = {result.title: result for result in page.context["results"]}
    assert set(results) == {"Les nichoirs, on commence", "Des nichoirs pour tous", "Le guide des nichoirs"}
    assert results["Les nichoirs, on commence"].url == meeting.url
    assert results["Les nichoirs, on commence"].excerpt == meeting.summary


def test_a_meeting_is_found_by_its_place(client: Client) -> None:
    MeetingPageFactory(title="Le budget", venue=VenueFactory(name="Médiathèque du Terril"))

    assert found(client, "mediatheque") == ["Le budget"]


@pytest.mark.parametrize("query", ["verger", "l’école", "ECOLES", "ecole du terril", "Terril", "croquer"])
def test_a_community_is_found_by_its_name_its_place_and_what_it_does(client: Client, query: str) -> None:
    community = CommunityFactory(
        name="Le verger de l’École",
        summary="Planter, soigner et croquer.",
        neighbourhood=NeighbourhoodFactory(name="Cité du Terril"),
    )
    CommunityFactory(name="La chorale", summary="Chanter.")

    (result,) = client.get("/recherche/", {"q": query}).context["results"]

    assert (result.title, result.url) == ("Le verger de l’École", community.get_absolute_url())
    assert (result.kind, result.excerpt) == ("Communauté autour d’un thème", "Planter, soigner et croquer.")


def test_communities_come_first_and_the_pages_go_on_from_there(client: Client) -> None:
    CommunityFactory.create_batch(3, summary="Curer la mare.")
    CommunityFactory(name="La mare", slug="la-mare")
    MeetingPageFactory.create_batch(12, summary="Curer la mare.")

    pages = [client.get("/recherche/", {"q": "mare", "page": number}).context["results"] for number in (1, 2)]

    titles = [result.title for page in pages for result in page]
    assert [len(page) for page in pages] == [10, 6]
    assert titles[0] == "La mare"
    assert len(set(titles)) == 16


@pytest.mark.parametrize("query", ["verger", "friches", "friche ecole", "Cité du Terril", "le verger du terril"])
def test_a_public_idea_is_found_by_its_title_its_words_and_its_place(client: Client, query: str) -> None:
    near = NeighbourhoodFactory(name="Cité du Terril")
    idea = IdeaFactory(public=True, title="Un verger", what="Planter la friche de l’école.", neighbourhood=near)
    IdeaFactory(title="Un verger secret", what="La friche de l’école.", neighbourhood=near)

    (result,) = client.get("/recherche/", {"q": query}).context["results"]

    assert (result.title, result.url, result.kind) == ("Un verger", idea.get_absolute_url(), "Idée\xa0: à l’étude")


def test_who_says_it_comes_before_who_is_only_near_a_place_so_named(client: Client) -> None:
    near = NeighbourhoodFactory(name="Cité du Terril")
    IdeaFactory(public=True, title="Un chemin jusqu’au terril", received_at=evening(in_days=-9))
    IdeaFactory(public=True, title="Un verger", neighbourhood=near)

    assert found(client, "terril") == ["Un chemin jusqu’au terril", "Un verger"]


def test_a_place_that_is_renamed_is_found_by_its_new_name(client: Client) -> None:
    near = NeighbourhoodFactory(name="Cité 5")
    IdeaFactory(public=True, title="Un verger", neighbourhood=near)

    near.name = "Cité Bellevue"
    near.save()

    assert found(client, "bellevue") == ["Un verger"]


def test_ideas_are_looked_up_in_the_index_of_their_words() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # a few rows are read faster without any
        cursor.execute("SET LOCAL enable_indexscan = off")  # or in the order of another one

    plan = Idea.objects.all().speaking_of("friche").explain()

    assert "ideas_by_their_words" in plan


def test_communities_ideas_and_pages_follow_each_other_over_the_pages_of_a_list(client: Client) -> None:
    CommunityFactory.create_batch(3, summary="Curer la mare.")
    IdeaFactory.create_batch(9, public=True, what="Curer la mare.")
    MeetingPageFactory.create_batch(4, summary="Curer la mare.")

    pages = [client.get("/recherche/", {"q": "mare", "page": number}).context["results"] for number in (1, 2)]

    assert [len(page) for page in pages] == [10, 6]
    assert len({result.url for page in pages for result in page}) == 16


def test_searching_never_names_a_member(client: Client) -> None:
    MembershipFactory(resident=ResidentFactory(name="Basile Coron"))

    assert found(client, "Basile") == []


def test_a_draft_is_never_found(client: Client) -> None:
    MeetingPageFactory(title="Projet secret de fontaine", draft=True)

    assert found(client, "fontaine") == []


def test_a_private_page_is_never_found(client: Client) -> None:
    page = StandardPageFactory(title="Fontaine réservée")
    page.view_restrictions.create(restriction_type="login")

    assert found(client, "fontaine") == []


def test_nothing_asked_shows_the_question_only(client: Client) -> None:
    home_page()

    page = client.get("/recherche/")

    assert page.status_code == 200
    assert list(page.context["results"]) == []


def test_what_was_asked_is_shown_back_harmless(client: Client) -> None:
    home_page()

    page = client.get("/recherche/", {"q": "<script>alert(1)</script>"})

    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("number", ["2", "999", "-1", "nonsense", ""])
def test_any_page_number_gives_a_page(client: Client, number: str) -> None:
    MeetingPageFactory.create_batch(12, summary="Curer la mare.")

    assert found(client, "mare", page=number)


def test_a_public_idea_and_a_signed_convention_are_found_and_say_what_they_are(client: Client) -> None:
    idea = IdeaFactory(title="Des nichoirs sur l’école", public=True)
    IdeaFactory(title="Des nichoirs en secret")
    convention = signed(title="Les nichoirs du coron", summary="Douze nichoirs, posés par les élèves.")
    proposed(title="Les nichoirs pas encore signés")

    results = {result.title: result for result in client.get("/recherche/?q=nichoir").context["results"]}

    assert results[idea.title].url == idea.get_absolute_url()
    assert results[convention.title].kind == "Convention"
    assert results[convention.title].excerpt == "Douze nichoirs, posés par les élèves."
    assert not {"Des nichoirs en secret", "Les nichoirs pas encore signés"} & set(results)


def test_nobody_is_found_by_the_name_of_who_proposed_or_signed(client: Client) -> None:
    IdeaFactory(title="Une mare", public=True, resident__name="Ada Terril", shown_as="")
    signed(title="Les bancs", holder="Le collectif, représenté par Ada Terril")

    assert found(client, "Terril") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(query=st.text(max_size=60))
def test_no_question_breaks_the_search(client: Client, query: str) -> None:
    assert client.get("/recherche/", {"q": query}).status_code == 200


def test_forty_results_cost_no_more_queries_than_ten(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    MeetingPageFactory.create_batch(10, summary="Curer la mare.")
    client.get("/recherche/", {"q": "mare"})
    with django_assert_max_num_queries(15) as of_ten:
        client.get("/recherche/", {"q": "mare"})
    MeetingPageFactory.create_batch(30, summary="Curer la mare.")
    client.get("/recherche/", {"q": "mare"})

    with django_assert_max_num_queries(15) as of_forty:
        client.get("/recherche/", {"q": "mare"})

    assert MeetingPage.objects.count() == 40
    assert len(of_forty) == len(of_ten)
