"""Where on the town's plan is it? Staff put the mark for those who came without it: at the desk, or long ago."""

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.log_actions import log

from engagement import permissions
from engagement.models import Idea, Project
from engagement.places.plan import Point
from engagement.refusals import refuse_unless

PLACED = "engagement.placed"


def may_place(thing: Idea | Project, *, by: User) -> bool:
    """An idea by whoever examines it, a project by whoever follows it."""
    return permissions.may_examine_ideas(by) if isinstance(thing, Idea) else permissions.may_follow_projects(by)


@transaction.atomic
def place(*, thing: Idea | Project, point: Point | None, by: User) -> None:
    """Put its mark there, in the place of the one before; without a point, take it off. Raises MayNot."""
    refuse_unless(may_place(thing, by=by))
    thing.point_x, thing.point_y = (point.x, point.y) if point else (None, None)
    thing.save(update_fields=["point_x", "point_y"])
    log(thing, PLACED, user=by)
