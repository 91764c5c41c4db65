"""How are conventions and their models found at the desk?"""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from engagement.conventions import amending, ending, freezing
from engagement.models import Convention, ConventionTemplate, Side
from tests.engagement.conventions.conventions import NOW, draft, officer, proposed, sign, signed, supported
from tests.engagement.conventions.desk import at
from tests.engagement.factories import ConventionTemplateFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def test_the_list_filters_by_state_and_by_what_ends_soon(desk: Client):
    by = officer()
    soon = signed(by=by, starts_on=dt.date(2025, 5, 1), months=12)
    past = signed(by=by, starts_on=dt.date(2024, 5, 1), months=12)
    later, begun = signed(by=by), draft(by=by)

    def found(asked: str) -> set[Convention]:
        return set(desk.get(f"{at('index')}?{asked}").context["object_list"])

    assert found("end=soon") == {soon}
    assert found("end=expired") == {past}
    assert found("state=draft") == {begun}
    assert found("state=signed") == {soon, past, later}
    assert found(f"q={later.number}") == {later}


def test_what_is_past_its_last_day_is_red_on_the_list_and_on_the_first_page_until_a_person_ends_it(desk: Client):
    by = officer()
    signed(by=by)
    past = signed(by=by, starts_on=dt.date(2024, 5, 1), months=12)
    index, home = at("index"), reverse("wagtailadmin_home")
    assert desk.get(index).content.decode().count("desk-tag--bad") == 1
    assert at("inspect", past.pk) in desk.get(home).content.decode()

    ending.end(convention=past, on=dt.date(2026, 1, 1), reason="Repris par la commune.", by=by, now=NOW)

    assert "desk-tag--bad" not in desk.get(index).content.decode()
    assert at("inspect", past.pk) not in desk.get(home).content.decode()


def test_the_list_says_the_last_day_itself(desk: Client):
    signed(starts_on=dt.date(2024, 1, 2), months=36)

    shown = desk.get(at("index")).content.decode()

    assert "1\u00a0January 2027" in shown
    assert "0 minutes" not in shown


def test_the_list_costs_the_same_queries_however_long_it_is(desk: Client):
    by = officer()
    draft(by=by)
    desk.get(at("index"))
    with CaptureQueriesContext(connection) as one:
        desk.get(at("index"))
    for _each in range(9):
        draft(by=by)

    with CaptureQueriesContext(connection) as ten:
        desk.get(at("index"))

    assert len(ten) == len(one)


def test_the_list_leaves_as_a_spreadsheet_without_formulas(desk: Client):
    draft(title="=1+1")

    content = desk.get(f"{at('index')}?export=csv").content.decode()

    assert "'=1+1" in content


def test_every_step_stands_in_the_history_in_words(desk: Client):
    by = officer()
    convention = proposed(by=by)
    freezing.take_back(convention=convention, by=by)
    freezing.propose(convention=convention, by=by, now=NOW)
    sign(convention, *Side, by=by)
    amending.begin(convention=convention, by=by, now=NOW)

    page = desk.get(at("history", convention.pk)).content.decode()

    for words in ("Begun from a model", "put out for signature", "a draft again", "Both sides have signed"):
        assert words in page
    assert ModelLogEntry.objects.filter(action__startswith="engagement.convention").count() >= 6


def test_the_record_of_a_project_shows_its_conventions_and_leads_to_the_next(desk: Client):
    convention, waiting = signed(), supported()

    of_one = desk.get(reverse("projects_desk:inspect", args=[convention.project_id])).content.decode()
    of_other = desk.get(reverse("projects_desk:inspect", args=[waiting.pk])).content.decode()

    assert at("inspect", convention.pk) in of_one
    assert f"{at('add')}?project={waiting.pk}" in of_other


# --- Models -----------------------------------------------------------------------------------------------------


def model_data(text: str, heading: str = "Objet") -> dict[str, object]:
    return {
        "name": "Fleurs",
        "is_in_use": "on",
        "clauses-TOTAL_FORMS": 1,
        "clauses-INITIAL_FORMS": 0,
        "clauses-MIN_NUM_FORMS": 1,
        "clauses-MAX_NUM_FORMS": 1000,
        "clauses-0-heading": heading,
        "clauses-0-text": text,
        "clauses-0-ORDER": 1,
    }


def test_a_model_says_which_placeholders_there_are_and_refuses_any_other(desk: Client):
    address = reverse("convention_models:add")
    assert "{durée}" in desk.get(address).content.decode()

    refused = desk.post(address, model_data("Pour {objet} et {licorne}."))

    assert "{licorne}" in refused.content.decode()
    assert not ConventionTemplate.objects.exists()
    desk.post(address, model_data("Pour {objet}, {Duree} et {purpose}."))
    assert ConventionTemplate.objects.get().clauses.get().text == "Pour {objet}, {Duree} et {purpose}."


def test_a_model_that_is_out_of_use_is_not_offered(desk: Client):
    ConventionTemplateFactory(name="Ancien", is_in_use=False)

    assert "Ancien" not in desk.get(at("add")).content.decode()


def test_nothing_private_is_in_the_open_data_of_a_draft(desk: Client, client: Client):
    draft(title="Secret")

    assert json.loads(client.get("/conventions/conventions.json").content) == {"conventions": []}
