"""Whoever calls a rule of staff, from a page or a shell: the rule itself asks whether they may, as the desk does."""

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import models, transaction
from django.utils import timezone, translation

from communities.models import Mailing
from engagement import passing, projects
from engagement.caring import checking, planning, reviewing
from engagement.conventions import amending, drafting, ending, freezing, on_screen
from engagement.ledger import recording
from engagement.ledger import sheets as hour_sheets
from engagement.models import (
    CertificateRequest,
    CheckKind,
    CheckState,
    ContributionKind,
    Convention,
    Credit,
    DayAccount,
    Duty,
    HourSheet,
    LedgerEntry,
    Passage,
    Project,
    ProjectSheet,
    Side,
    Signature,
    SignatureRequest,
    Stage,
    StewardshipCheck,
    WorkDay,
)
from engagement.refusals import MayNot, Refusal
from engagement.story import certifying, following
from engagement.story import sheets as project_sheets
from engagement.volunteering.insuring import naming
from engagement.volunteering.planning import changing, making, proposing, repeating
from engagement.volunteering.presence import closing, crediting
from engagement.volunteering.thanking import accounts
from tests.communities.factories import CommunityFactory, a_mailbox
from tests.engagement.conventions import conventions
from tests.engagement.examining.matrix import GROUPS, is_said_in_french, someone
from tests.engagement.factories import ConventionTemplateFactory, ProjectFactory, ProjectPageFactory
from tests.engagement.factories_of_what_was_done import (
    CertificateRequestFactory,
    DutyFactory,
    LedgerEntryFactory,
    ProjectSheetFactory,
    StewardshipCheckFactory,
)
from tests.engagement.factories_of_work_days import WorkDayFactory
from tests.engagement.story.test_following import follower, passed
from tests.engagement.volunteering import plans
from tests.engagement.volunteering.presence import days
from tests.server.test_staff_matrix import WHO_MAY

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
Call = Callable[..., object]
KEPT: list[type[models.Model]] = [
    *(LedgerEntry, HourSheet, CertificateRequest, ProjectSheet, Mailing, Project, Passage),
    *(Convention, Signature, SignatureRequest, StewardshipCheck, Duty, Credit, DayAccount, WorkDay),
]


def state() -> list[object]:
    """All that these rules change."""
    return [list(model._default_manager.order_by("pk").values()) for model in KEPT]


# --- The accounts -------------------------------------------------------------------------------------------------


def record() -> Call:
    said = {"side": Side.COMMUNE, "kind": ContributionKind.MONEY, "what": "Le bois", "quantity": Decimal(9)}
    project = ProjectFactory()
    return lambda by: recording.record(project=project, done_on=TODAY, validated_by=by, now=NOW, **said)


def undo() -> Call:
    entry = LedgerEntryFactory()
    return lambda by: recording.undo(entry=entry, reason="Deux fois.", by=by, now=NOW)


def receive() -> Call:
    content, project = b"Date;Heures;Quoi;Valeur\n04/04/2026;3,5;Pose des bancs;9", ProjectFactory()
    said = {"size": len(content), "name": "heures.csv", "project": project, "now": NOW}
    return lambda by: hour_sheets.receive(file=io.BytesIO(content), by=by, **said)


def waiting_sheet() -> HourSheet:
    return HourSheet.objects.create(project=ProjectFactory(), file_name="x", rows=[], report={}, uploaded_at=NOW)


def apply() -> Call:
    sheet = waiting_sheet()
    return lambda by: hour_sheets.apply(sheet=sheet, by=by, now=NOW)


def drop_sheet() -> Call:
    sheet = waiting_sheet()
    return lambda by: hour_sheets.drop(sheet=sheet, by=by)


# --- What is told -------------------------------------------------------------------------------------------------


def grant() -> Call:
    certificate = CertificateRequestFactory()
    return lambda by: certifying.grant(certificate=certificate, by=by, now=NOW)


def leave() -> Call:
    certificate = CertificateRequestFactory()
    return lambda by: certifying.leave(certificate=certificate, by=by, now=NOW)


def a_milestone() -> following.Milestone:
    a_mailbox()
    page = ProjectPageFactory(community=CommunityFactory())
    follower(page.project.community)
    return following.Milestone(passed(page))


def tell() -> Call:
    tidings = a_milestone()
    return lambda by: following.tell(tidings=tidings, by=by, now=NOW)


def send_test() -> Call:
    tidings = a_milestone()
    return lambda by: following.send_test(tidings=tidings, address="nora@example.org", by=by, now=NOW)


