"""Calls of the rules about work days, ready but for who calls."""

from collections.abc import Callable

from django.utils import timezone

from engagement.models import (
    DayAccount,
    WorkDay,
)
from engagement.volunteering.insuring import naming
from engagement.volunteering.planning import changing, making, proposing, repeating
from engagement.volunteering.presence import closing, crediting
from engagement.volunteering.thanking import accounts
from tests.communities.factories import CommunityFactory
from tests.engagement.factories_of_work_days import WorkDayFactory
from tests.engagement.volunteering import plans
from tests.engagement.volunteering.presence import days

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
Call = Callable[..., object]


# --- Work days ----------------------------------------------------------------------------------------------------


def make_work_day() -> Call:
    community, facts = CommunityFactory(), plans.said()
    return lambda by: making.make(community=community, said=facts, needed=plans.a_plan(), by=by, now=NOW)


def change_work_day() -> Call:
    work_day = WorkDayFactory()
    return lambda by: changing.change(work_day=work_day, needed=plans.a_plan(), by=by, now=NOW)


def repeat_work_day() -> Call:
    work_day = WorkDayFactory()
    return lambda by: repeating.repeat(work_day=work_day, days=[plans.in_days(17)], by=by, now=NOW)


def proposed_work_day() -> WorkDay:
    asks = plans.coordinator(CommunityFactory())
    return proposing.propose(work_day=plans.made(asks), by=asks, now=NOW)


def approve_work_day() -> Call:
    work_day = proposed_work_day()
    return lambda by: proposing.approve(work_day=work_day, by=by, now=NOW)


def refuse_work_day() -> Call:
    work_day = proposed_work_day()
    return lambda by: proposing.refuse(work_day=work_day, words="Non.", by=by, now=NOW)


# What each rule is on the desk: whoever may open that page may call it.
# --- Work days that are over ---------------------------------------------------------------------------------------


def a_day_done() -> WorkDay:
    """Its list is confirmed; a project's accounts wait for its hours."""
    work_day = days.a_day()
    days.came(work_day)
    days.project_of(work_day)
    return days.closed(work_day)


def credit_hours() -> Call:
    work_day = a_day_done()
    project, wanted = closing.projects_of(work_day)[0], crediting.proposals(work_day)
    return lambda by: crediting.credit(work_day=work_day, project=project, wanted=wanted, by=by, now=NOW)


def take_hours_back() -> Call:
    work_day = a_day_done()
    return lambda by: crediting.take_back(work_day=work_day, reason="Deux fois comptées", by=by, now=NOW)


def look_at_a_day() -> Call:
    account = DayAccount.objects.create(work_day=days.a_day(), words="Prêts.", written_at=NOW)
    return lambda by: accounts.look(
        account=account, shown={}, publishes=True, saw=accounts.as_read(account), by=by, now=NOW
    )


def name_who_came() -> Call:
    work_day = days.a_day()
    return lambda by: naming.names(work_day=work_day, reason="Une chute à déclarer", by=by, now=NOW)
