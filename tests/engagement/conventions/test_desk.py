"""Can the town hall begin, write, freeze, sign, amend and end a convention from its desk, without JavaScript?"""

import datetime as dt
import json

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from communities.models import Delivery
from engagement.conventions import amending, drafting, freezing, versions
from engagement.models import Convention, ConventionTemplate, Side, Stage
from tests.communities.factories import ResidentFactory
from tests.engagement.conventions.conventions import NOW, draft, officer, proposed, sign, signed, supported, write
from tests.engagement.factories import ConventionTemplateFactory, YearMeansFactory
from tests.engagement.uploads import files
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel(NOW + dt.timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def desk(client: Client):
    """Signed in as an officer."""
    client.force_login(officer())
    return client


def at(view: str, *args: int) -> str:
    return reverse(f"conventions_desk:{view}", args=args)


def said(page) -> list[str]:
    """What the desk told the person."""
    return [str(message).strip() for message in page.context["messages"]] if page.context else []


def filled(client: Client, convention: Convention) -> dict[str, object]:
    """What the page to write on would send back, untouched."""
    context = client.get(at("edit", convention.pk)).context
    formsets = [context["articles"], *(lines for _side, lines in context["sides"])]
    data: dict[str, object] = {}
    for form in [
        context["form"],
        *(each.management_form for each in formsets),
        *(f for each in formsets for f in each),
    ]:
        for field in form:
            value = field.value()
            data[field.html_name] = "" if value is None else value.isoformat() if hasattr(value, "isoformat") else value
    return {name: value for name, value in data.items() if value is not False}


def test_a_convention_is_begun_from_its_project(desk: Client):
    project, template = supported(title="Des bancs"), ConventionTemplateFactory()
    page = desk.get(at("add"), {"project": project.pk})
    assert page.context["form"].initial["project"] == str(project.pk)

    answer = desk.post(at("add"), {"project": project.pk, "template": template.pk})

    convention = Convention.objects.get()
    assert answer.headers["Location"] == at("edit", convention.pk)
    assert convention.project.stage == Stage.DRAFTING


def test_a_project_whose_convention_is_being_written_is_not_offered(desk: Client):
    convention = draft()

    answer = desk.post(at("add"), {"project": convention.project_id, "template": ConventionTemplateFactory().pk})

    assert answer.status_code == 200
    assert answer.context["form"].errors["project"]
    assert Convention.objects.count() == 1


def test_an_officer_writes_fields_articles_and_both_sides_by_a_plain_form(desk: Client):
    convention = draft()
    data = filled(desk, convention)
    new = int(str(data["residents-INITIAL_FORMS"]))

    data |= {
        "title": "Les bancs du chemin",
        "articles-0-text": "Six bancs : {objet}",
        f"residents-{new}-what": "Arroser",
        f"residents-{new}-kind": "maintenance",
        f"residents-{new}-quantity": "12.5",
        f"residents-{new}-unit": "h",
        "commune-0-DELETE": "on",
        "note": "Les riverains arrosent.",
    }
    answer = desk.post(at("edit", convention.pk), data)

    assert answer.status_code == 302, answer.context["form"].errors
    kept = Convention.objects.get(pk=convention.pk)
    assert kept.title == "Les bancs du chemin"
    assert {(each.side, each.what, str(each.quantity)) for each in kept.commitments.all()} == {
        ("residents", "Construire", "40.00"),
        ("residents", "Arroser", "12.50"),
    }
    assert drafting.written_now(kept)["articles"][0]["text"] == "Six bancs : {objet}"
    assert kept.versions.latest("number").note == "Les riverains arrosent."


def test_sending_the_page_back_untouched_writes_no_version(desk: Client):
    convention = draft()
    before = versions.number_of(convention)

    answer = desk.post(at("edit", convention.pk), filled(desk, convention), follow=True)

    assert versions.number_of(convention) == before
    assert "Nothing had changed." in said(answer)


def test_articles_stand_in_the_order_of_their_numbers(desk: Client):
    convention = draft()
    data = filled(desk, convention) | {"articles-0-ORDER": "9", "articles-1-ORDER": "1"}

    desk.post(at("edit", convention.pk), data)

    assert [article["heading"] for article in drafting.written_now(convention)["articles"]] == ["Durée", "Objet"]


def test_more_lines_come_by_a_button_that_keeps_what_was_written(desk: Client):
    convention = draft()
    data = filled(desk, convention) | {"title": "Les bancs", "more": "commune"}

    answer = desk.post(at("edit", convention.pk), data)

    assert answer.headers["Location"].endswith("?more=commune#commune")
    lines = dict(desk.get(answer.headers["Location"]).context["sides"])["commune"]
    assert len(lines.forms) == 1 + 5
    assert Convention.objects.get(pk=convention.pk).title == "Les bancs"


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"starts_on": "hier"}, {"commune-0-what": ""}, {"residents-0-quantity": "-4"}]
)
def test_what_is_wrong_is_marked_and_nothing_is_kept(desk: Client, wrong):
    convention = draft()
    before = versions.number_of(convention)

    answer = desk.post(at("edit", convention.pk), filled(desk, convention) | wrong)

    assert answer.status_code == 422
    assert versions.number_of(convention) == before


