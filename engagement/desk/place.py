"""Where is it on the town's plan, if it has a place there and the town has a plan?"""

from typing import Any

from engagement.models import Idea, Project, Scheme
from engagement.places import plan as plans
from engagement.places.plan import Point


def of(thing: Idea | Project) -> dict[str, Any]:
    """`plan` and `point` for a template; nothing without either."""
    if thing.point_x is None or thing.point_y is None:
        return {}
    scheme = Scheme.load()
    if scheme.map_picture is None:
        return {}
    plan = plans.of(image=scheme.map_picture, credit=scheme.map_credit)
    return {"plan": plan, "point": Point(thing.point_x, thing.point_y)}
