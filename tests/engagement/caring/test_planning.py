"""On which days does somebody look, who does what meanwhile, and when do residents begin to look after it?"""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.log_actions import registry

from communities.models import Mailing
from engagement import passing
from engagement.caring import dates, planning
from engagement.conventions import reminding
from engagement.models import (
    CheckKind,
    CheckState,
    Convention,
    Duty,
    NoticeKind,
    Passage,
    Project,
    Side,
    Stage,
    StewardshipCheck,
)
from engagement.refusals import MayNot, Refusal
from tests.communities.factories import ResidentFactory
from tests.engagement.caring.standing import A_DAY, NOW, TODAY, check_in, officer, sign, signed, standing
from tests.engagement.factories import ConventionFactory
from tests.engagement.factories_of_what_was_done import DutyFactory
from tests.factories import StaffFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def plan(project: Project, **facts: Any) -> list[StewardshipCheck]:
    asked = {"first_on": TODAY + A_DAY, "every_months": 6, "until": dt.date(2028, 12, 31), "what": "Les vis"}
    return planning.plan(**{"project": project, "by": officer(), "now": NOW} | asked | facts)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)), st.integers(1, 36))
def test_the_days_rise_and_none_drifts_from_the_day_of_the_month(first_on: dt.date, months: int) -> None:
    days = list(dates.every(months, first_on=first_on, until=first_on + dt.timedelta(days=1500)))

    assert days == sorted(set(days))
    assert all(day.day == first_on.day or (day + A_DAY).day == 1 for day in days)


def test_checks_are_planned_every_so_many_months_up_to_a_day_for_whom_it_is_entrusted_to() -> None:
    project, resident = standing(Stage.DELIVERED), ResidentFactory()

    made = plan(project, first_on=dt.date(2027, 5, 31), until=dt.date(2028, 5, 31), resident=resident)

    assert [check.due_on.isoformat() for check in made] == ["2027-05-31", "2027-11-30", "2028-05-31"]
    assert {check.resident for check in project.checks.all()} == {resident}


def test_no_month_at_all_is_one_day_only() -> None:
    assert len(plan(standing(Stage.DELIVERED), every_months=0)) == 1


def test_a_day_on_which_the_same_is_looked_at_already_is_not_planned_twice() -> None:
    project = standing(Stage.DELIVERED)
    plan(project)

    assert plan(project) == []
    assert len(plan(project, what="Le bois")) == 4


def test_a_day_that_was_called_off_can_be_planned_again() -> None:
    project = standing(Stage.DELIVERED)
    planning.call_off(checks=plan(project, every_months=0), why="", by=officer())

    assert len(plan(project, every_months=0)) == 1


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"first_on": TODAY - A_DAY}, planning.InThePast),
        ({"until": TODAY}, planning.NoDay),
        ({"every_months": 1, "until": dt.date(2040, 1, 1)}, planning.TooMany),
        ({"by": None}, MayNot),
    ],
)
def test_what_cannot_be_planned_is_refused_with_a_sentence_and_nothing_is_planned(
    asked: dict[str, Any], refusal: type[Refusal]
) -> None:
    project = standing(Stage.DELIVERED)

    with pytest.raises(refusal) as refused:
        plan(project, **asked)

    assert refused.value.sentence
    assert not project.checks.exists()


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in planning.CAN_BE_PLANNED])
def test_nothing_is_planned_where_nothing_stands_or_it_is_nobodys_any_more(stage: Stage) -> None:
    with pytest.raises(planning.NotBuiltYet):
        plan(standing(stage))


def test_communication_plans_nothing_calls_nothing_off_and_moves_nothing() -> None:
    check, colleague = check_in(5), StaffFactory(communication=True)
    duty = DutyFactory(project=check.project)

    for act in (
        lambda: plan(check.project, by=colleague),
        lambda: planning.call_off(checks=[check], why="", by=colleague),
        lambda: planning.move(check=check, due_on=TODAY, by=colleague, now=NOW),
        lambda: planning.entrust(check=check, resident=None, by=colleague),
        lambda: planning.note_duty(project=check.project, side=Side.COMMUNE, what="x", when="y", by=colleague),
        lambda: planning.drop_duty(duty=duty, by=colleague),
    ):
        with pytest.raises(MayNot):
            act()

    assert Duty.objects.count() == 1


# --- The yearly review -----------------------------------------------------------------------------------------------


def reviews(project: Project) -> list[str]:
    return [check.due_on.isoformat() for check in project.checks.filter(kind=CheckKind.REVIEW)]


def test_the_next_review_is_dated_from_the_first_day_of_the_convention_and_planned_once() -> None:
    project = standing(Stage.DELIVERED)
    signed(project, on=dt.date(2025, 6, 15))

    plan(project)
    plan(project, what="Le bois")

    assert reviews(project) == ["2027-06-15"]


def test_a_review_is_on_the_day_of_which_both_sides_are_told() -> None:
    project = standing(Stage.DELIVERED)
    convention = ConventionFactory(project=project, starts_on=dt.date(2025, 6, 1))
    sign(convention, at=dt.datetime(2025, 6, 15, 10, tzinfo=dt.UTC))

    planning.plan_review(project=project, now=NOW)

    told = dict(reminding.due(Convention.objects.get(pk=convention.pk), today=dt.date(2027, 5, 10)))
    assert reviews(project) == [told[NoticeKind.REVIEW].isoformat()] == ["2027-06-01"]


