"""What both sides brought to the demonstration's projects, what an hour is worth, and the commune's means."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from engagement.ledger import recording
from engagement.models import HourRate, Project, YearMeans
from meetings.models import Mandate

from . import fixtures


def tell(*, by: User, now: dt.datetime) -> None:
    """Write every line of the demonstration down; projects that it does not show are passed over."""
    settle(now=now)
    for row in fixtures.read("apports")["apport"]:
        project = Project.objects.filter(page__slug=row["projet"]).first()
        if project:
            bring(project, row, by=by, now=now)


def settle(*, now: dt.datetime) -> None:
    """The mandate, the means of the years around, the values of hours: what is there already stays."""
    data, this_year = fixtures.read("apports"), timezone.localdate(now).year
    Mandate.objects.get_or_create(starts_on=data["mandat"]["starts_on"], defaults=data["mandat"])
    for row in data["moyens"]:
        YearMeans.objects.get_or_create(year=this_year + row["year"], defaults=row | {"year": this_year + row["year"]})
    for row in data["valeur"]:
        HourRate.objects.get_or_create(kind=row["kind"], from_on=row["from_on"], defaults=row)


def bring(project: Project, row: dict[str, Any], *, by: User, now: dt.datetime) -> None:
    """One line, and its undoing where it was wrong."""
    entry = recording.record(
        project=project,
        side=row["side"],
        kind=row["kind"],
        what=row["what"],
        quantity=Decimal(row["quantity"]),
        unit=row.get("unit", ""),
        value=Decimal(row["value"]) if "value" in row else None,
        done_on=timezone.localdate(now) - dt.timedelta(days=row["days_ago"]),
        evidence_words="Données de démonstration",
        validated_by=by,
        now=now,
    )
    if "undone" in row:
        recording.undo(entry=entry, reason=row["undone"], by=by, now=now)
