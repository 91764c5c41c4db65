"""From a confirmed list to the accounts of the project: once, by staff, and undone only by the exact opposite."""

import uuid
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from engagement.ledger import recording
from engagement.models import Attendance, ContributionKind, Credit, LedgerEntry, Side, ThingBrought
from engagement.refusals import MayNot
from engagement.volunteering.presence import closing, crediting, figures
from tests.engagement.factories import CommitmentFactory, ConventionFactory
from tests.engagement.factories_of_work_days import NeedFactory, ShiftFactory
from tests.engagement.signing import sign
from tests.engagement.volunteering.presence.days import a_day, came, closed, project_of
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def work_day():
    """Two people of one household, three hours each, and one alone: nine hours of weeding."""
    work_day = a_day()
    came(work_day, people=2)
    came(work_day)
    return work_day


def credit(work_day, project, *, by=None, wanted=None, **more):
    return crediting.credit(
        work_day=work_day,
        project=project,
        wanted=crediting.proposals(work_day) if wanted is None else wanted,
        by=by or StaffFactory(participation=True),
        now=timezone.now(),
        **more,
    )


def test_the_hours_of_everyone_together_go_to_the_residents_half(work_day):
    project = project_of(closed(work_day))

    (entry,) = credit(work_day, project)

    assert (entry.side, entry.kind, entry.quantity) == (Side.RESIDENTS, ContributionKind.HANDS, 9)
    assert entry.what.endswith("désherber")
    assert entry.done_on == work_day.day


def test_an_entry_names_nobody(work_day):
    name = str(work_day.volunteers.first().resident)

    (entry,) = credit(work_day, project_of(closed(work_day)))

    assert name not in f"{entry.what} {entry.evidence_words}"


def test_each_thing_that_was_done_has_its_entry(work_day):
    came(work_day, shift=ShiftFactory(work_day=work_day, afternoon=True), hours="2.5")

    entries = credit(work_day, project_of(closed(work_day)))

    assert [(entry.what.rpartition(": ")[2].rpartition("\u00a0: ")[2], entry.quantity) for entry in entries] == [
        ("désherber", 9),
        ("planter", Decimal("2.5")),
    ]


def test_pressing_twice_writes_nothing_more(work_day):
    project = project_of(closed(work_day))
    credit(work_day, project)

    assert credit(work_day, project) == []
    assert LedgerEntry.objects.count() == 1


def test_the_database_refuses_the_same_line_twice(work_day):
    (entry,) = credit(work_day, project_of(closed(work_day)))
    there = Credit.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Credit.objects.create(work_day=work_day, line=there.line, entry=entry, made_at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        there.delete()


def test_a_list_that_nobody_confirmed_goes_nowhere(work_day):
    with pytest.raises(crediting.NotConfirmed):
        credit(work_day, project_of(work_day))


def test_hours_go_to_no_project_whose_community_did_not_meet(work_day):
    project_of(closed(work_day))

    with pytest.raises(crediting.NotItsProject):
        credit(work_day, project_of(a_day()))


@pytest.mark.parametrize("group", ["communication", "elected"])
def test_only_who_keeps_the_accounts_validates(work_day, group):
    project = project_of(closed(work_day))

    with pytest.raises(MayNot):
        credit(work_day, project, by=StaffFactory(**{group: True}))


def test_taken_back_the_total_is_as_if_it_had_never_been_and_the_list_opens_again(work_day):
    project, by = project_of(closed(work_day)), StaffFactory(participation=True)
    credit(work_day, project)

    crediting.take_back(work_day=work_day, reason="Deux heures de trop", by=by, now=timezone.now())
    closing.reopen(work_day=work_day)
    Attendance.objects.filter(people=2).update(hours=2)
    closed(work_day)
    (again,) = credit(work_day, project)

    assert again.quantity == 7
    assert sum(entry.quantity for entry in LedgerEntry.objects.all()) == 7


def test_an_entry_undone_in_the_accounts_makes_room_for_another(work_day):
    project, by = project_of(closed(work_day)), StaffFactory(participation=True)
    (entry,) = credit(work_day, project)
    recording.undo(entry=entry, reason="Erreur", by=by, now=timezone.now())

    assert list(crediting.waiting()) == [work_day]
    assert len(credit(work_day, project)) == 1


def test_what_is_in_the_accounts_keeps_its_list(work_day):
    credit(work_day, project_of(closed(work_day)))

    with pytest.raises(closing.InTheAccounts):
        closing.reopen(work_day=work_day)


def test_the_hours_keep_a_promise_of_the_convention(work_day):
    project = project_of(closed(work_day))
    convention = ConventionFactory(project=project)
    promise = CommitmentFactory(convention=convention, side=Side.RESIDENTS, kind=ContributionKind.HANDS)
    sign(convention)

    (entry,) = credit(work_day, project, commitment=promise)

    assert list(crediting.fitting(project)) == [promise]
    assert entry.commitment == promise


def test_things_really_brought_are_worth_what_staff_say(work_day):
    need = NeedFactory(work_day=work_day, kind="materials", item="Sable", unit="sacs")
    work_day.volunteers.first().pledges.create(need=need, quantity=9, brought=4)
    ThingBrought.objects.create(
        work_day=work_day, kind="materials", item="sable", unit="sacs", quantity=2, key=uuid.uuid4(),
        noted_at=timezone.now(),
    )  # fmt: skip
    project = project_of(closed(work_day))
    hours, sand = crediting.proposals(work_day)

    _hours, entry = credit(work_day, project, wanted=[hours, sand.priced(Decimal(30), "")])

    assert (entry.kind, entry.quantity, entry.unit, entry.value) == (ContributionKind.MATERIALS, 6, "sacs", 30)


def test_a_forged_quantity_is_not_taken(work_day):
    project = project_of(closed(work_day))
    (hours,) = crediting.proposals(work_day)
    forged = crediting.Proposal(line=hours.line, what=hours.what, kind=hours.kind, quantity=Decimal(900))

    (entry,) = credit(work_day, project, wanted=[forged])

    assert entry.quantity == 9


def test_a_day_without_a_project_waits_for_nobody(work_day):
    closed(work_day)

    assert not crediting.waiting().exists()
    assert not crediting.state_of(work_day)["has_project"]


def test_whoever_did_two_shifts_is_one_person(work_day):
    afternoon = ShiftFactory(work_day=work_day, afternoon=True)
    row = Attendance.objects.get(people=2)
    Attendance.objects.create(
        work_day=work_day, volunteer=row.volunteer, shift=afternoon, people=2, hours=3, key=uuid.uuid4(),
        ticked_at=timezone.now(),
    )  # fmt: skip

    assert (figures.of(work_day).people, figures.of(work_day).hours) == (3, 15)


def test_an_empty_list_is_not_confirmed():
    with pytest.raises(closing.NobodyTicked):
        closed(a_day())