def show_sheet() -> Call:
    sheet = ProjectSheetFactory(project=ProjectPageFactory().project)
    return lambda by: project_sheets.show(sheet=sheet, wanted=True, by=by, now=NOW)


def take_over() -> Call:
    return lambda by: projects.take_over(title="Les bancs", stage=Stage.STEWARDSHIP, by=by, now=NOW)


# --- Conventions --------------------------------------------------------------------------------------------------


def begin() -> Call:
    project, template = conventions.supported(), ConventionTemplateFactory()
    return lambda by: drafting.begin(project=project, template=template, by=by, now=NOW)


def save() -> Call:
    convention = conventions.draft(now=NOW)
    return lambda by: conventions.write(convention, by=by, title="Autre titre", now=NOW)


def propose() -> Call:
    convention = conventions.draft(now=NOW)
    return lambda by: freezing.propose(convention=convention, by=by, now=NOW)


def take_back() -> Call:
    convention = conventions.proposed(now=NOW)
    return lambda by: freezing.take_back(convention=convention, by=by)


def drop() -> Call:
    convention = conventions.draft(now=NOW)
    return lambda by: freezing.drop(convention=convention, by=by, now=NOW)


def on_paper() -> Call:
    convention = conventions.proposed(now=NOW)
    return lambda by: conventions.sign(convention, *Side, by=by, now=NOW)


def ask() -> Call:
    convention = conventions.proposed(now=NOW)
    said = {"side": Side.COMMUNE, "name": "Ada Terril", "email": "ada@example.org"}
    return lambda by: on_screen.ask(convention=convention, by=by, now=NOW, **said)


def amend() -> Call:
    convention = conventions.signed(now=NOW)
    return lambda by: amending.begin(convention=convention, by=by, now=NOW)


def end() -> Call:
    convention = conventions.signed(now=NOW)
    return lambda by: ending.end(convention=convention, on=TODAY, reason="Fini.", by=by, now=NOW)


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


ON_THE_DESK: list[tuple[Callable[[], Call], str]] = [
    *((record, "ledger:add"), (undo, "ledger:undo")),
    *((receive, "hour_sheets:upload"), (apply, "hour_sheets:apply"), (drop_sheet, "hour_sheets:drop")),
    *((grant, "certificates:grant"), (leave, "certificates:leave")),
    *((tell, "tidings:send"), (send_test, "tidings:send_test")),
    *((show_sheet, "sheets:publish"), (take_over, "projects_desk:add")),
    *((begin, "conventions_desk:add"), (save, "conventions_desk:edit"), (propose, "conventions_desk:propose")),
    *((take_back, "conventions_desk:take_back"), (drop, "conventions_desk:drop"), (amend, "conventions_desk:amend")),
    *((on_paper, "conventions_desk:paper"), (ask, "conventions_desk:ask"), (end, "conventions_desk:end")),
    *((plan, "stewardship:move"), (answer, "stewardship:type_in"), (put_right, "stewardship:put_right")),
    *((show_photo, "stewardship:show_photo"), (move, "stewardship:move"), (entrust, "stewardship:entrust")),
    *((call_off, "stewardship:call_off"), (conclude, "stewardship:conclude")),
    *((note_duty, "stewardship:note_duty"), (drop_duty, "stewardship:drop_duty")),
    *((credit_hours, "days_done:credit"), (take_hours_back, "days_done:take_back")),
    *((look_at_a_day, "day_accounts:look"), (name_who_came, "insurer:names")),
    *((make_work_day, "work_days_desk:plan"), (change_work_day, "work_days_desk:plan")),
    *((repeat_work_day, "work_days_desk:again"), (approve_work_day, "work_days_desk:decide")),
    (refuse_work_day, "work_days_desk:decide"),
]


@pytest.mark.parametrize(("rule", "address"), ON_THE_DESK, ids=lambda given: getattr(given, "__name__", ""))
def test_a_rule_called_by_hand_lets_through_whom_the_desk_does(rule: Callable[[], Call], address: str) -> None:
    call = rule()
    was = state()

    for group in GROUPS:
        said = said_to(group, call)

        assert (said == "") is (group in WHO_MAY[address]), (group, said)
        assert said == "" or is_said_in_french(said)
        assert state() == was


def said_to(group: str, call: Call) -> str:
    """What the rule says in French to someone of this group who may not; nothing when it does what was asked, which is
    taken back for the next one.
    """
    by, was = someone(group), state()
    with translation.override("fr"), transaction.atomic():
        try:
            call(by)
        except MayNot as refusal:
            assert state() == was
            return refusal.sentence
        except Refusal as refusal:
            pytest.fail(f"{group}: {refusal.sentence}")
        finally:
            transaction.set_rollback(True)
    return ""
