"""It goes on, it is renewed, the commune takes it back or gives it again, or it ends."""

import datetime as dt

import pytest

from communities.models import Mailing
from engagement import passing
from engagement.caring import reviewing
from engagement.models import CheckKind, CheckState, Conclusion, Passage, Project, Stage, StewardshipCheck
from engagement.refusals import MayNot
from tests.engagement.caring.standing import A_DAY, NOW, TODAY, check_in, found, officer, signed, standing
from tests.factories import StaffFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def master() -> passing.Actor:
    return passing.Actor(user=officer())


def review_of(project: Project, days: int = 0) -> StewardshipCheck:
    return check_in(days, project=project, kind=CheckKind.REVIEW)


@pytest.fixture
def project() -> Project:
    """Looked after under a convention signed two years ago for eight."""
    project = standing()
    signed(project, on=dt.date(2025, 3, 1), months=96)
    return project


def test_a_review_that_goes_on_plans_the_next_one_a_year_later(project: Project) -> None:
    following = reviewing.go_on(review=review_of(project), words="Tout va bien.", by=officer(), now=NOW)

    review = project.checks.get(conclusion=Conclusion.GOES_ON)
    assert (review.state, review.words) == (CheckState.GOOD, "Tout va bien.")
    assert following is not None
    assert following.due_on == dt.date(2028, 3, 1)


def test_a_review_held_early_is_not_held_again_on_its_day(project: Project) -> None:
    following = reviewing.go_on(review=review_of(project, days=200), by=officer(), now=NOW)

    assert following is not None
    assert following.due_on == dt.date(2028, 3, 1)


def test_a_renewed_one_says_so(project: Project) -> None:
    reviewing.renew(review=review_of(project), by=officer(), now=NOW)

    assert project.checks.filter(conclusion=Conclusion.RENEWED).count() == 1


def test_what_residents_answered_stays_above_what_was_concluded(project: Project) -> None:
    review = found(review_of(project), CheckState.NEEDS_WORK, words="Le bois grisaille.")

    reviewing.go_on(review=review, words="La commune fournit l’huile.", by=officer(), now=NOW + A_DAY)

    review.refresh_from_db()
    assert review.state == CheckState.NEEDS_WORK
    assert review.words == "Le bois grisaille.\n\nLa commune fournit l’huile."


def test_a_review_is_concluded_once_and_a_check_never(project: Project) -> None:
    review = review_of(project)
    reviewing.go_on(review=review, by=officer(), now=NOW)

    for which in (review, check_in(3, project=project)):
        with pytest.raises(reviewing.AlreadyConcluded):
            reviewing.renew(review=which, by=officer(), now=NOW)
    with pytest.raises(MayNot):
        reviewing.go_on(review=review_of(project), by=StaffFactory(communication=True), now=NOW)


def test_reviews_to_conclude_are_those_whose_day_has_come_or_that_residents_answered(project: Project) -> None:
    late, answered, to_come = review_of(project, -3), found(review_of(project, 8)), review_of(project, 8)

    waiting = set(StewardshipCheck.objects.to_conclude(TODAY))

    assert waiting == {late, answered}
    assert to_come not in waiting


def test_taken_back_with_a_reason_what_was_to_come_is_called_off_and_those_who_carry_it_are_told() -> None:
    check = check_in(30)
    done = found(check_in(-5, project=check.project))

    with pytest.raises(passing.NeedsAReason):
        reviewing.take_back(project=check.project, reason=" ", by=master(), now=NOW)
    passage = reviewing.take_back(project=check.project, reason="La route est élargie.", by=master(), now=NOW)

    states = dict(check.project.checks.values_list("pk", "state"))
    assert states == {check.pk: CheckState.CANCELLED, done.pk: CheckState.GOOD}
    assert Mailing.objects.get(kind="passage", key=str(passage.pk)).deliveries.count() == 1


def test_refused_it_changes_nothing() -> None:
    check = check_in(30)

    with pytest.raises(passing.NotTheirs):
        reviewing.take_back(
            project=check.project, reason="x", by=passing.Actor(user=StaffFactory(communication=True)), now=NOW
        )

    check.refresh_from_db()
    assert check.is_to_come


def test_given_again_residents_look_after_it_and_its_review_is_planned(project: Project) -> None:
    reviewing.take_back(project=project, reason="Travaux.", by=master(), now=NOW)

    reviewing.give_again(project=project, by=master(), now=NOW + 30 * A_DAY)

    project.refresh_from_db()
    assert project.stage == Stage.STEWARDSHIP
    assert project.checks.to_come().get().kind == CheckKind.REVIEW


@pytest.mark.parametrize("stage", [Stage.DELIVERED, Stage.STEWARDSHIP, Stage.TAKEN_BACK])
def test_it_ends_with_a_reason_and_a_day_and_nobody_is_asked_any_more(stage: Stage) -> None:
    project = standing(stage)
    check = check_in(30, project=project)

    reviewing.end(project=project, reason="Les bancs sont usés.", by=master(), now=NOW)

    project.refresh_from_db()
    check.refresh_from_db()
    assert (project.stage, project.closed_on, check.state) == (Stage.CLOSED, TODAY, CheckState.CANCELLED)
    assert Passage.objects.get(project=project).words == "Les bancs sont usés."


def test_a_review_that_waited_for_a_conclusion_ends_with_it(project: Project) -> None:
    review = found(review_of(project))

    reviewing.end(project=project, reason="La convention s’achève.", by=master(), now=NOW)

    review.refresh_from_db()
    assert review.conclusion == Conclusion.ENDED
    assert not StewardshipCheck.objects.to_conclude(TODAY).exists()
