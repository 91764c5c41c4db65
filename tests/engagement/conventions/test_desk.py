"""Can the town hall begin, write, freeze, sign, amend and end a convention from its desk, without JavaScript?"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from communities.models import Delivery
from engagement.conventions import versions
from engagement.models import Convention, Stage
from tests.communities.factories import ResidentFactory
from tests.engagement.conventions.conventions import draft, officer, proposed, signed, supported, write
from tests.engagement.conventions.desk import at, said
from tests.engagement.factories import ConventionTemplateFactory
from tests.engagement.factories_of_what_was_done import YearMeansFactory
from tests.engagement.uploads import files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


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
    assert versions.latest(kept)["articles"][0]["text"] == "Six bancs : {objet}"
    assert kept.versions.latest("number").note == "Les riverains arrosent."


def test_sending_the_page_back_untouched_writes_no_version(desk: Client):
    convention = draft()
    before = versions.number_of(convention)

    answer = desk.post(at("edit", convention.pk), filled(desk, convention), follow=True)

    assert versions.number_of(convention) == before
    assert "Nothing had changed." in said(answer)


def test_amounts_are_shown_without_zeros_that_say_nothing(desk: Client):
    shown = desk.get(at("edit", draft().pk)).context["sides"]

    lines = {side.value: lines[0] for side, lines in shown}
    assert str(lines["commune"]["value"].value()) == "900"
    assert str(lines["residents"]["quantity"].value()) == "40"


def test_the_only_model_is_chosen(desk: Client):
    project, template = supported(), ConventionTemplateFactory()
    ConventionTemplateFactory(is_in_use=False)
    assert desk.get(at("add"), {"project": project.pk}).context["form"].initial["template"] == template

    ConventionTemplateFactory()
    assert desk.get(at("add"), {"project": project.pk}).context["form"].initial["template"] is None


def test_articles_stand_in_the_order_of_their_numbers(desk: Client):
    convention = draft()
    data = filled(desk, convention) | {"articles-0-ORDER": "9", "articles-1-ORDER": "1"}

    desk.post(at("edit", convention.pk), data)

    assert [article["heading"] for article in versions.latest(convention)["articles"]] == ["Durée", "Objet"]


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
    articles = versions.latest(convention)["articles"]
    write(convention, by=by, articles=[{**articles[0], "text": "Sept bancs neufs."}, articles[1]])

    page = desk.get(at("versions", convention.pk)).content.decode()

    assert "<ins>" in page
    assert "<del>" in page
    assert (
        "These two versions say the same"
        in desk.get(at("versions", convention.pk) + "?before=1&after=1").content.decode()
    )
    assert desk.get(at("versions", convention.pk) + "?before=99&after=x").status_code == 200
