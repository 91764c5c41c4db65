"""What a visitor finds on the list of projects: filters, totals, data."""

import csv
import datetime as dt
import io
import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail_factories import ImageFactory

from engagement.models import ProjectPage, Scheme, Side, Stage
from tests.communities.factories import NeighbourhoodFactory
from tests.engagement.factories import (
    ProjectFactory,
    ProjectPageFactory,
    ProjectPictureFactory,
    TeammateFactory,
    ThemeFactory,
)
from tests.engagement.factories_of_what_was_done import LedgerEntryFactory

pytestmark = pytest.mark.django_db

CSV, JSON = "/donnees/projets.csv", "/donnees/projets.json"


def titles(client: Client, **asked: str) -> list[str]:
    return [project.title for project in client.get("/projets/", asked).context["projects"]]


def a_project(title: str, **facts: object) -> ProjectPage:
    page: ProjectPage = ProjectPageFactory(title=title, project=ProjectFactory(title=title, **facts))
    return page


def test_projects_are_narrowed_by_stage_theme_neighbourhood_and_year_together(client: Client) -> None:
    nature, centre = ThemeFactory(slug="nature"), NeighbourhoodFactory(slug="centre")
    of_then = {"theme": nature, "neighbourhood": centre, "started_on": dt.date(2019, 5, 1)}
    a_project("Une mare", stage=Stage.DELIVERED, **of_then)
    a_project("Des bancs", stage=Stage.UNDER_WAY, **of_then)
    a_project("Des nichoirs", stage=Stage.DELIVERED, started_on=dt.date(2020, 5, 1))

    assert titles(client, theme="nature") == ["Des bancs", "Une mare"]
    assert titles(client, neighbourhood="centre", stage="there") == ["Une mare"]
    assert titles(client, year="2020") == ["Des nichoirs"]
    assert titles(client, year="2019", stage="built") == ["Des bancs"]
    assert titles(client, year="2020", theme="nature") == []


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_is_in_one_group_and_one_only(client: Client, stage: Stage) -> None:
    a_project("Une mare", stage=stage)

    found = [group for group in ("prepared", "built", "there", "over") if titles(client, stage=group)]

    assert len(found) == 1


@pytest.mark.parametrize("asked", ["nonsense", "\0", "' or 1=1", "🎈", "99999999999999999999", "-1", "x" * 5000])
@pytest.mark.parametrize("name", ["stage", "theme", "neighbourhood", "year", "page"])
def test_nonsense_in_the_address_is_read_as_nothing_asked(client: Client, name: str, asked: str) -> None:
    a_project("Une mare", theme=ThemeFactory(), neighbourhood=NeighbourhoodFactory(), started_on=dt.date(2019, 5, 1))

    assert titles(client, **{name: asked}) == ["Une mare"]


def test_only_what_some_project_answers_is_offered(client: Client) -> None:
    ThemeFactory(name="L’énergie")
    a_project("Une mare", theme=ThemeFactory(name="La nature"))

    filters = client.get("/projets/").context["filters"]

    assert [label for _value, label in filters.fields["theme"].choices][1:] == ["La nature"]
    assert "neighbourhood" not in filters.fields


def test_choices_that_nothing_answers_lead_back_to_every_project(client: Client) -> None:
    a_project("Une mare", stage=Stage.DELIVERED)

    page = client.get("/projets/?stage=over").content.decode()

    assert "empty-state" in page
    assert 'href="/projets/"' in page.partition("empty-state")[2]


def test_the_totals_are_those_of_the_projects_that_anyone_may_read(client: Client) -> None:
    open_to_all = a_project("Une mare", stage=Stage.DELIVERED)
    a_project("Des bancs")
    secret = ProjectPageFactory(draft=True)
    LedgerEntryFactory(project=open_to_all.project, quantity=Decimal(8), value=Decimal(96))
    LedgerEntryFactory(project=open_to_all.project, side=Side.COMMUNE, kind="money", quantity=300, value=300, unit="€")
    LedgerEntryFactory(project=secret.project, quantity=Decimal(1000), value=Decimal(12000))

    found = client.get("/projets/").context["totals"]

    assert (found.projects, found.residents_hours, found.commune_euros, found.saved) == (2, 8, 300, 96)
    assert [(group.value, count) for group, count in found.by_group] == [("built", 1), ("there", 1)]
    assert "300\u202f€" in client.get("/projets/").content.decode()


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(path)
    return len(asked)