def test_who_comes_second_with_an_old_page_overwrites_nothing(desk: Client):
    convention = draft()
    old_page = filled(desk, convention)
    write(convention, by=officer(), title="Ce que l’autre a écrit")

    answer = desk.post(at("edit", convention.pk), old_page | {"title": "Le mien"})

    assert answer.status_code == 409
    assert Convention.objects.get(pk=convention.pk).title == "Ce que l’autre a écrit"


def test_frozen_signed_by_a_sheet_and_in_force(desk: Client):
    convention = draft()
    desk.post(at("propose", convention.pk))
    sheet = {
        "signed_on": "2026-03-02",
        "residents_name": "Ada Terril",
        "commune_name": "Basile Coron",
        "commune_quality": "maire",
        "scan": SimpleUploadedFile("signee.pdf", files.pdf(), content_type="application/pdf"),
    }

    answer = desk.post(at("paper", convention.pk), sheet, follow=True)

    assert Convention.objects.get(pk=convention.pk).is_signed, said(answer)
    signature = convention.signatures.first()
    scan = desk.get(at("scan", convention.pk, signature.pk))
    assert (scan.status_code, scan.headers["Content-Type"]) == (200, "application/pdf")
    assert "Both sides have signed" in answer.content.decode()


def test_a_sheet_needs_its_scan_and_the_scan_must_be_one(desk: Client):
    convention = proposed()
    sheet = {"signed_on": "2026-03-02", "residents_name": "Ada Terril"}
    fake = SimpleUploadedFile("signee.pdf", b"<svg onload=alert(1)>", content_type="application/pdf")

    assert desk.post(at("paper", convention.pk), sheet).status_code == 422
    assert desk.post(at("paper", convention.pk), sheet | {"scan": fake}).status_code == 422
    assert not convention.signatures.exists()


def test_signatures_on_screen_are_asked_of_a_resident_and_of_the_mayor(desk: Client):
    holder = ResidentFactory(email="ada@example.org")
    convention = proposed(project=supported(holder=holder))
    mate = convention.project.team.get()

    desk.post(at("ask", convention.pk), {"side": "residents", "residents-mate": mate.pk})
    mayor = {"side": "commune", "commune-name": "Basile Coron", "commune-email": "maire@example.org"}
    desk.post(at("ask", convention.pk), mayor)

    letters = Delivery.objects.filter(mailing__kind="signature-request").order_by("pk")
    assert [(each.resident, each.test_address) for each in letters] == [(holder, ""), (None, "maire@example.org")]


def test_someone_without_an_address_signs_on_paper(desk: Client):
    convention = proposed(project=supported(holder=ResidentFactory(email="", street="3 rue du Terril")))

    page = desk.get(at("ask", convention.pk))

    assert "they sign on paper" in page.content.decode()


