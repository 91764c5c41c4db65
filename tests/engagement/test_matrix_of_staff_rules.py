"""Whoever calls a rule of staff, from a page or a shell: the rule itself asks whether they may, as the desk does."""

import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import models, transaction
from django.utils import timezone, translation

from communities.models import Mailing
from engagement import projects
from engagement.conventions import amending, drafting, ending, freezing, on_screen
from engagement.ledger import recording
from engagement.ledger import sheets as hour_sheets
from engagement.models import (
    CertificateRequest,
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
from tests.communities.factories import CommunityFactory, a_mailbox
from tests.engagement.calls_about_caring import (
    answer,
    call_off,
    conclude,
    drop_duty,
    entrust,
    move,
    note_duty,
    plan,
    put_right,
    show_photo,
)
from tests.engagement.calls_about_work_days import (
    Call,
    approve_work_day,
    change_work_day,
    credit_hours,
    look_at_a_day,
    make_work_day,
    name_who_came,
    refuse_work_day,
    repeat_work_day,
    take_hours_back,
)
from tests.engagement.conventions import conventions
from tests.engagement.examining.matrix import GROUPS, is_said_in_french, someone
from tests.engagement.factories import ConventionTemplateFactory, ProjectFactory, ProjectPageFactory
from tests.engagement.factories_of_what_was_done import (
    CertificateRequestFactory,
    LedgerEntryFactory,
    ProjectSheetFactory,
)
from tests.engagement.story.test_following import follower, passed
from tests.server.who_may import WHO_MAY

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
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
