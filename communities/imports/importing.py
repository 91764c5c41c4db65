"""How does a file of residents come in? Read and reported line by line, then applied at once, whole, or not at all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.translation import gettext as _

from communities import residents
from communities.models import Community, Neighbourhood, Resident, ResidentImport

from . import asking, columns, examining, tables
from .examining import Facts, Line, Verdict

WAYS = ("second_name", "email", "phone", "street", "postcode", "city")


@dataclass(frozen=True)
class StatedConsent:
    """A consent given before, elsewhere: somebody at the town hall answers for it."""

    origin: str
    date: date
    proof: str


def receive(
    *,
    file: IO[bytes],
    size: int,
    name: str,
    community: Community | None,
    stated: StatedConsent | None,
    by: User,
    now: datetime,
) -> ResidentImport:
    """Read a file and keep its report; nobody is written down yet. Raise tables.Unreadable."""
    heading, *rows = tables.read(file=file, size=size) or [tables.Row(1, [])]
    meanings = columns.meanings(heading.cells or [])
    kept = [told(row, meanings) for row in rows]
    return ResidentImport.objects.create(
        file_name=name[-255:],
        community=community,
        consent_origin=stated.origin if stated else "",
        consent_date=stated.date if stated else None,
        consent_proof=stated.proof if stated else "",
        rows=kept,
        report=report_of(examining.examine(kept)) | {"unread": unread(heading.cells or [], meanings)},
        uploaded_by=by,
        uploaded_at=now,
    )


def told(row: tables.Row, meanings: Sequence[str]) -> dict[str, Any]:
    """What one row says under the headings we read; the other columns are not kept."""
    if row.cells is None:
        return {"line": row.number, "facts": {}, "trouble": _("This line is malformed: check its quotation marks.")}
    if any(row.cells[len(meanings) :]):
        return {"line": row.number, "facts": {}, "trouble": _("This line has more cells than there are headings.")}
    facts: Facts = {}
    for meaning, cell in zip(meanings, row.cells, strict=False):
        if meaning and cell:
            facts.setdefault(meaning, cell)
    return {"line": row.number, "facts": facts, "trouble": ""}


def unread(headings: Sequence[str], meanings: Sequence[str]) -> list[str]:
    return [heading for heading, meaning in zip(headings, meanings, strict=True) if heading and not meaning]


def report_of(lines: Sequence[Line]) -> dict[str, Any]:
    """Counts, and for each line its number, verdict, reason and name."""
    return {
        "counts": Counter(line.verdict.value for line in lines),
        "lines": [[line.number, line.verdict.value, line.reason, line.facts.get("name", "")] for line in lines],
    }


@transaction.atomic
def apply(*, resident_import: ResidentImport, now: datetime) -> ResidentImport:
    """Write the people of a file down, once however often it is asked, and all of them or nobody.

    With a stated consent they hold it from now on; otherwise each e-mail address gets one letter that asks, and nobody
    anything else until they agree. The lines are examined again: what has changed since the report counts.
    """
    applied = ResidentImport.objects.select_for_update(of=("self",)).get(pk=resident_import.pk)
    if applied.is_applied:
        return applied
    keep_others_from_writing_residents_down()
    lines = examining.examine(applied.rows)
    people = write_down([line for line in lines if line.is_taken], resident_import=applied, now=now)
    outcome = (
        asking.take_their_word(people=people, resident_import=applied, now=now)
        if applied.states_consent
        else asking.ask_each(people=people, resident_import=applied, now=now)
    )
    report = report_of(lines)
    refused = [[number, verdict, reason, ""] for number, verdict, reason, _name in report["lines"] if reason]
    applied.report |= {"counts": report["counts"], "lines": refused, **outcome}
    applied.rows, applied.applied_at = [], now
    applied.save(update_fields=["rows", "report", "applied_at"])
    return applied


def keep_others_from_writing_residents_down() -> None:
    """Until the end of this transaction, so that nobody signs up between the examination and the writing."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {Resident._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def write_down(lines: Sequence[Line], *, resident_import: ResidentImport, now: datetime) -> list[Resident]:
    """Make the new, who remember the file; complete the known. Everyone the file tells of, in its order."""
    neighbourhoods = dict(Neighbourhood.objects.values_list("name", "pk"))
    for line in lines:
        if line.resident is None:
            line.resident = newcomer(line.facts, neighbourhoods, resident_import=resident_import, now=now)
        else:
            complete(line.resident, line.gains, neighbourhoods)
    people = [line.resident for line in lines if line.resident]
    Resident.objects.bulk_create([resident for resident in people if resident.pk is None], batch_size=2_000)
    completed = [line.resident for line in lines if line.resident and line.verdict == Verdict.COMPLETED]
    Resident.objects.bulk_update(completed, [*WAYS, "neighbourhood"], batch_size=500)
    return people


def newcomer(
    facts: Facts, neighbourhoods: Mapping[str, int], *, resident_import: ResidentImport, now: datetime
) -> Resident:
    return Resident(
        came_with=resident_import,
        name=facts["name"],
        neighbourhood_id=neighbourhoods.get(facts.get("neighbourhood", "")),
        preferred_channel=residents.natural_channel(email=facts.get("email", ""), street=facts.get("street", "")),
        created_at=now,
        **{way: facts.get(way, "") for way in WAYS},
    )


def complete(resident: Resident, gains: Facts, neighbourhoods: Mapping[str, int]) -> None:
    for name, value in gains.items():
        if name == "neighbourhood":
            resident.neighbourhood_id = neighbourhoods[value]
        else:
            setattr(resident, name, value)


def drop(*, resident_import: ResidentImport) -> None:
    """Forget a file that will not be applied; one that was stays, as the proof of where people came from."""
    ResidentImport.objects.filter(pk=resident_import.pk, applied_at__isnull=True).delete()
