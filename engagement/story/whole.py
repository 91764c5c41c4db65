"""All that a project's page shows besides its own text, put together once: a number of queries that never grows."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from engagement.ledger import balance, showing
from engagement.models import ContributionKind, Convention, Project, ProjectSheet, Side, Teammate, TeamRole

from . import timeline

Context = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """Those who do one thing in a project: the names they agreed to show, and how many others there are."""

    label: str
    names: list[str]
    others: int


def of(project: Project | None, *, now: dt.datetime) -> Context:
    """For components of the page: `moments`, `team`, `convention` and its `amendments`, `balance`, `sheet`."""
    if project is None:
        return {}
    convention, amendments = conventions_of(project)
    return {
        "moments": timeline.of(project, now),
        "team": team_of(project),
        "convention": convention,
        "amendments": amendments,
        "balance": balance_of(project),
        "sheet": ProjectSheet.objects.filter(project=project, public_at__isnull=False).exists(),
    }


def team_of(project: Project) -> list[Part]:
    """Role by role; a name is shown only as its bearer agreed to it, and nobody who was erased is counted."""
    parts: dict[str, list[str]] = defaultdict(list)
    mates = Teammate.objects.filter(project=project, resident__erased_at__isnull=True)
    for role, shown_as in mates.values_list("role", "shown_as"):
        parts[role].append(shown_as)
    return [
        Part(
            label=str(role.label),
            names=[name for name in parts[role] if name],
            others=sum(1 for name in parts[role] if not name),
        )
        for role in TeamRole
        if role in parts
    ]


def conventions_of(project: Project) -> tuple[Convention | None, list[Convention]]:
    """The last convention that both sides signed, and the amendments to it that they signed."""
    held = timeline.held_conventions(project)
    first_ones = [convention for convention in held if not convention.is_amendment]
    last = first_ones[-1] if first_ones else None
    return last, [each for each in held if last and each.amends_id == last.pk]


def balance_of(project: Project) -> showing.Shown | None:
    """Both halves as they are drawn; None while nothing is promised and nothing done. One query."""
    found = balance.of(project=project)
    if found.is_empty:
        return None
    residents, commune = (brought(found, side) for side in (Side.RESIDENTS, Side.COMMUNE))
    return showing.shown(residents=residents, commune=commune)


def brought(found: balance.Balance, side: Side) -> showing.Brought:
    return showing.Brought(
        hours=found.hours(side),
        money=found.done(side, ContributionKind.MONEY),
        in_kind=found.done(side, ContributionKind.MATERIALS, ContributionKind.EQUIPMENT),
        value=found.done(side),
        promised_hours=found.promised_hours(side),
        promised=found.promised(side),
    )
