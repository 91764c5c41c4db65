"""Which period counts, who may change it, and what stays of the ones before."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.models import RetentionDecision, RetentionPeriod
from communities.retention import deciding, nightly, periods
from communities.retention.lengths import Length, days, months
from communities.retention.refusals import MayNot
from communities.retention.rules import RetentionRule, retained
from tests.communities.retention.rules import NAME, NOW, nights, wishes
from tests.factories import StaffFactory

TODAY = timezone.localdate(NOW)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def change(length: Length, **facts: Any) -> RetentionPeriod:
    said: dict[str, Any] = {"name": NAME, "from_on": TODAY, "source": "the council, 1 March", "now": NOW} | facts
    return periods.change(length=length, **{"by": StaffFactory(administration=True)} | said)


def test_without_a_decision_what_we_propose_counts(rule: Callable[..., RetentionRule]) -> None:
    made = rule()

    standing = periods.known(today=TODAY)[NAME]

    assert (standing.length, standing.source, standing.row) == (made.length, made.source, None)


def test_a_new_period_counts_from_its_day_and_the_night_asks_it(rule: Callable[..., RetentionRule]) -> None:
    rule()
    wishes(1, days_ago=8)
    change(days(7), from_on=TODAY + timedelta(days=1))

    nightly.run(room="tests", now=NOW)
    assert nights() == [0]

    nightly.run(room="tests", now=NOW + timedelta(days=1))
    assert nights() == [0, 1]


def test_the_last_one_written_for_a_day_counts(rule: Callable[..., RetentionRule]) -> None:
    rule()
    for length in (days(7), months(1), days(20)):
        change(length)

    assert periods.known(today=TODAY)[NAME].length == days(20)
    assert RetentionPeriod.objects.count() == 3


@pytest.mark.parametrize("length", [days(0), days(4), months(3), days(62)])
def test_nobody_types_a_period_out_of_bounds(rule: Callable[..., RetentionRule], length: Length) -> None:
    rule()

    with pytest.raises(periods.OutOfBounds, match="Between 5 days and 2 months"):
        change(length)


def test_a_period_is_not_written_for_yesterday(rule: Callable[..., RetentionRule]) -> None:
    rule()

    with pytest.raises(periods.InThePast):
        change(days(7), from_on=date(2027, 2, 28))


@pytest.mark.parametrize("group", ["communication", "participation", "elected"])
def test_only_administrators_decide(rule: Callable[..., RetentionRule], group: str) -> None:
    rule()
    someone = StaffFactory(**{group: True})

    with pytest.raises(MayNot):
        change(days(7), by=someone)
    with pytest.raises(MayNot):
        deciding.decide(name=NAME, runs=False, number_seen=0, by=someone, now=NOW)


def test_what_was_decided_is_never_rewritten(rule: Callable[..., RetentionRule]) -> None:
    rule()
    change(days(7))
    deciding.decide(name=NAME, runs=True, number_seen=0, by=StaffFactory(administration=True), now=NOW)

    for written in (RetentionPeriod, RetentionDecision):
        for touch in (written.objects.update, written.objects.all().delete):
            with pytest.raises(IntegrityError, match="periods_and_decisions_are_kept"), transaction.atomic():
                touch(**({"rule": "x"} if touch == written.objects.update else {}))


def test_a_machine_may_stop_a_rule_and_never_start_one(rule: Callable[..., RetentionRule]) -> None:
    rule()

    with pytest.raises(IntegrityError, match="only_a_person_lets_things_go"), transaction.atomic():
        RetentionDecision.objects.create(rule=NAME, runs=True, reason="x", decided_at=NOW)


def test_every_rule_of_every_room_lies_within_its_own_bounds_and_says_why() -> None:
    for name, rule in retained.items():
        assert rule.least.in_days <= rule.length.in_days <= rule.most.in_days, name
        assert str(rule.source), name
        assert name.partition(".")[0] in {"communities", "meetings", "engagement"}
        assert len(name) <= 40


def test_what_residents_were_promised_runs_and_what_is_new_waits_for_a_yes() -> None:
    assert {name for name, rule in retained.items() if not rule.runs} == {
        *("communities.archives", "communities.contacts_asked", "communities.contacts_erased"),
        *("communities.letters_came_back", "engagement.ideas_refused", "meetings.answers"),
        "engagement.work_days_people",
    }
