"""Which projects of a list have their place on the plan of the town?"""

from collections.abc import Iterable
from dataclasses import dataclass

from engagement.models import ProjectPage, Scheme
from engagement.places import of_the_town
from engagement.places import plan as plans


@dataclass(frozen=True)
class Placed:
    """The plan, and a mark for each that has a point, by its number in the list."""

    plan: plans.Plan
    marks: list[plans.Mark]


def of(pages: Iterable[ProjectPage]) -> Placed | None:
    """None while the town has no plan, or nothing of this list is on it. Two queries."""
    marks = of_the_town.marks_of((page.project, page.title, page.url or "") for page in pages)
    plan = of_the_town.plan_of(Scheme.objects.select_related("map_picture").first()) if marks else None
    return Placed(plan, marks) if plan else None
