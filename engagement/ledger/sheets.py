"""How does an hour sheet come in? Read and reported line by line, then written into the accounts once, whole."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from communities.imports import importing, tables
from engagement import permissions
from engagement.models import HourSheet, LedgerEntry, Project
from engagement.refusals import Refusal, refuse_unless

from . import rates, recording, sheet_columns

LONGEST = 255
# Day, side, kind, words and quantity: what makes two lines one.
Key = tuple[dt.date, str, str, str, Decimal]


class Verdict(TextChoices):
    """What applying a line would do."""

    NEW = "new", pgettext_lazy("a line", "new")
    KNOWN = "known", pgettext_lazy("a line", "already in the accounts")
    REFUSED = "refused", pgettext_lazy("a line", "refused")


@dataclass(slots=True)
class Line:
    """One line of the file: its number, the entry it would make, and what would become of it."""

    number: int
    words: str
    verdict: Verdict = Verdict.NEW
    reason: str = ""
    entry: LedgerEntry | None = None


def receive(*, file: IO[bytes], size: int, name: str, project: Project, by: User, now: dt.datetime) -> HourSheet:
    """Read a file and keep its report; nothing is written into the accounts yet. Raise MayNot or tables.Unreadable."""
    refuse_unless(permissions.may_keep_the_ledger(by))
    heading, *rows = tables.read(file=file, size=size) or [tables.Row(1, [])]
    headings = heading.cells or []
    meanings = sheet_columns.meanings(headings)
    kept = [importing.told(row, meanings) for row in rows]
    sheet = HourSheet(project=project, file_name=name[-LONGEST:], rows=kept, uploaded_by=by, uploaded_at=now)
    sheet.report = report_of(examine(sheet=sheet, by=by, now=now))
    sheet.report["unread"] = importing.unread(headings, meanings)
    sheet.save()
    return sheet


def examine(*, sheet: HourSheet, by: User, now: dt.datetime, again: bool = False) -> list[Line]:
    """A verdict on every row, in two queries. As many equal lines as the accounts hold already are known ones: a sheet
    that comes twice is noticed, four people who worked the same three hours are not; `again` writes them all the same.
    """
    known_rates = rates.known()
    lines = [line_of(row, sheet=sheet, rates=known_rates, by=by, now=now) for row in sheet.rows]
    held = Counter[Key]() if again else Counter(keys_of(sheet.project))
    for line in lines:
        if line.entry and held[key_of(line.entry)]:
            held[key_of(line.entry)] -= 1
            line.verdict = Verdict.KNOWN
    return lines


def keys_of(project: Project) -> list[Key]:
    """Of every entry that stands."""
    standing = LedgerEntry.objects.standing().filter(project=project).order_by()
    rows = standing.values_list("done_on", "side", "kind", "what", "quantity")
    return [(day, side, kind, what.lower(), quantity) for day, side, kind, what, quantity in rows]


def key_of(entry: LedgerEntry) -> Key:
    return entry.done_on, entry.side, entry.kind, entry.what.lower(), entry.quantity


def line_of(row: dict[str, Any], *, sheet: HourSheet, rates: rates.Rates, by: User, now: dt.datetime) -> Line:
    facts = row["facts"]
    line = Line(number=row["line"], words=" · ".join(facts.get(name, "") for name in ("day", "quantity", "what")))
    try:
        line.entry = entry_of(row, sheet=sheet, rates=rates, by=by, now=now)
    except sheet_columns.Unclear as trouble:
        line.verdict, line.reason = Verdict.REFUSED, str(trouble)
    except Refusal as refusal:
        line.verdict, line.reason = Verdict.REFUSED, refusal.sentence
    return line


def entry_of(row: dict[str, Any], *, sheet: HourSheet, rates: rates.Rates, by: User, now: dt.datetime) -> LedgerEntry:
    """The entry one row makes. Raise Unclear, or a refusal as `recording.record` does."""
    facts = row["facts"]
    refuse_faults(row)
    where = facts.get("evidence") or _("%(file)s, line %(number)s") % {"file": sheet.file_name, "number": row["line"]}
    return recording.drafted(
        project=sheet.project,
        side=sheet_columns.side(facts.get("side", "")),
        kind=sheet_columns.kind(facts.get("kind", "")),
        what=facts["what"],
        quantity=sheet_columns.amount(facts["quantity"]),
        unit=facts.get("unit", ""),
        value=sheet_columns.amount(facts["value"]) if facts.get("value") else None,
        done_on=sheet_columns.day(facts["day"]),
        evidence_words=where[-LONGEST:],
        validated_by=by,
        rates=rates,
        now=now,
    )


def refuse_faults(row: dict[str, Any]) -> None:
    facts = row["facts"]
    if row["trouble"]:
        raise sheet_columns.Unclear(row["trouble"])
    for name, trouble in (
        ("day", _("There is no day.")),
        ("quantity", _("There is no quantity.")),
        ("what", _("It does not say what was done.")),
    ):
        if not facts.get(name):
            raise sheet_columns.Unclear(trouble)
    for name, most in (("what", LONGEST), ("unit", 24)):
        if len(facts.get(name, "")) > most:
            raise sheet_columns.Unclear(_("“%(start)s…” is too long.") % {"start": facts[name][:40]})


def report_of(lines: Sequence[Line]) -> dict[str, Any]:
    """Counts, what the new lines bring by side, and for each line its number, verdict, reason and words."""
    new = [line.entry for line in lines if line.verdict == Verdict.NEW and line.entry]
    return {
        "counts": Counter(line.verdict.value for line in lines),
        "hours": str(sum((entry.quantity for entry in new if entry.unit == recording.HOUR), Decimal(0))),
        "euros": str(sum((entry.value for entry in new), Decimal(0))),
        "lines": [[line.number, line.verdict.value, line.reason, line.words] for line in lines],
    }


@transaction.atomic
def apply(*, sheet: HourSheet, by: User, again: bool = False, now: dt.datetime) -> HourSheet:
    """Write the lines of a sheet into the accounts, once however often it is asked, and all of them or none.

    `by` answers for them. The lines are examined again: what changed since the report counts. Raises MayNot.
    """
    refuse_unless(permissions.may_keep_the_ledger(by))
    applied = HourSheet.objects.select_for_update(of=("self",)).select_related("project").get(pk=sheet.pk)
    if applied.is_applied:
        return applied
    recording.lock(applied.project)
    rates.held()
    lines = examine(sheet=applied, by=by, now=now, again=again)
    LedgerEntry.objects.bulk_create(
        [line.entry for line in lines if line.verdict == Verdict.NEW and line.entry], batch_size=1_000
    )
    report = report_of(lines)
    left = [line for line in report["lines"] if line[1] != Verdict.NEW]
    applied.report |= report | {"lines": left}
    applied.rows, applied.applied_at = [], now
    applied.save(update_fields=["rows", "report", "applied_at"])
    return applied


def unapplied(*, before: dt.datetime) -> QuerySet[HourSheet]:
    """Files that nobody applied: their lines may name people."""
    return HourSheet.objects.filter(applied_at__isnull=True, uploaded_at__lt=before)


def drop(*, sheet: HourSheet, by: User) -> None:
    """Forget a file that will not be applied; one that was stays. Raises MayNot."""
    refuse_unless(permissions.may_keep_the_ledger(by))
    HourSheet.objects.filter(pk=sheet.pk, applied_at__isnull=True).delete()
