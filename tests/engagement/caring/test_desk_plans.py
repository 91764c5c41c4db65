"""What staff plan for a project, how it passes on, and what their first page and its record say."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from communities.models import Delivery, Mailing
from engagement.desk import sections
from engagement.desk.caring.section import section as section_of
from engagement.desk.steps import CARE_STEPS
from engagement.models import CheckKind, CheckState, Project, Stage
from tests.communities.factories import ResidentFactory
from tests.engagement.caring.desk import at, words
from tests.engagement.caring.standing import NOW, TODAY, check_in, found, signed, standing
from tests.engagement.factories_of_what_was_done import DutyFactory
from tests.factories import StaffFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march", "in_english")]


# --- The plan of a project -------------------------------------------------------------------------------------------


def test_checks_are_planned_from_the_plan_of_a_project(desk: Client) -> None:
    project = standing(Stage.DELIVERED)
    assert "nobody is asked to look how it fares" in words(desk.get(at("project", project)))

    asked = {"what": "Les vis", "first_on": "2027-04-01", "every_months": "6", "until": "2028-04-01", "resident": ""}
    answer = desk.post(at("project", project), asked, follow=True)

    assert "3 checks are planned." in words(answer)
    assert "nobody is asked to look" not in words(answer)


def test_a_plan_in_the_past_is_refused_and_what_was_typed_stays(desk: Client) -> None:
    asked = {"what": "Les vis", "first_on": "2026-04-01", "every_months": "6", "until": "2028-04-01", "resident": ""}

    answer = desk.post(at("project", standing()), asked)

    assert "This day is past" in words(answer)
    assert answer.context["form"]["what"].value() == "Les vis"


def test_communication_reads_the_plan_and_changes_nothing(client: Client) -> None:
    client.force_login(StaffFactory(communication=True))
    project = standing(Stage.DELIVERED)

    page = words(client.get(at("project", project)))
    client.post(
        at("project", project), {"what": "x", "first_on": "2027-04-01", "every_months": "0", "until": "2027-04-01"}
    )

    assert "Plan checks" not in page
    assert not project.checks.exists()


def test_a_duty_is_written_down_and_dropped(desk: Client) -> None:
    project = standing()
    desk.post(at("note_duty", project), {"what": "Arroser", "when": "Le samedi", "who": "", "side": "residents"})
    duty = project.duties.get()
    assert "Arroser" in words(desk.get(at("project", project)))

    desk.post(reverse("stewardship:drop_duty", args=[duty.pk]))
    assert "say what is done" in words(desk.post(at("note_duty", project), {"what": ""}, follow=True))

    assert not project.duties.exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Stage.DELIVERED, Stage.STEWARDSHIP),
        (Stage.STEWARDSHIP, Stage.TAKEN_BACK),
        (Stage.TAKEN_BACK, Stage.STEWARDSHIP),
        (Stage.STEWARDSHIP, Stage.CLOSED),
        (Stage.DELIVERED, Stage.CLOSED),
        (Stage.TAKEN_BACK, Stage.CLOSED),
    ],
)
def test_each_passage_says_what_follows_and_whom_it_tells_before_it_is_made(
    desk: Client, before: Stage, after: Stage
) -> None:
    project = standing(before, holder=ResidentFactory(name="Ada Terril"))
    check_in(30, project=project)
    assert at("pass", project, after) in words(desk.get(at("project", project)))

    page = words(desk.get(at("pass", project, after)))
    foretold = words(desk.post(at("pass", project, after), {"words": "Parce que."}))
    nothing_left = not Mailing.objects.exists()
    desk.post(at("pass", project, after), {"words": "Parce que.", "act": "1"})

    assert ("1 check to come will be called off." in page) is (after != Stage.STEWARDSHIP)
    assert nothing_left
    assert "What those who carry it receive" in foretold
    assert "Ada Terril" in foretold
    assert "Parce que." in foretold
    assert str(Delivery.objects.get().resident) == "Ada Terril"
    project.refresh_from_db()
    assert project.stage == after


def test_what_ended_leads_to_the_end_of_its_convention(desk: Client) -> None:
    project = standing()
    signed(project, on=TODAY.replace(year=2025), months=96)

    answer = desk.post(at("pass", project, Stage.CLOSED), {"words": "Usés.", "act": "1"}, follow=True)

    assert reverse("conventions_desk:end", args=[project.conventions.get().pk]) in words(answer)


@pytest.mark.parametrize("after", [Stage.TAKEN_BACK, Stage.CLOSED])
def test_without_a_reason_it_does_not_pass(desk: Client, after: Stage) -> None:
    project = standing()

    answer = desk.post(at("pass", project, after), {"words": " "})

    assert answer.context["form"].errors
    project.refresh_from_db()
    assert project.stage == Stage.STEWARDSHIP


def test_without_a_plan_it_does_not_pass_into_stewardship_and_the_page_says_so(desk: Client) -> None:
    project = standing(Stage.DELIVERED)

    page = words(desk.get(at("pass", project, Stage.STEWARDSHIP)))
    answer = desk.post(at("pass", project, Stage.STEWARDSHIP), {"words": ""})

    assert "No check is to come." in page
    assert "Plan at least one check first" in words(answer)


@pytest.mark.parametrize("before", [stage for stage in Stage if stage not in Stage.built()])
def test_a_passage_that_is_none_is_refused_with_a_sentence(desk: Client, before: Stage) -> None:
    project = standing(before)
    check_in(30, project=project)

    answer = desk.post(at("pass", project, Stage.STEWARDSHIP), {"words": "x"}, follow=True)

    assert "cannot pass" in words(answer)


def test_a_stage_that_is_none_of_these_leads_nowhere(desk: Client) -> None:
    assert desk.get(at("pass", standing(), "signed")).status_code == 404


# --- The first page --------------------------------------------------------------------------------------------------


def test_the_first_page_names_what_is_overdue_broken_or_to_be_concluded(desk: Client) -> None:
    late = check_in(-1, what="Les vis")
    trouble = found(check_in(-2, what="Le bois"), CheckState.NEEDS_WORK)
    review = check_in(0, what="Le bilan", kind=CheckKind.REVIEW)

    page = words(desk.get(reverse("wagtailadmin_home")))

    for check in (late, trouble, review):
        assert at("inspect", check) in page
    assert page.index("Les vis") < page.index("Le bois") < page.index("Le bilan")


def test_the_first_page_says_nothing_while_all_is_well_or_to_whoever_may_not_see_it(client: Client) -> None:
    found(check_in(-2))
    client.force_login(StaffFactory(participation=True))
    assert "What is built needs you" not in words(client.get(reverse("wagtailadmin_home")))


def section(project: Project, **who: bool) -> str:
    request = RequestFactory().get("/")
    request.user = StaffFactory(**who)
    panel = section_of(request, project, NOW)
    return " ".join(render_to_string(panel[0], dict(panel[1]), request).split()) if panel else ""


def test_the_record_of_a_project_says_how_it_is_looked_after_and_warns_where_no_check_is_planned() -> None:
    project = standing(Stage.DELIVERED)
    DutyFactory(project=project)

    assert "Arroser les bacs" in section(project, participation=True)
    assert "nobody is asked to look how it fares" in section(project, participation=True)
    late = check_in(-1, project=project)

    assert at("inspect", late) in section(project, communication=True)
    assert "overdue" in section(project, communication=True)


@pytest.mark.parametrize("stage", [Stage.SUPPORTED, Stage.SIGNED, Stage.GIVEN_UP])
def test_the_record_says_nothing_of_it_before_work_begins_or_to_whoever_may_not_see_it(stage: Stage) -> None:
    assert section(standing(stage), participation=True) == ""
    assert section(standing(Stage.DELIVERED)) == ""


@pytest.mark.parametrize("stage", CARE_STEPS)
def test_the_record_leads_to_the_page_of_each_of_these_passages(stage: Stage) -> None:
    project = standing()

    assert sections.pages_of(project)[stage] == at("pass", project, stage)