def test_before_it_is_signed_the_page_says_what_it_adds_and_whether_there_is_enough(desk: Client):
    YearMeansFactory(year=2026, euros=500, hours=10)
    convention = proposed()

    page = desk.get(at("inspect", convention.pk)).content.decode()

    assert "What signing adds" in page
    assert "more than there is" in page


def test_an_amendment_and_the_end_are_noted_from_the_page(desk: Client):
    convention = signed()

    begun = desk.post(at("amend", convention.pk), {"renew": "1"})
    amendment = convention.amendments.get()
    ended = desk.post(at("end", convention.pk), {"on": "2026-03-02", "reason": "Le banc est repris."}, follow=True)

    assert begun.headers["Location"] == at("edit", amendment.pk)
    assert Convention.objects.get(pk=convention.pk).is_ended
    assert "both sides are told" in said(ended)[-1]


def test_versions_are_compared_word_by_word_and_not_by_colour_alone(desk: Client):
    convention, by = draft(), officer()
    articles = drafting.written_now(convention)["articles"]
    write(convention, by=by, articles=[{**articles[0], "text": "Sept bancs neufs."}, articles[1]])

    page = desk.get(at("versions", convention.pk)).content.decode()

    assert "<ins>" in page
    assert "<del>" in page
    assert (
        "These two versions say the same"
        in desk.get(at("versions", convention.pk) + "?before=1&after=1").content.decode()
    )
    assert desk.get(at("versions", convention.pk) + "?before=99&after=x").status_code == 200


# --- What is signed stays, by every route -----------------------------------------------------------------------


@pytest.mark.parametrize("who", ["participation", "administration"])
def test_no_address_of_the_desk_changes_or_deletes_what_is_signed(client: Client, who):
    convention, by = signed(), StaffFactory(**{who: True})
    client.force_login(by)
    before = Convention.objects.filter(pk=convention.pk).values().get()
    kept = (convention.commitments, convention.signatures, convention.versions)
    rows = [list(each.values()) for each in kept]

    for view in ("edit", "propose", "take_back", "drop", "delete", "paper", "ask"):
        answer = client.post(at(view, convention.pk), {"title": "x", "state": "draft", "side": "commune"}, follow=True)
        assert said(answer), view
    assert client.get(at("edit", convention.pk)).status_code == 302
    bulk = reverse("wagtail_bulk_action", args=["engagement", "convention", "delete"])
    assert client.post(f"{bulk}?id={convention.pk}").status_code in {302, 404}

    assert Convention.objects.filter(pk=convention.pk).values().get() == before
    assert [list(each.values()) for each in kept] == rows


WRITING = ["propose", "take_back", "drop", "amend", "delete", "edit"]
SIGNING = ["paper", "ask", "end"]


@pytest.mark.parametrize("view", [*WRITING, *SIGNING])
def test_communication_reads_conventions_and_does_nothing_to_them(client: Client, view):
    convention = draft()
    client.force_login(StaffFactory(communication=True))

    assert client.get(at("inspect", convention.pk)).status_code == 200
    answer = client.post(at(view, convention.pk), {})

    assert answer.status_code == 302
    assert Convention.objects.get(pk=convention.pk).is_draft
    assert not answer.headers["Location"].startswith(at("inspect", convention.pk))


def test_one_who_may_write_but_not_sign_notes_no_signature(client: Client):
    by = officer()
    by.user_permissions.clear()
    by.groups.get().permissions.remove(*by.groups.get().permissions.filter(codename="sign_convention"))
    convention = proposed(by=by)
    client.force_login(by)

    page = client.get(at("inspect", convention.pk)).content.decode()

    assert "Note a signed sheet" not in page
    assert client.get(at("paper", convention.pk)).status_code == 302


# --- Lists ------------------------------------------------------------------------------------------------------


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
    freezing.take_back(convention=convention, by=by, now=NOW)
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
