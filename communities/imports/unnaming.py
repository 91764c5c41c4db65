"""Which files of residents name someone who is erased? Their line goes, from what waits and from what was refused."""

import json
from typing import Any

from django.utils.translation import gettext as _

from communities.folding import fold
from communities.models import Resident, ResidentImport

from . import examining, known_residents


def forget(*, resident: Resident) -> None:
    """A file that waits to be applied would bring them back; the report of one that was may quote what they wrote."""
    for file in ResidentImport.objects.select_for_update(of=("self",)).order_by("pk"):
        rows = [row for row in file.rows if not is_of(row, resident)]
        report = without_lines_of(file.report, resident, gone={row["line"] for row in file.rows if row not in rows})
        if rows != file.rows or report != file.report:
            file.rows, file.report = rows, report
            file.save(update_fields=["rows", "report"])


def is_of(row: dict[str, Any], resident: Resident) -> bool:
    """Whether a line tells of them: the same address, or the same name with the same telephone or street."""
    facts = examining.tidied(row["facts"])
    theirs = {name: getattr(resident, name) for name in ("name", "email", "phone", "street")}
    return bool(set(keys_of(facts)) & set(keys_of(theirs))) or says(row["facts"], resident)


def keys_of(facts: dict[str, str]) -> list[known_residents.Key]:
    return known_residents.keys_of({"name": ""} | facts)


def without_lines_of(report: dict[str, Any], resident: Resident, *, gone: set[int]) -> dict[str, Any]:
    """The same counts, and a line that names them without its words."""
    lines = report.get("lines", [])
    kept = [
        [number, verdict, _("(erased)") if reason else "", ""]
        if number in gone or says([reason, name], resident)
        else [number, verdict, reason, name]
        for number, verdict, reason, name in lines
    ]
    return report | {"lines": kept} if lines else report


def says(words: Any, resident: Resident) -> bool:
    """Whether these words hold one of the ways to know them, whole."""
    said = fold(json.dumps(words, ensure_ascii=False))
    ways = (resident.name, resident.second_name, resident.email, resident.phone, resident.street)
    return any(fold(way) in said for way in ways if way)
