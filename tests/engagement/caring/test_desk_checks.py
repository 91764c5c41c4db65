"""What staff see of checks, and what they do about them in the admin."""

from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from communities.models import Resident
from engagement import passing
from engagement.caring import reconciling
from engagement.desk import sections, stewardship
from engagement.models import CheckKind, CheckState, Conclusion, Project, Stage, StewardshipCheck
from tests.communities.factories import ResidentFactory
from tests.engagement.caring.standing import A_DAY, NOW, TODAY, check_in, found, letters, signed, standing
from tests.engagement.factories import DutyFactory, TeammateFactory
from tests.engagement.uploads import files
from tests.factories import StaffFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def march() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def at(name: str, thing: StewardshipCheck | Project | None = None, *more: str) -> str:
    return reverse(f"stewardship:{name}", args=[thing.pk, *more] if thing else [])


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def again(check: StewardshipCheck) -> StewardshipCheck:
    return StewardshipCheck.objects.get(pk=check.pk)


def listed(desk: Client, **asked: str) -> list[StewardshipCheck]:
    return list(desk.get(at("index"), asked).context["object_list"])


# --- The list --------------------------------------------------------------------------------------------------------


def test_what_is_overdue_comes_first_then_what_needs_work(desk: Client) -> None:
    to_come, done, trouble = check_in(5), found(check_in(-3)), found(check_in(-2), CheckState.NEEDS_WORK)
    late = check_in(-1)

    assert listed(desk) == [late, trouble, to_come, done]


@pytest.mark.parametrize("group", ["communication", "elected", "participation"])
def test_who_looks_is_named_to_whoever_may_see_residents_alone(client: Client, group: str) -> None:
    ada, basile = ResidentFactory(name="Ada Terril"), ResidentFactory(name="Basile Coron")
    to_come = check_in(5, project=standing(holder=basile), resident=ada)
    done = found(check_in(-3, project=to_come.project), by=passing.Actor(resident=basile))
    reconciling.tick(now=NOW)
    client.force_login(StaffFactory(**{group: True}))

    for page in (at("index"), at("index") + "?export=csv", at("inspect", to_come), at("inspect", done)):
        answer = client.get(page)
        said = b"".join(answer).decode() if answer.streaming else answer.content.decode()
        assert answer.status_code == 200
        assert ("Ada Terril" in said or "Basile Coron" in said) == (group == "participation"), page
    plan = words(client.get(at("project", to_come.project)))
    assert ("Ada Terril" in plan) == (group == "participation")


@pytest.mark.parametrize("which", ["overdue", "trouble", "to-come", "review", "done", "called-off"])
def test_each_filter_finds_its_own(desk: Client, which: str) -> None:
    trouble = found(check_in(-2), CheckState.NEEDS_WORK)
    every = {
        "overdue": [check_in(-1)],
        "trouble": [trouble],
        "to-come": [check_in(5)],
        "review": [check_in(0, kind=CheckKind.REVIEW)],
        "done": [found(check_in(-3)), trouble],
        "called-off": [check_in(9, state=CheckState.CANCELLED)],
    }
    every["to-come"] += every["review"]

    assert set(listed(desk, which=which)) == set(every[which])


def test_checks_are_searched_by_what_is_looked_at_and_by_project(desk: Client) -> None:
    check_in(5, what="Les vis")
    wood = check_in(5, what="Le bois", project=standing(title="Le verger"))

    assert listed(desk, q="bois") == listed(desk, q="verger") == [wood]


def test_as_many_queries_for_one_check_as_for_fifty(desk: Client, django_assert_max_num_queries) -> None:
    check_in(5)
    desk.get(at("index"))
    with django_assert_max_num_queries(30) as few:
        desk.get(at("index"))
    for days in range(45):
        check_in(days, resident=ResidentFactory())

    with django_assert_max_num_queries(len(few)):
        desk.get(at("index"))


