"""What a visitor reads of the projects."""

import datetime as dt
import re

import pytest
from django.db.models.signals import post_init
from django.test import Client

from engagement.models import Stage
from meetings.models import MeetingPage
from tests.communities.factories import CommunityFactory
from tests.engagement.factories import ProjectFactFactory, ProjectFactory, ProjectPageFactory
from tests.meetings.factories import MeetingPageFactory, evening

pytestmark = pytest.mark.django_db


def titles(client: Client, path: str) -> list[str]:
    return [project.title for project in client.get(path).context["projects"]]


def test_projects_are_listed_by_title_and_drafts_are_not(client: Client) -> None:
    ProjectPageFactory(title="Une mare")
    ProjectPageFactory(title="Des bancs")
    ProjectPageFactory(title="Un secret", draft=True)

    assert titles(client, "/projets/") == ["Des bancs", "Une mare"]


def test_projects_are_filtered_by_stage(client: Client) -> None:
    ProjectPageFactory(title="Une mare", stage=Stage.SUPPORTED)
    ProjectPageFactory(title="Des bancs")

    assert titles(client, "/projets/?stage=prepared") == ["Une mare"]
    assert titles(client, "/projets/?stage=nonsense") == ["Des bancs", "Une mare"]


def test_a_long_list_is_cut_in_pages(client: Client) -> None:
    for number in range(14):
        ProjectPageFactory(title=f"Projet {number:02}")

    assert len(titles(client, "/projets/")) == 12
    assert titles(client, "/projets/?page=2") == ["Projet 12", "Projet 13"]


def test_a_project_shows_every_stage_and_where_it_stands(client: Client) -> None:
    project = ProjectPageFactory(stage=Stage.SIGNED)

    rail = client.get(project.url).context["rail"]

    assert [stop["value"] for stop in rail] == ["received", *Stage.rail()]
    assert [stop["value"] for stop in rail if stop["is_past"]] == ["received", "supported", "drafting"]
    assert [stop["value"] for stop in rail if stop["is_current"]] == ["signed"]


@pytest.mark.parametrize(
    ("stage", "began", "last"),
    [
        (Stage.GIVEN_UP, False, [Stage.SUPPORTED, Stage.GIVEN_UP]),
        (Stage.GIVEN_UP, True, [Stage.UNDER_WAY, Stage.GIVEN_UP]),
        (Stage.CLOSED, True, [Stage.DELIVERED, Stage.CLOSED]),
        (Stage.TAKEN_BACK, True, [Stage.STEWARDSHIP, Stage.TAKEN_BACK]),
    ],
)
def test_off_the_way_the_last_stop_is_where_it_stands_after_the_last_it_surely_reached(stage, began, last) -> None:
    project = ProjectFactory(stage=stage, started_on=dt.date(2026, 3, 1) if began else None)

    rail = project.rail()

    assert [stop["value"] for stop in rail[-2:]] == last
    assert [stop["is_current"] for stop in rail] == [False] * (len(rail) - 1) + [True]


def test_a_project_shows_its_communitys_meetings_the_nearest_first(client: Client) -> None:
    community = CommunityFactory()
    project = ProjectPageFactory(community=community)
    MeetingPageFactory(title="Dans un mois", communities=[community], starts_at=evening(in_days=30))
    MeetingPageFactory(title="Demain", communities=[community], starts_at=evening(in_days=1))
    MeetingPageFactory(title="D’une autre", communities=[CommunityFactory()])
    MeetingPageFactory(title="En brouillon", communities=[community], draft=True)
    for days in range(1, 8):
        MeetingPageFactory(
            title=f"Il y a {days} jours", communities=[community], held=True, starts_at=evening(in_days=-days)
        )

    page = client.get(project.url)

    assert [meeting.title for meeting in page.context["next_meetings"]] == ["Demain", "Dans un mois"]
    assert [meeting.title for meeting in page.context["past_meetings"]] == [
        f"Il y a {days} jours" for days in range(1, 6)
    ]


def test_a_past_meeting_says_its_year_only_when_it_is_another_one(client: Client) -> None:
    community = CommunityFactory()
    old = MeetingPageFactory(communities=[community], held=True, starts_at=evening(in_days=-400))
    MeetingPageFactory(communities=[community], starts_at=evening(in_days=0))

    page = client.get(community.get_absolute_url()).content.decode()

    assert re.findall(r'"plate__word">(\d{4})<', page) == [str(old.starts_at.year)]


def test_a_long_past_is_not_read_to_show_five_meetings(client: Client) -> None:
    community = CommunityFactory()
    project = ProjectPageFactory(community=community)
    for days in range(1, 9):
        MeetingPageFactory(communities=[community], held=True, starts_at=evening(in_days=-days))
    made: list[MeetingPage] = []

    def remember(instance: MeetingPage, **_kwargs: object) -> None:
        made.append(instance)

    post_init.connect(remember, sender=MeetingPage)
    try:
        client.get(project.url)
    finally:
        post_init.disconnect(remember, sender=MeetingPage)

    assert len(made) == 5


def test_a_project_without_a_community_shows_no_meeting(client: Client) -> None:
    MeetingPageFactory()

    page = client.get(ProjectPageFactory().url)

    assert page.context["next_meetings"] == []


def test_a_figure_is_never_shown_without_its_source_and_year(client: Client) -> None:
    project = ProjectPageFactory()
    ProjectFactFactory(project=project, value="30 000 €", source="Registre des chemins", year=2019)

    page = client.get(project.url).content.decode()

    assert "Registre des chemins" in page
    assert "2019" in page


def test_a_community_shows_the_project_it_gathers_around(client: Client) -> None:
    community = CommunityFactory()
    project = ProjectPageFactory(community=community, title="Une mare pour l’école")

    page = client.get(community.get_absolute_url()).content.decode()

    assert project.url in page


def test_a_community_does_not_show_a_draft_of_its_project(client: Client) -> None:
    community = CommunityFactory()
    project = ProjectPageFactory(community=community, draft=True)

    page = client.get(community.get_absolute_url()).content.decode()

    assert project.title not in page
