"""Projects at the desk: their records, their teams, and their pages."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.models import Membership
from engagement.models import Passage, Project, ProjectPage, Stage, Teammate
from tests.communities.factories import CommunityFactory, NeighbourhoodFactory, ResidentFactory
from tests.engagement.examining.desks import signed_in
from tests.engagement.factories import IdeaFactory, ProjectFactory, ProjectPageFactory, TeammateFactory, ThemeFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/fifty-fifty/"


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(StaffFactory(participation=True))
    return client


def record_of(project: Project) -> str:
    return f"{LIST}inspect/{project.pk}/"


def titles(desk: Client, **asked: object) -> list[str]:
    return [project.title for project in desk.get(LIST, asked).context["object_list"]]


def test_projects_are_narrowed_by_stage_place_theme_people_and_page(desk: Client):
    officer, elected = StaffFactory(participation=True), StaffFactory(elected=True)
    place, theme = NeighbourhoodFactory(), ThemeFactory()
    ProjectFactory(title="Ici", neighbourhood=place, stage=Stage.DELIVERED)
    ProjectFactory(title="La nature", theme=theme, officer=officer, liaison=elected)
    ProjectPageFactory(title="Racontée", stage=Stage.CLOSED)

    assert titles(desk, stage="delivered") == titles(desk, neighbourhood=place.pk) == ["Ici"]
    assert titles(desk, theme=theme.pk) == titles(desk, officer=officer.pk) == ["La nature"]
    assert titles(desk, liaison=elected.pk) == ["La nature"]
    assert titles(desk, told="with") == ["Racontée"]
    assert titles(desk, told="without", q="nature") == ["La nature"]


@pytest.mark.parametrize("words", ["ecole", "École"])
def test_a_project_is_found_whatever_the_accents(desk: Client, words: str):
    ProjectFactory(title="La cour de l’école")
    ProjectFactory(title="Une mare")

    assert titles(desk, q=words) == ["La cour de l’école"]


@pytest.mark.parametrize("page", [LIST, f"{LIST}?export=csv"])
def test_the_list_asks_as_many_questions_for_many_projects_as_for_few(desk: Client, page: str):
    a_whole_project()
    desk.get(page)
    for_few = questions(desk, page)

    for _more in range(10):
        a_whole_project()

    assert questions(desk, page) == for_few


def a_whole_project() -> Project:
    facts = {"neighbourhood": NeighbourhoodFactory(), "community": CommunityFactory()}
    project = ProjectPageFactory(**facts).project
    Project.objects.filter(pk=project.pk).update(theme=ThemeFactory(), officer=StaffFactory(), liaison=StaffFactory())
    return project


def questions(desk: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(page).status_code == 200
    return len(asked)


def test_the_list_leaves_as_a_spreadsheet_without_formulas(desk: Client):
    ProjectFactory(title="=1+1", place="Rue Basse")

    (row,) = csv.DictReader(io.StringIO(desk.get(LIST, {"export": "csv"}).content.decode("utf-8-sig")), delimiter=";")

    assert (row["project"], row["where"], row["from before this register"]) == ("'=1+1", "Rue Basse", "yes")


def test_a_record_shows_its_stage_its_team_its_page_and_what_may_happen_next(desk: Client):
    page = ProjectPageFactory(title="Les bancs", community=CommunityFactory(name="Les amis des bancs"))
    TeammateFactory(project=page.project, resident=ResidentFactory(name="Ada Terril"))

    shown = desk.get(record_of(page.project)).content.decode()

    for word in ["Les amis des bancs", "Ada Terril", "It is delivered", "The project is given up", "Change its page"]:
        assert word in shown
    assert "Work has begun" not in shown


def test_changing_facts_writes_them_and_no_stage_which_may_have_passed_meanwhile(desk: Client):
    project = ProjectFactory()

    with CaptureQueriesContext(connection) as asked:
        desk.post(f"{LIST}edit/{project.pk}/", {"title": "Les bancs bleus", "level": "carry_out"})

    assert Project.objects.get().title == "Les bancs bleus"
    (written,) = [query["sql"] for query in asked if query["sql"].startswith('UPDATE "engagement_project"')]
    assert not [column for column in ("stage", "started_on", "delivered_on", "closed_on") if column in written]


@pytest.mark.parametrize("group", ["communication", "elected"])
def test_whoever_only_reads_sees_no_button_and_no_name(group: str):
    project = ProjectFactory()
    TeammateFactory(project=project, resident=ResidentFactory(name="Zoé Ardoise", email="zoe@example.org"))

    shown = signed_in(**{group: True}).get(record_of(project), {"resident": "zoe"}).content.decode()

    assert not [word for word in ("Zoé", "zoe@example.org", "/pass/", "/team/") if word in shown]
    assert "1 person." in shown


def test_a_project_from_before_is_taken_over_at_its_stage_and_nobody_is_written_to(desk: Client):
    said = {"title": "Les chemins", "stage": "stewardship", "level": "co_build", "delivered_on": "2019-10-01"}

    response = desk.post(f"{LIST}new/", said, follow=True)

    project = Project.objects.get()
    assert response.redirect_chain[-1][0] == record_of(project)
    assert (project.stage, project.is_from_before, str(project.delivered_on)) == ("stewardship", True, "2019-10-01")
    assert Passage.objects.get().from_stage == ""


def test_facts_are_changed_and_the_stage_is_none_of_them(desk: Client):
    project = ProjectFactory(title="Les bancs", stage=Stage.UNDER_WAY)

    desk.post(f"{LIST}edit/{project.pk}/", {"title": "Les six bancs", "level": "consult", "stage": "closed"})

    project.refresh_from_db()
    assert (project.title, project.level, project.stage) == ("Les six bancs", "consult", Stage.UNDER_WAY)


def test_nobody_deletes_a_project(desk: Client):
    project = ProjectFactory()

    for someone in (desk, signed_in(administration=True)):
        someone.post(f"{LIST}delete/{project.pk}/")

    assert Project.objects.exists()


# --- The team -------------------------------------------------------------------------------------------------------


def test_a_resident_is_found_and_taken_into_the_team_and_the_community(desk: Client):
    project = ProjectFactory(community=CommunityFactory())
    ada = ResidentFactory(name="Ada Terril")

    assert "Take Ada Terril in" in desk.get(record_of(project), {"resident": "terril"}).content.decode()
    desk.post(f"{LIST}{project.pk}/team/", {"resident": ada.pk, "role": "steward"})

    mate = Teammate.objects.get()
    assert (mate.resident, mate.role, mate.shown_as) == (ada, "steward", "")
    assert Membership.objects.filter(community=project.community, resident=ada).exists()


def test_one_person_has_one_role_and_a_sentence_says_so(desk: Client):
    mate = TeammateFactory()

    shown = desk.post(
        f"{LIST}{mate.project_id}/team/", {"resident": mate.resident_id, "role": "helper"}, follow=True
    ).content.decode()

    assert "already in the team" in shown
    assert Teammate.objects.get().role == mate.role


def test_a_role_and_a_shown_name_are_changed_and_someone_leaves(desk: Client):
    mate = TeammateFactory()
    address = f"{LIST}{mate.project_id}/team/{mate.pk}/"

    desk.post(address, {f"{mate.pk}-role": "spokesperson", f"{mate.pk}-shown_as": "Ada T."})
    mate.refresh_from_db()
    assert (mate.role, mate.shown_as) == ("spokesperson", "Ada T.")

    desk.post(f"{address}leave/")
    assert not Teammate.objects.exists()


def test_a_mate_of_another_project_is_not_reached_through_this_one(desk: Client):
    mate = TeammateFactory()

    assert desk.post(f"{LIST}{ProjectFactory().pk}/team/{mate.pk}/leave/").status_code == 404
    assert Teammate.objects.exists()


@pytest.mark.parametrize("group", ["communication", "elected"])
def test_whoever_may_not_changes_no_team(group: str):
    mate = TeammateFactory()
    reader = signed_in(**{group: True})

    reader.post(f"{LIST}{mate.project_id}/team/{mate.pk}/leave/")
    reader.post(f"{LIST}{mate.project_id}/team/", {"resident": ResidentFactory().pk, "role": "holder"})

    assert list(Teammate.objects.all()) == [mate]


# --- Its page -------------------------------------------------------------------------------------------------------


def test_the_window_shows_projects_without_a_page_and_finds_them_without_accents(desk: Client):
    ProjectPageFactory(title="Racontée déjà")
    ProjectFactory(title="La cour de l’école")

    window = desk.get("/admin/project_chooser/").json()["html"]
    found = desk.get("/admin/project_chooser/results/", {"q": "ecole"}).content.decode()

    assert "La cour de l’école" in window
    assert "Racontée déjà" not in window
    assert "La cour de l’école" in found
    assert "La cour" not in desk.get("/admin/project_chooser/results/", {"q": "mare"}).content.decode()


def test_where_every_project_may_be_chosen_the_window_keeps_showing_every_one(desk: Client):
    ProjectPageFactory(title="Racontée déjà")
    window = reverse("project_chooser:choose") + "?every=1"

    assert f'data-chooser-url="{window}"' in desk.get(reverse("ledger:add")).content.decode()
    shown = desk.get(window).json()["html"]

    assert "Racontée déjà" in shown
    assert "/results/?every=1" in shown


def test_a_project_from_before_is_taken_over_without_leaving_its_page(desk: Client):
    desk.post("/admin/project_chooser/create/", {"title": "Les chemins", "stage": "delivered"})

    project = Project.objects.get()
    assert (project.title, project.stage, project.is_from_before) == ("Les chemins", Stage.DELIVERED, True)


def test_whoever_may_not_takes_no_project_over_in_the_window():
    signed_in(communication=True).post("/admin/project_chooser/create/", {"title": "x", "stage": "closed"})

    assert not Project.objects.exists()


def test_a_page_is_a_draft_without_its_project_and_is_published_only_with_it(desk: Client):
    page = ProjectPageFactory(draft=True, project=None)
    address = f"/admin/pages/{page.pk}/edit/"
    form: dict[str, object] = {"title": page.title, "slug": page.slug, "summary": "", "story-count": 0}
    pieces = desk.get(address).context["form"].formsets
    form |= {f"{name}-{count}": 0 for name in pieces for count in COUNTS}

    desk.post(address, form | {"action-publish": "1"})
    assert not ProjectPage.objects.get().live

    project = ProjectFactory()
    desk.post(address, form | {"action-publish": "1", "project": project.pk})
    assert ProjectPage.objects.get().live
    assert ProjectPage.objects.get().project == project


COUNTS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")


def test_the_editor_of_a_page_shows_the_stage_and_the_way_to_the_record(desk: Client):
    page = ProjectPageFactory(stage=Stage.DELIVERED)

    shown = desk.get(f"/admin/pages/{page.pk}/edit/").content.decode()

    assert record_of(page.project) in shown
    assert "delivered" in shown


def test_an_idea_and_its_project_lead_to_each_other(desk: Client):
    project = ProjectFactory(idea=IdeaFactory(stage="supported"))

    assert record_of(project) in desk.get(f"/admin/ideas/inspect/{project.idea_id}/").content.decode()
    assert f"/admin/ideas/inspect/{project.idea_id}/" in desk.get(record_of(project)).content.decode()


@pytest.mark.parametrize("words", ["\x00", "terril" * 100, "%"])
def test_a_search_for_nonsense_finds_nobody(desk: Client, words: str) -> None:
    ResidentFactory(name="Ada Terril")

    answer = desk.get(record_of(ProjectFactory()), {"resident": words})

    assert (answer.status_code, answer.context["found"]) == (200, [])