def test_an_empty_list_says_what_will_be_there(desk: Client) -> None:
    assert "No check is planned." in words(desk.get(at("index")))
    assert "No check matches." in words(desk.get(at("index"), {"which": "overdue"}))


def test_the_list_leaves_as_a_spreadsheet(desk: Client) -> None:
    found(check_in(-3, what="=cmd()"), words="Rien")

    leaves = desk.get(at("index"), {"export": "csv"}).content.decode("utf-8-sig")

    assert "'=cmd()" in leaves
    assert "Rien" in leaves


def bulk(checks: list[StewardshipCheck]) -> str:
    address = reverse("wagtail_bulk_action", args=["engagement", "stewardshipcheck", "call_off"])
    return f"{address}?{'&'.join(f'id={check.pk}' for check in checks)}"


def test_several_are_called_off_at_once_and_what_was_done_stays(desk: Client) -> None:
    first, second, done = check_in(5), check_in(6), found(check_in(-3))

    shown = words(desk.get(bulk([first, second, done])))
    desk.post(bulk([first, second, done]), {"words": "Hiver."})

    assert "These stay as they are" in shown
    assert [again(check).state for check in (first, second, done)] == ["cancelled", "cancelled", "good"]
    assert again(first).words == "Hiver."


def test_communication_calls_nothing_off_by_the_bulk_action(client: Client) -> None:
    client.force_login(StaffFactory(communication=True))
    check = check_in(5)

    client.post(bulk([check]), {"words": "x"})

    assert again(check).is_to_come


# --- One check -------------------------------------------------------------------------------------------------------


def test_a_check_says_who_is_asked_and_which_letters_left(desk: Client) -> None:
    check = check_in(3, resident=ResidentFactory(name="Ada Terril"))
    reconciling.tick(now=NOW)

    page = words(desk.get(at("inspect", check)))

    assert page.count("Ada Terril") >= 2
    assert len(letters()) == 1


def test_where_nobody_can_be_asked_it_says_that_the_town_hall_looks(desk: Client) -> None:
    check = check_in(3, project=standing(holder=None))

    assert "it is for the town hall to look" in words(desk.get(at("inspect", check)))


def test_what_somebody_said_on_the_telephone_is_typed_in(desk: Client) -> None:
    caller: Resident = ResidentFactory()
    check = check_in(3, resident=caller)
    form = desk.get(at("type_in", check)).context["form"]
    assert set(form.fields["resident"].queryset) == {caller, check.project.team.get().resident}

    said = {"resident": caller.pk, "state": "needs_work", "words": "Une latte manque.", "seen": form["seen"].value()}
    desk.post(at("type_in", check), said | {"photo": SimpleUploadedFile("x.jpg", files.photo())})

    answered = again(check)
    assert (answered.state, answered.answered_by, answered.words) == ("needs_work", caller, "Une latte manque.")
    assert answered.noted_by is not None
    page = words(desk.get(at("inspect", check)))
    assert "Une latte manque." in page
    assert at("photo", check) in page


def test_typed_in_after_somebody_else_answered_it_is_refused_with_a_sentence(desk: Client) -> None:
    check = found(check_in(3))

    answer = desk.post(
        at("type_in", check),
        {"state": "needs_work", "seen": ""},
        headers={"referer": at("inspect", check)},
        follow=True,
    )

    assert "Somebody has answered meanwhile" in words(answer)
    assert again(check).is_good


def test_the_photograph_is_seen_at_the_desk_shown_and_hidden(desk: Client) -> None:
    check = check_in(3)
    desk.post(at("type_in", check), {"state": "good", "photo": SimpleUploadedFile("x.jpg", files.photo())})
    assert desk.get(at("photo", check))["Content-Type"] == "image/jpeg"

    desk.post(at("show_photo", check), {"shown": "yes"})
    assert again(check).is_photo_public
    desk.post(at("show_photo", check), {"shown": "no"})

    assert not again(check).is_photo_public
    assert desk.get(at("photo", check_in(3))).status_code == 404


