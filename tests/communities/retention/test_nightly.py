"""What goes in a night: nothing too early, nothing twice, nothing by half, and not too much at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities.alerts import standing
from communities.models import ArchivedRecord, RetentionDecision, RetentionRun, SignUp
from communities.retention import deciding, nightly
from communities.retention.rules import RetentionRule
from tests.communities.factories import SignUpFactory
from tests.communities.retention.rules import NAME, NOW, Killed, days_ago_from_now, dying, nights, told, wishes
from tests.factories import StaffFactory

NIGHT = timedelta(days=1)
MakeRule = Callable[..., RetentionRule]

pytestmark = pytest.mark.django_db


def test_what_is_older_than_its_period_goes_batch_by_batch_and_is_written_down(rule: MakeRule) -> None:
    rule()
    wishes(9, days_ago=11)
    wishes(2, days_ago=9)

    nightly.run(room="tests", now=NOW)

    assert SignUp.objects.count() == 2
    assert nights() == [9]


def test_a_second_run_in_one_night_finds_nothing_more(rule: MakeRule) -> None:
    rule(archived=told)
    wishes(3, days_ago=11)

    for _again in range(2):
        nightly.run(room="tests", now=NOW)

    assert nights() == [3]
    assert ArchivedRecord.objects.count() == 3


def test_a_night_in_which_nothing_went_is_written_down(rule: MakeRule) -> None:
    rule()

    nightly.run(room="tests", now=NOW)

    assert nights() == [0]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ages=st.lists(st.integers(0, 20), max_size=8), length=st.integers(5, 60))
def test_nothing_goes_before_its_period(rule: MakeRule, ages: list[int], length: int) -> None:
    rule()
    SignUp.objects.all().delete()
    RetentionDecision.objects.count()
    for age in ages:
        SignUpFactory(created_at=days_ago_from_now(age) - timedelta(minutes=1))

    nightly.run(room="tests", now=NOW)

    assert sorted(age_of(wish) for wish in SignUp.objects.all()) == sorted(age for age in ages if age < 10)


def age_of(wish: SignUp) -> int:
    return (NOW - wish.created_at).days


def test_a_killed_run_leaves_no_batch_by_half_and_goes_on_the_next_time(rule: MakeRule) -> None:
    rule(let_go=dying(after=1), archived=told)
    wishes(9, days_ago=11)

    with pytest.raises(Killed):
        nightly.run(room="tests", now=NOW)

    assert SignUp.objects.count() == 5
    assert nights() == [4]
    assert ArchivedRecord.objects.count() == 4

    rule(archived=told)
    nightly.run(room="tests", now=NOW)

    assert not SignUp.objects.exists()
    assert nights() == [9]
    assert ArchivedRecord.objects.count() == 9


def test_a_rule_that_waits_for_a_yes_lets_nothing_go(rule: MakeRule) -> None:
    rule(runs=False)
    wishes(1, days_ago=11)

    nightly.run(room="tests", now=NOW)
    assert SignUp.objects.count() == 1
    assert nights() == []

    deciding.decide(name=NAME, runs=True, number_seen=1, by=StaffFactory(administration=True), now=NOW)
    nightly.run(room="tests", now=NOW)
    assert not SignUp.objects.exists()


def test_each_room_runs_its_own_rules(rule: MakeRule) -> None:
    rule()
    wishes(1, days_ago=11)

    nightly.run(room="meetings", now=NOW)

    assert SignUp.objects.exists()


@pytest.mark.parametrize(
    ("number", "usual", "seen", "stops"),
    [
        (50, 0.0, None, False),
        (51, 0.0, None, True),
        (51, None, None, False),
        (100, 10.0, None, False),
        (101, 10.0, None, True),
        (4000, None, 2000, False),
        (4001, None, 2000, True),
        (51, None, 0, True),
        (500, 10.0, 400, False),
    ],
)
def test_much_more_than_the_usual_or_than_what_was_seen_is_too_many(
    number: int, usual: float | None, seen: int | None, stops: bool
) -> None:
    assert nightly.is_too_many(number, usual=usual, seen=seen) is stops


def test_a_night_that_explodes_stops_the_rule_and_staff_hear_of_it(rule: MakeRule) -> None:
    rule()
    for night in range(5):
        wishes(1, days_ago=11)
        nightly.run(room="tests", now=NOW + night * NIGHT)
    wishes(60, days_ago=11)

    nightly.run(room="tests", now=NOW + 5 * NIGHT)

    assert SignUp.objects.count() == 60
    decision = RetentionDecision.objects.get()
    assert (decision.runs, decision.number_seen, decision.decided_by) == (False, 60, None)
    (alert,) = [each for each in standing(now=NOW) if "60" in str(each.trouble)]
    assert "Wishes" in str(alert.trouble)

    nightly.run(room="tests", now=NOW + 6 * NIGHT)
    assert SignUp.objects.count() == 60


def test_once_a_person_has_looked_it_goes(rule: MakeRule) -> None:
    rule()
    nightly.run(room="tests", now=NOW - NIGHT)
    wishes(60, days_ago=11)
    nightly.run(room="tests", now=NOW)
    assert SignUp.objects.count() == 60

    deciding.decide(name=NAME, runs=True, number_seen=60, by=StaffFactory(administration=True), now=NOW)
    nightly.run(room="tests", now=NOW + NIGHT)

    assert not SignUp.objects.exists()
    assert not [each for each in standing(now=NOW) if "60" in str(each.trouble)]


def test_what_a_person_saw_counts_until_something_went(rule: MakeRule) -> None:
    rule(runs=False)
    wishes(3, days_ago=11)
    deciding.decide(name=NAME, runs=True, number_seen=3, by=StaffFactory(administration=True), now=NOW)
    wishes(57, days_ago=11)

    nightly.run(room="tests", now=NOW)

    assert SignUp.objects.count() == 60


@pytest.mark.parametrize("batches", [1, 5])
def test_a_batch_costs_the_same_queries_however_many_went_before(
    rule: MakeRule, batches: int, django_assert_num_queries: Any
) -> None:
    rule()
    wishes(4 * batches, days_ago=11)

    # The periods, the decisions, the night and the count; a look that finds no more; then each batch, of which one
    # query lets the volunteer that came of it stand.
    with django_assert_num_queries(7 + 11 * batches):
        nightly.run(room="tests", now=NOW)

    assert RetentionRun.objects.get().number == 4 * batches
