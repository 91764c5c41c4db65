"""What becomes of the accounts when two people press at the same moment?"""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from engagement.ledger import balance, recording, sheets
from engagement.models import ContributionKind, HourSheet, LedgerEntry, Side
from engagement.refusals import Refusal
from tests.engagement.factories import ProjectFactory
from tests.engagement.factories_of_what_was_done import HourRateFactory, LedgerEntryFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 4


def at_once(press: Callable[[], object]) -> list[str]:
    """What each of several meets who press together: the name of a refusal, or nothing."""
    together = Barrier(PEOPLE)

    def one(_number: int) -> str:
        try:
            together.wait()
            press()
        except Refusal as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(PEOPLE) as pool:
        return sorted(pool.map(one, range(PEOPLE)))


def test_an_entry_written_by_several_presses_is_written_once():
    project, by = ProjectFactory(), StaffFactory(participation=True)

    met = at_once(
        lambda: recording.record(
            project=project,
            side=Side.COMMUNE,
            kind=ContributionKind.MONEY,
            what="Gravier",
            quantity=Decimal(300),
            done_on=dt.date(2026, 4, 4),
            validated_by=by,
            now=timezone.now(),
        )
    )

    assert met == ["", *["AlreadyWritten"] * (PEOPLE - 1)]
    assert balance.of(project=project).done(Side.COMMUNE) == 300


def test_an_entry_undone_by_several_presses_is_undone_once():
    entry, by = LedgerEntryFactory(), StaffFactory(participation=True)

    met = at_once(lambda: recording.undo(entry=entry, reason="erreur", by=by, now=timezone.now()))

    assert met == ["", *["AlreadyUndone"] * (PEOPLE - 1)]
    assert balance.of(project=entry.project).is_empty


def test_a_sheet_applied_by_several_presses_comes_in_once():
    HourRateFactory()
    row = {"line": 2, "facts": {"day": "04/04/2026", "quantity": "3", "what": "Pose"}, "trouble": ""}
    by = StaffFactory(participation=True)
    sheet = HourSheet.objects.create(
        project=ProjectFactory(), file_name="x.csv", rows=[row, row], uploaded_at=timezone.now()
    )

    assert at_once(lambda: sheets.apply(sheet=sheet, by=by, now=timezone.now())) == [""] * PEOPLE
    assert LedgerEntry.objects.count() == 2
