"""Which projects of a list have their place on the plan of the town?"""

from collections.abc import Iterable
from dataclasses import dataclass

from engagement.models import ProjectPage, Scheme
from engagement.places import plan as plans


@dataclass(frozen=True)
class Placed:
    """The plan, and a mark for each that has a point, by its number in the list."""

    plan: plans.Plan
    marks: list[plans.Mark]


def of(pages: Iterable[ProjectPage]) -> Placed | None:
    """None while the town has no plan, or nothing of this list is on it. Two queries."""
    marks = [mark for number, page in enumerate(pages, start=1) if (mark := mark_of(page, number))]
    plan = plan_of_the_town() if marks else None
    return Placed(plan, marks) if plan else None


def mark_of(page: ProjectPage, number: int) -> plans.Mark | None:
    project = page.project
    if project is None or project.point_x is None or project.point_y is None:
        return None
    point = plans.Point(project.point_x, project.point_y)
    return plans.Mark(point=point, number=number, name=page.title, href=page.url or "")


def plan_of_the_town() -> plans.Plan | None:
    """The picture that the town settled; None without one, or when it cannot be read."""
    scheme = Scheme.objects.select_related("map_picture").first()
    if scheme is None or scheme.map_picture is None:
        return None
    try:
        return plans.of(image=scheme.map_picture, credit=scheme.map_credit)
    except OSError:
        return None