def test_a_long_list_costs_no_more_queries_than_a_short_one(client: Client) -> None:
    paths = ["/projets/?stage=built", "/projets/", CSV, JSON]
    nature, centre = ThemeFactory(), NeighbourhoodFactory()
    for number in range(13):
        a_project(f"Projet {number:02}", theme=nature, neighbourhood=centre, started_on=dt.date(2019, 1, 1))
    for path in paths:
        queries(client, path)
    few = {path: queries(client, path) for path in paths}
    for number in range(40):
        page = a_project(f"Autre {number:02}", theme=ThemeFactory(), started_on=dt.date(1990 + number % 30, 1, 1))
        LedgerEntryFactory(project=page.project)

    assert {path: queries(client, path) for path in paths} == few
    assert max(few.values()) <= 15


def rows(client: Client) -> list[dict[str, str]]:
    content = client.get(CSV).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


def test_the_list_leaves_as_a_spreadsheet_with_what_each_side_brought(client: Client) -> None:
    page = a_project("Une mare", stage=Stage.DELIVERED, delivered_on=dt.date(2019, 9, 22))
    LedgerEntryFactory(project=page.project, quantity=Decimal(8), value=Decimal("96.16"))
    ProjectPageFactory(title="Un secret", draft=True)

    (row,) = rows(client)

    assert (row["title"], row["stage"], row["year"], row["delivered_on"]) == (
        "Une mare",
        "delivered",
        "2019",
        "2019-09-22",
    )
    assert (Decimal(row["residents_hours"]), Decimal(row["residents_euros"])) == (8, Decimal("96.16"))
    assert row["url"].endswith(page.url)


def test_no_cell_of_the_spreadsheet_is_a_formula(client: Client) -> None:
    ProjectPageFactory(title="=HYPERLINK(1)", summary="@SUM(1)")

    (row,) = rows(client)

    assert (row["title"], row["summary"]) == ("'=HYPERLINK(1)", "'@SUM(1)")


def test_the_data_say_the_same_as_the_spreadsheet(client: Client) -> None:
    a_project("Une mare", stage=Stage.DELIVERED)

    (one,) = json.loads(client.get(JSON).content)["projects"]

    assert {name: str(one[name] or "") for name in ("title", "stage", "url")} == {
        name: rows(client)[0][name] for name in ("title", "stage", "url")
    }


def test_no_ones_name_or_address_is_in_the_data(client: Client) -> None:
    page = ProjectPageFactory()
    mate = TeammateFactory(
        project=page.project, shown_as="Ada T.", resident__name="Ada Terril", resident__phone="0199000001"
    )

    for path in (CSV, JSON):
        content = client.get(path).content.decode()
        assert not any(words in content for words in ("Ada", "Terril", mate.resident.email, "0199000001"))


def test_those_that_have_their_place_are_on_the_plan_of_the_town(client: Client) -> None:
    scheme = Scheme.load()
    scheme.map_picture = ImageFactory()
    scheme.save()
    a_project("Une mare", point_x=412, point_y=305)
    a_project("Partout")

    page = client.get("/projets/").content.decode()

    assert page.count('class="plan__link"') == 1
    assert 'class="plan"' not in client.get("/projets/?stage=over").content.decode()


def test_the_list_with_its_plan_stays_within_fifteen_queries(client: Client) -> None:
    scheme = Scheme.load()
    scheme.map_picture = ImageFactory()
    scheme.save()
    for number in range(13):
        page = a_project(f"Projet {number:02}", point_x=number, point_y=number, started_on=dt.date(2019, 1, 1))
        ProjectPictureFactory(project=page)
    client.get("/projets/")

    assert queries(client, "/projets/") <= 15