def test_the_last_review_is_on_the_day_on_which_the_convention_ends() -> None:
    project = standing(Stage.DELIVERED)
    signed(project, on=dt.date(2025, 6, 15), months=22)

    planning.plan_review(project=project, now=NOW)

    assert reviews(project) == ["2027-04-06"]


def test_a_review_is_named_in_the_language_of_the_town_whatever_that_of_who_plans_it() -> None:
    project = standing(Stage.DELIVERED)
    signed(project, on=dt.date(2025, 6, 15))

    review = planning.plan_review(project=project, now=NOW)

    assert review is not None
    assert review.what.startswith("Bilan annuel de la convention")


def test_a_convention_that_was_renewed_is_reviewed_beyond_its_first_end() -> None:
    project = standing(Stage.DELIVERED)
    signed(project, on=dt.date(2025, 6, 15), months=12)
    first = project.conventions.get()
    signed(project, on=dt.date(2026, 6, 10), months=36, review_months=6, amends=first)

    planning.plan_review(project=project, now=NOW)

    assert reviews(project) == ["2027-06-10"]


@pytest.mark.parametrize("facts", [{"review_months": 0}, {"months": 12}], ids=["never reviewed", "long over"])
def test_a_convention_that_is_over_or_never_reviewed_has_no_review(facts: dict[str, int]) -> None:
    project = standing(Stage.DELIVERED)
    signed(project, on=dt.date(2025, 6, 15), **facts)

    assert planning.plan_review(project=project, now=NOW) is None


def test_without_a_convention_there_is_nothing_to_review() -> None:
    project = standing(Stage.DELIVERED)

    plan(project)

    assert reviews(project) == []


# --- Looked after ----------------------------------------------------------------------------------------------------


def test_residents_begin_to_look_after_it_with_one_check_planned_at_least() -> None:
    project, by = standing(Stage.DELIVERED), passing.Actor(user=officer())

    with pytest.raises(passing.NothingPlanned):
        planning.begin(project=project, by=by, now=NOW)
    plan(project)
    planning.begin(project=project, by=by, now=NOW)

    project.refresh_from_db()
    assert project.stage == Stage.STEWARDSHIP
    assert Mailing.objects.get(kind="passage").key == str(Passage.objects.get(project=project).pk)


def test_whoever_may_not_follow_projects_begins_nothing() -> None:
    check = check_in(20, project=standing(Stage.DELIVERED))

    with pytest.raises(passing.NotTheirs):
        planning.begin(project=check.project, by=passing.Actor(user=StaffFactory(communication=True)), now=NOW)


def test_a_moved_check_is_asked_about_anew_and_not_in_the_past() -> None:
    check = check_in(5, asked_at=NOW, reminded_at=NOW)

    planning.move(check=check, due_on=TODAY + 40 * A_DAY, by=officer(), now=NOW)

    check.refresh_from_db()
    assert (check.asked_at, check.reminded_at, check.due_on) == (None, None, TODAY + 40 * A_DAY)
    with pytest.raises(planning.InThePast):
        planning.move(check=check, due_on=TODAY - A_DAY, by=officer(), now=NOW)


def test_entrusted_to_somebody_else_it_is_theirs_to_be_asked() -> None:
    check, neighbour = check_in(5, asked_at=NOW), ResidentFactory()

    planning.entrust(check=check, resident=neighbour, by=officer())

    check.refresh_from_db()
    assert (check.resident, check.asked_at) == (neighbour, None)


def test_to_whom_it_was_entrusted_and_who_waters_what_stand_in_the_history() -> None:
    check, user = check_in(5), officer()

    planning.entrust(check=check, resident=None, by=user)
    duty = planning.note_duty(project=check.project, side=Side.COMMUNE, what="Tondre", when="En mai", by=user)
    planning.drop_duty(duty=duty, by=user)

    assert [(entry.user, str(entry.message)) for entry in registry.get_logs_for_instance(check)] == [
        (user, "Check entrusted to somebody else")
    ]
    assert [str(entry.message) for entry in registry.get_logs_for_instance(check.project).order_by("pk")] == [
        "A duty was noted",
        "A duty was taken off",
    ]


def test_what_was_called_off_says_why_and_what_was_done_stays_done() -> None:
    to_come, done = check_in(5), check_in(6, state=CheckState.GOOD, answered_at=NOW)
    user = officer()

    number = planning.call_off(checks=[to_come, done], why=" Les bancs sont rentrés pour l’hiver. ", by=user)

    to_come.refresh_from_db()
    done.refresh_from_db()
    assert (number, to_come.state, done.state) == (1, CheckState.CANCELLED, CheckState.GOOD)
    assert (to_come.words, to_come.noted_by) == ("Les bancs sont rentrés pour l’hiver.", user)
    for act in (
        lambda: planning.move(check=to_come, due_on=TODAY, by=user, now=NOW),
        lambda: planning.entrust(check=to_come, resident=None, by=user),
    ):
        with pytest.raises(planning.NoLongerToCome):
            act()


def test_a_duty_says_who_waters_what_when_until_it_is_dropped() -> None:
    project = standing()

    duty = planning.note_duty(project=project, side=Side.COMMUNE, what="Tondre", when="En mai", by=officer())
    assert list(project.duties.all()) == [duty]
    planning.drop_duty(duty=duty, by=officer())

    assert not project.duties.exists()
