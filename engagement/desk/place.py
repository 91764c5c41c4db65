"""Where is it on the town's plan, if it has a place there and the town has a plan?"""

from typing import Any

from engagement.models import Idea, Project, Scheme
from engagement.places import of_the_town


def of(thing: Idea | Project) -> dict[str, Any]:
    """`plan` and `point` for a template; nothing without either."""
    point = of_the_town.point_of(thing)
    plan = of_the_town.plan_of(Scheme.load()) if point else None
    return {"plan": plan, "point": point} if plan else {}
