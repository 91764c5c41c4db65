"""All that a project's page shows besides its own text, put together once: a number of queries that never grows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from engagement.caring import showing as upkeep
from engagement.ledger import showing as ledger
from engagement.models import Convention, ProjectPage, Teammate, TeamRole

from . import records, timeline

Context = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """Those who do one thing in a project: the names they agreed to show, and how many others there are."""

    label: str
    names: list[str]
    others: int


def of(page: ProjectPage, *, now: dt.datetime, is_preview: bool = False) -> Context:
    """For components of the page: `moments`, `team`, `convention` and its `amendments`, `balance`, `stewardship`,
    `sheet`, and the `facts` and `documents` of the page, which a preview has not kept yet.
    """
    project = page.project
    if project is None:
        return {}
    known = records.read(project, now=now)
    convention, amendments = conventions_of(known.conventions)
    return {
        "moments": timeline.of(project, now, known),
        "team": team_of(known.team),
        "convention": convention,
        "amendments": amendments,
        "balance": ledger.of(project),
        "stewardship": upkeep.told(
            project=project, checks=known.checks, duties=known.duties, today=timezone.localdate(now)
        ),
        "sheet": known.has_sheet,
        "facts": page.facts.all() if is_preview else known.facts,
        "documents": [item.document for item in page.documents.all()] if is_preview else known.documents,
    }


def team_of(team: Iterable[Teammate]) -> list[Part]:
    """Role by role; a name is shown only as its bearer agreed to it."""
    parts: dict[str, list[str]] = defaultdict(list)
    for mate in team:
        parts[mate.role].append(mate.shown_as)
    return [
        Part(
            label=str(role.label),
            names=[name for name in parts[role] if name],
            others=sum(1 for name in parts[role] if not name),
        )
        for role in TeamRole
        if role in parts
    ]


def conventions_of(held: list[Convention]) -> tuple[Convention | None, list[Convention]]:
    """The last convention that both sides signed, and the amendments to it that they signed."""
    first_ones = [convention for convention in held if not convention.is_amendment]
    last = first_ones[-1] if first_ones else None
    return last, [each for each in held if last and each.amends_id == last.pk]