def test_a_check_moves_to_another_day(desk: Client) -> None:
    check = check_in(3)

    desk.post(at("move", check), {"due_on": (TODAY + 9 * A_DAY).isoformat()})
    assert again(check).due_on == TODAY + 9 * A_DAY
    refused = desk.post(at("move", check), {"due_on": "hier"}, follow=True)

    assert "Please choose a day." in words(refused)
    past = desk.post(at("move", check), {"due_on": (TODAY - A_DAY).isoformat()}, follow=True)
    assert "This day is past" in words(past)


def test_a_check_is_entrusted_to_somebody_of_the_team_and_to_nobody_else(desk: Client) -> None:
    check, neighbour = check_in(3, asked_at=NOW), ResidentFactory()
    mate = TeammateFactory(project=check.project).resident

    desk.post(at("entrust", check), {"resident": mate.pk})
    refused = desk.post(at("entrust", check), {"resident": neighbour.pk}, follow=True)

    assert "Please choose somebody of the team." in words(refused)
    assert (again(check).resident, again(check).asked_at) == (mate, None)
    done = found(check_in(-3))
    assert "done or called off meanwhile" in words(desk.post(at("entrust", done), {"resident": ""}, follow=True))


def test_a_check_is_called_off_once(desk: Client) -> None:
    check = check_in(3)

    first = desk.post(at("call_off", check), {"words": "Neige."}, follow=True)
    second = desk.post(at("call_off", check), {"words": "x"}, follow=True)

    assert "The check is called off." in words(first)
    assert "done or called off meanwhile" in words(second)
    assert "Neige." in words(second)


def test_a_trouble_is_put_right(desk: Client) -> None:
    check = found(check_in(-2), CheckState.NEEDS_WORK)

    desk.post(at("put_right", check), {"words": "Latte remplacée."})

    assert not StewardshipCheck.objects.troubles().exists()
    assert "put it right meanwhile" in words(desk.post(at("put_right", check), {"words": ""}, follow=True))


def test_a_review_is_concluded_and_the_next_one_opens(desk: Client) -> None:
    project = standing()
    signed(project, on=TODAY.replace(year=2025), months=96)
    review = check_in(0, project=project, kind=CheckKind.REVIEW)
    assert "Please choose a conclusion." in words(desk.post(at("conclude", review), {}, follow=True))

    answer = desk.post(at("conclude", review), {"conclusion": "renewed", "words": ""}, follow=True)

    assert again(review).conclusion == Conclusion.RENEWED
    assert "write the amendment" in words(answer)
    assert reverse("conventions_desk:inspect", args=[project.conventions.get().pk]) in words(answer)
    assert answer.context["check"] == project.checks.to_come().get()


def test_a_check_keeps_what_happened_to_it_and_who_did_it(desk: Client) -> None:
    check = check_in(3)
    desk.post(at("move", check), {"due_on": (TODAY + 9 * A_DAY).isoformat()})
    desk.post(at("type_in", check), {"state": "needs_work", "seen": ""})

    page = words(desk.get(at("inspect", check)))

    assert page.index("What was found is written down") < page.index("Check moved to another day")


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
    desk.post(at("pass", project, after), {"words": "Parce que."})

    assert "Ada Terril" in page
    assert ("1 check to come will be called off." in page) is (after != Stage.STEWARDSHIP)
    project.refresh_from_db()
    assert project.stage == after


def test_what_ended_leads_to_the_end_of_its_convention(desk: Client) -> None:
    project = standing()
    signed(project, on=TODAY.replace(year=2025), months=96)

    answer = desk.post(at("pass", project, Stage.CLOSED), {"words": "Usés."}, follow=True)

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

    answer = desk.post(at("pass", project, Stage.STEWARDSHIP), {"words": "x"})

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
    panel = stewardship.section(request, project, NOW)
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


@pytest.mark.parametrize("stage", stewardship.PASSAGES)
def test_the_record_leads_to_the_page_of_each_of_these_passages(stage: Stage) -> None:
    project = standing()

    assert sections.pages_of(project)[stage] == at("pass", project, stage)
