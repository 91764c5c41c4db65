"""What do the public archives get of what went? A file a night and rule, until somebody says that they have it."""

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities import permissions, spreadsheets
from communities.models import ArchivedRecord, RetentionRun

from .refusals import refuse_unless
from .rules import Facts, Reach

# The first day a zip can say: the same records make the same bytes.
NO_DAY = (1980, 1, 1, 0, 0, 0)
# What people read above a column, in the order in which they read it.
HEADINGS = {
    "title": _("title"),
    "kind": _("kind"),
    "starts_at": _("starts"),
    "venue": _("venue"),
    "what": _("the idea"),
    "place": _("where"),
    "neighbourhood": _("neighbourhood"),
    "organisation": _("name of the group, association or school"),
    "received_at": _("received on"),
    "refused_at": _("answered on"),
    "reason": _("reason"),
    "asked": _("residents invited"),
    "yes": _("yes"),
    "no": _("no"),
    "maybe": _("maybe"),
    "people": _("people coming"),
    "by_channel": _("by means"),
    "by_neighbourhood": _("by neighbourhood"),
}


def files() -> QuerySet[RetentionRun]:
    """Nights whose records are still here."""
    return RetentionRun.objects.filter(Exists(ArchivedRecord.objects.filter(run=OuterRef("pk"))))


def drop(keys: Sequence[Any], reach: Reach) -> int:
    """The records of these nights; that something went, and how much, stays."""
    ArchivedRecord.objects.filter(run__in=keys).delete()
    return len(keys)


@transaction.atomic
def hand_over(*, run: RetentionRun, by: User, now: datetime) -> None:
    """The archives have it: its records go. Pressing twice does no more. Raises MayNot."""
    refuse_unless(permissions.may_decide_on_retention(by))
    first = RetentionRun.objects.filter(pk=run.pk, handed_over_at__isnull=True)
    if first.update(handed_over_at=now, handed_over_by=by):
        ArchivedRecord.objects.filter(run=run).delete()


def file_of(run: RetentionRun) -> bytes:
    """The night's records, for machines (JSON lines) and for people (CSV), zipped."""
    records = list(ArchivedRecord.objects.filter(run=run).order_by("pk").values_list("facts", flat=True))
    return zipped({f"{name_of(run)}.jsonl": lines(records), f"{name_of(run)}.csv": table(records)})


def name_of(run: RetentionRun) -> str:
    """meetings-answers-2027-03-01"""
    return f"{run.rule.replace('.', '-').replace('_', '-')}-{run.ran_on.isoformat()}"


def lines(records: Sequence[Facts]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n" for record in records)


def table(records: Sequence[Facts]) -> str:
    """One line each, under every heading there is."""
    found = {heading for record in records for heading in record}
    headings = [heading for heading in HEADINGS if heading in found] + sorted(found - set(HEADINGS))
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow([HEADINGS.get(heading, heading) for heading in headings])
    for record in records:
        writer.writerow([cell(record.get(heading)) for heading in headings])
    return "\ufeff" + written.getvalue()


def cell(value: Any) -> str:
    """What a spreadsheet shows, and does not reckon with."""
    if isinstance(value, dict):
        value = ", ".join(f"{name or gettext('elsewhere or not known')} {number}" for name, number in value.items())
    return spreadsheets.harmless("" if value is None else str(value))


def zipped(texts: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(zipfile.ZipInfo(name, NO_DAY), text.encode(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
