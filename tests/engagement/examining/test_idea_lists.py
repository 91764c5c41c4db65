"""Where the ideas stand: the list, the board, and what the first page says of them."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engagement.models import Idea, IdeaStage, IdeaSupport
from tests.communities.factories import NeighbourhoodFactory, ResidentFactory
from tests.engagement.examining.desks import signed_in
from tests.engagement.factories import IdeaFactory, ThemeFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

LIST, BOARD = "/admin/ideas/", "/admin/ideas/board/"
LONG_AGO = dt.timedelta(days=90)


@pytest.fixture
def officer():
    return StaffFactory(participation=True, first_name="Ada", last_name="Terril")


@pytest.fixture
def desk(client: Client, officer) -> Client:
    client.force_login(officer)
    return client


def overdue(**facts: object) -> Idea:
    return IdeaFactory(received_at=timezone.now() - LONG_AGO, created_at=timezone.now() - LONG_AGO, **facts)


def titles(desk: Client, **asked: object) -> list[str]:
    return [idea.title for idea in desk.get(LIST, asked).context["object_list"]]


def test_ideas_are_narrowed_by_stage_answer_neighbourhood_officer_and_theme(desk: Client, officer):
    place, theme = NeighbourhoodFactory(), ThemeFactory()
    overdue(title="En retard")
    IdeaFactory(title="Ici", neighbourhood=place, stage=IdeaStage.RECEIVED)
    IdeaFactory(title="La nature", theme=theme, officer=officer)
    IdeaFactory(title="Refusée", stage=IdeaStage.REFUSED, public=True)

    assert titles(desk, answer="overdue") == ["En retard"]
    assert titles(desk, neighbourhood=place.pk) == ["Ici"]
    assert titles(desk, stage="received") == ["Ici"]
    assert titles(desk, theme=theme.pk) == titles(desk, officer=officer.pk) == ["La nature"]
    assert titles(desk, shown="public") == ["Refusée"]


def test_a_draft_is_nobodys_business(desk: Client):
    draft = IdeaFactory(title="Brouillon", stage=IdeaStage.DRAFT)

    assert titles(desk) == []
    hidden = [f"{LIST}{part}/{draft.pk}/" for part in ("inspect", "edit")]
    assert [desk.get(page).status_code for page in hidden] == [404, 404]
    assert desk.get(f"{LIST}{draft.pk}/pass/received/").status_code == 404
    assert desk.post(f"{LIST}{draft.pk}/public/").status_code == 404


@pytest.mark.parametrize("words", ["ecole", "École", "ecole nichoirs"])
def test_an_idea_is_found_whatever_the_accents(desk: Client, words: str):
    IdeaFactory(title="Des nichoirs à l’école")
    IdeaFactory(title="Une mare", what="Une mare.")

    assert titles(desk, q=words) == ["Des nichoirs à l’école"]


def test_an_idea_is_found_by_who_proposes_it_for_whoever_may_see_names(desk: Client):
    IdeaFactory(title="Des bancs", resident=ResidentFactory(name="Félix Gaillette"))

    assert titles(desk, q="felix") == ["Des bancs"]
    assert titles(signed_in(communication=True), q="felix") == []


@pytest.mark.parametrize("page", [LIST, BOARD, f"{LIST}?export=csv"])
def test_a_page_of_ideas_asks_as_many_questions_for_many_as_for_few(desk: Client, page: str):
    a_lively_idea()
    desk.get(page)
    for_few = questions(desk, page)

    for _more in range(12):
        a_lively_idea()

    assert questions(desk, page) == for_few
    assert for_few <= 30


def a_lively_idea() -> Idea:
    idea = overdue(neighbourhood=NeighbourhoodFactory(), officer=StaffFactory(), liaison=StaffFactory())
    IdeaSupport.objects.create(idea=idea, resident=ResidentFactory(), created_at=timezone.now())
    IdeaFactory(stage=IdeaStage.REFUSED, theme=ThemeFactory())
    return idea


def questions(desk: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(page).status_code == 200
    return len(asked)


def test_the_board_says_in_words_what_is_overdue_and_since_when(desk: Client, officer):
    idea = overdue(title="Des nichoirs", officer=officer)
    IdeaSupport.objects.create(
        idea=idea, resident=ResidentFactory(), created_at=timezone.now(), confirmed_at=timezone.now()
    )

    shown = desk.get(BOARD).content.decode()

    assert "Answer overdue by 30 days" in shown
    assert "received 90 days ago" in shown
    assert "1 support" in shown
    assert "Ada Terril" in shown


def test_an_empty_board_says_what_will_be_there_and_what_to_do(desk: Client):
    assert "No idea has reached the town hall yet." in desk.get(BOARD).content.decode()


def test_a_column_that_is_full_says_how_many_more_there_are_and_where(desk: Client, monkeypatch):
    monkeypatch.setattr("engagement.desk.ideas.board.MOST_IN_A_COLUMN", 2)
    IdeaFactory.create_batch(3)

    shown = desk.get(BOARD).content.decode()

    assert "1 other idea" in shown
    assert "/admin/ideas/?stage=examination" in shown


def test_the_list_is_exported_as_it_is_narrowed_and_holds_no_formula(desk: Client):
    overdue(title="=1+1", resident=ResidentFactory(name="Zoé Ardoise", email="zoe@example.org"))
    IdeaFactory(title="Ailleurs", stage=IdeaStage.REFUSED)

    response = desk.get(LIST, {"export": "csv", "answer": "overdue"})

    (row,) = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    assert (row["idea"], row["overdue"], row["e-mail"]) == ("'=1+1", "yes", "zoe@example.org")


@pytest.mark.parametrize("group", ["communication", "elected"])
def test_whoever_may_not_see_residents_exports_ideas_without_them(group: str):
    IdeaFactory(resident=ResidentFactory(name="Zoé Ardoise", email="zoe@example.org"))

    written = signed_in(**{group: True}).get(LIST, {"export": "csv"}).content.decode()

    assert "Zo" not in written
    assert "zoe@" not in written


# --- The first page -------------------------------------------------------------------------------------------------


def test_the_first_page_says_which_answers_are_overdue_and_which_come_next(desk: Client):
    overdue(title="Des nichoirs")
    IdeaFactory(title="Une mare")

    shown = desk.get("/admin/").content.decode()

    assert "1 idea should have had its answer" in shown
    assert "overdue by 30 days" in shown
    assert "Une mare" in shown


def test_the_first_page_says_nothing_of_ideas_when_none_waits(desk: Client):
    IdeaFactory(stage=IdeaStage.REFUSED)

    assert "Ideas that wait for an answer" not in desk.get("/admin/").content.decode()


def test_the_first_page_asks_no_more_for_many_ideas(desk: Client):
    a_lively_idea()
    desk.get("/admin/")
    for_few = questions(desk, "/admin/")

    for _more in range(8):
        a_lively_idea()

    assert questions(desk, "/admin/") <= for_few + 2
