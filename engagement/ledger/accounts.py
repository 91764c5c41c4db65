"""What was brought to a project, as everyone may read it and take it away? Nobody's name is in it."""

from typing import Any

from django.db.models import QuerySet

from engagement.models import LedgerEntry, Project

OPEN_COLUMNS = ("done_on", "side", "kind", "what", "quantity", "unit", "value", "reverses")
HEADINGS = ("number", "done_on", "side", "kind", "what", "quantity", "unit", "euros", "undoes")


def lines_of(project: Project) -> QuerySet[LedgerEntry]:
    """What was brought and stands, the latest first; nobody's name is in it."""
    return LedgerEntry.objects.standing().filter(project=project).order_by("-done_on", "-pk")


def open_rows(project: Project) -> list[dict[str, Any]]:
    """Every entry as open data, in the order they were written, undone ones and what undoes them included: without who
    validated it, its evidence, nor why it was undone. Figures are decimals: a number below zero is no formula.
    """
    entries = LedgerEntry.objects.filter(project=project).order_by("pk")
    return [
        {
            "number": pk,
            "done_on": done_on.isoformat(),
            "side": side,
            "kind": kind,
            "what": what,
            "quantity": quantity,
            "unit": unit,
            "euros": value,
            "undoes": reverses,
        }
        for pk, done_on, side, kind, what, quantity, unit, value, reverses in entries.values_list("pk", *OPEN_COLUMNS)
    ]
