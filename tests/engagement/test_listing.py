"""The projects on the staff's desk."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from engagement.models import Stage
from tests.communities.factories import CommunityFactory, NeighbourhoodFactory
from tests.engagement.factories import ProjectPageFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

PROJECTS = "/admin/projects/"


@pytest.fixture
def desk(client: Client) -> Client:
    """Someone of the communication team, signed in."""
    client.force_login(StaffFactory(communication=True))
    return client


def titles(client: Client, **asked: object) -> list[str]:
    return [project.title for project in client.get(PROJECTS, asked).context["object_list"]]


def test_every_project_is_listed_by_title_drafts_too(desk: Client) -> None:
    ProjectPageFactory(title="Une mare")
    ProjectPageFactory(title="Des bancs", draft=True)

    assert titles(desk) == ["Des bancs", "Une mare"]


@pytest.mark.parametrize("words", ["ecole", "école", "Éco"])
def test_a_project_is_found_whatever_the_accents(desk: Client, words: str) -> None:
    ProjectPageFactory(title="La cour de l’école")
    ProjectPageFactory(title="Une mare")

    assert titles(desk, q=words) == ["La cour de l’école"]


def test_projects_are_filtered_by_stage_and_neighbourhood(desk: Client) -> None:
    west = NeighbourhoodFactory(name="Quartier du Terril")
    ProjectPageFactory(title="Une mare", idea=True, neighbourhood=west)
    ProjectPageFactory(title="Des bancs", idea=True)
    ProjectPageFactory(title="Une haie", neighbourhood=west)

    assert titles(desk, stage=Stage.IDEA.value) == ["Des bancs", "Une mare"]
    assert titles(desk, neighbourhood=west.pk) == ["Une haie", "Une mare"]


def test_the_list_asks_no_more_when_there_is_more(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def add(number: int) -> None:
        for _project in range(number):
            ProjectPageFactory(community=CommunityFactory(), neighbourhood=NeighbourhoodFactory())

    add(10)
    desk.get(PROJECTS)
    with django_assert_max_num_queries(60) as of_ten:
        desk.get(PROJECTS)
    add(30)
    desk.get(PROJECTS)

    with django_assert_max_num_queries(60) as of_forty:
        desk.get(PROJECTS)

    assert len(of_forty) == len(of_ten)


def test_who_has_no_part_in_pages_is_sent_away(client: Client) -> None:
    client.force_login(StaffFactory())

    assert client.get(PROJECTS).status_code == 302
