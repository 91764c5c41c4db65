"""The flat list of projects, as the town hall sees it."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from engagement.models import ProjectIndexPage
from tests.communities.factories import CommunityFactory, NeighbourhoodFactory
from tests.engagement.factories import ProjectPageFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

PROJECTS = "/admin/projects/"


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(StaffFactory(communication=True))
    return client


def titles(desk: Client, **asked: object) -> list[str]:
    return [project.title for project in desk.get(PROJECTS, asked).context["object_list"]]


def test_projects_stand_by_title_with_their_stage_and_community(desk: Client):
    ProjectPageFactory(title="Les chemins", stage="delivered", community=CommunityFactory(name="Les amis des chemins"))
    ProjectPageFactory(title="Les bancs", draft=True)

    shown = desk.get(PROJECTS).content.decode()

    assert titles(desk) == ["Les bancs", "Les chemins"]
    assert "Les amis des chemins" in shown
    assert "delivered" in shown


def test_projects_are_narrowed_by_stage_neighbourhood_community_and_words_together(desk: Client):
    place, community = NeighbourhoodFactory(), CommunityFactory()
    ProjectPageFactory(title="Une idée ailleurs", stage="supported")
    ProjectPageFactory(title="Une idée ici", stage="supported", neighbourhood=place, community=community)
    ProjectPageFactory(title="Des bancs ici", neighbourhood=place)

    assert titles(desk, stage="supported") == ["Une idée ailleurs", "Une idée ici"]
    assert titles(desk, neighbourhood=place.pk) == ["Des bancs ici", "Une idée ici"]
    assert titles(desk, community=community.pk) == ["Une idée ici"]
    assert titles(desk, q="idee", neighbourhood=place.pk) == ["Une idée ici"]


@pytest.mark.parametrize("words", ["ecole", "école", "Éco"])
def test_a_project_is_found_whatever_the_accents(desk: Client, words: str):
    ProjectPageFactory(title="La cour de l’école")
    ProjectPageFactory(title="Une mare")

    assert titles(desk, q=words) == ["La cour de l’école"]


def test_the_list_asks_as_many_questions_for_many_projects_as_for_few(desk: Client):
    ProjectPageFactory(community=CommunityFactory(), neighbourhood=NeighbourhoodFactory())
    for_few = queries(desk)

    for _more in range(8):
        ProjectPageFactory(community=CommunityFactory(), neighbourhood=NeighbourhoodFactory())

    assert queries(desk) == for_few


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_list_is_exported_as_it_is_narrowed_and_holds_no_formula(desk: Client, format: str):
    place = NeighbourhoodFactory(name="+33")
    ProjectPageFactory(title="=1+1", slug="sum", neighbourhood=place, community=CommunityFactory(name="Les amis"))
    ProjectPageFactory(title="Ailleurs")

    response = desk.get(PROJECTS, {"export": format, "neighbourhood": place.pk})
    headings, *rows = table(b"".join(response) if response.streaming else response.content, format)

    assert headings == ["project", "stage", "neighbourhood", "community", "published", "last published on"]
    assert [row[:5] for row in rows] == [["'=1+1", "under way", "'+33", "Les amis", "yes"]]


def table(content: bytes, format: str) -> list[list[object]]:
    if format == "csv":
        return [list(row) for row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")]
    return [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]


def test_a_community_whose_project_needs_it_stays_and_says_which(client: Client):
    community = ProjectPageFactory(title="Les bancs", community=CommunityFactory(name="Les amis")).project.community
    client.force_login(StaffFactory(participation=True))

    answer = client.post(reverse("communities_desk:delete", args=[community.pk]), follow=True)

    assert "“Les amis” stays, because of these: fifty-fifty project “Les bancs”." in " ".join(
        answer.content.decode().split()
    )


def test_adding_a_project_goes_straight_to_its_form(desk: Client):
    index = ProjectIndexPage.objects.get()

    answer = desk.get(reverse("projects_list:choose_parent"))

    assert answer.url == reverse("wagtailadmin_pages:add", args=["engagement", "projectpage", index.pk])


def test_who_has_no_part_in_pages_is_sent_away(client: Client):
    client.force_login(StaffFactory())

    assert client.get(PROJECTS).status_code == 302


def queries(desk: Client) -> int:
    desk.get(PROJECTS)
    with CaptureQueriesContext(connection) as asked:
        desk.get(PROJECTS)
    return len(asked)
