"""Calls of the rules about what is looked after, ready but for who calls."""

import datetime as dt
from typing import Any

from django.utils import timezone

from engagement import passing
from engagement.caring import checking, planning, reviewing
from engagement.models import (
    CheckKind,
    CheckState,
    Duty,
    Side,
    Stage,
    StewardshipCheck,
)
from tests.engagement.calls_about_work_days import (
    Call,
)
from tests.engagement.factories import ProjectFactory
from tests.engagement.factories_of_what_was_done import (
    DutyFactory,
    StewardshipCheckFactory,
)

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


# --- What is looked after -----------------------------------------------------------------------------------------


def a_check(**facts: Any) -> StewardshipCheck:
    check: StewardshipCheck = StewardshipCheckFactory(project=ProjectFactory(stage=Stage.STEWARDSHIP), **facts)
    return check


def plan() -> Call:
    project, days = ProjectFactory(stage=Stage.STEWARDSHIP), {"first_on": TODAY, "until": TODAY, "every_months": 0}
    return lambda by: planning.plan(project=project, what="Les vis", by=by, now=NOW, **days)


def answer() -> Call:
    check = a_check()
    found = {"state": CheckState.GOOD, "seen": None, "now": NOW}
    return lambda by: checking.answer(check=check, by=passing.Actor(user=by), **found)


def put_right() -> Call:
    check = a_check(state=CheckState.NEEDS_WORK, answered_at=NOW)
    return lambda by: checking.put_right(check=check, words="Refixé.", by=by, now=NOW)


def show_photo() -> Call:
    check = a_check(state=CheckState.GOOD, answered_at=NOW)
    return lambda by: checking.show_photo(check=check, is_shown=True, recognisable="nobody", by=by)


def move() -> Call:
    check = a_check()
    return lambda by: planning.move(check=check, due_on=TODAY + dt.timedelta(days=40), by=by, now=NOW)


def entrust() -> Call:
    check = a_check()
    return lambda by: planning.entrust(check=check, resident=None, by=by)


def call_off() -> Call:
    check = a_check()
    return lambda by: planning.call_off(checks=[check], why="Il neige.", by=by)


def conclude() -> Call:
    review = a_check(kind=CheckKind.REVIEW)
    return lambda by: reviewing.go_on(review=review, by=by, now=NOW)


def note_duty() -> Call:
    project = ProjectFactory(stage=Stage.STEWARDSHIP)
    return lambda by: planning.note_duty(project=project, side=Side.COMMUNE, what="Arroser", when="L’été", by=by)


def drop_duty() -> Call:
    duty = DutyFactory()
    return lambda by: planning.drop_duty(duty=Duty.objects.get(pk=duty.pk), by=by)
