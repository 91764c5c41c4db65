"""Which is the plan of the town, and what has its place on it?"""

from collections.abc import Iterable

from django.utils import timezone

from communities.models import Medium
from communities.picture_rights import showing
from engagement.models import Idea, Project, Scheme

from . import plan as plans


def plan_of(scheme: Scheme | None) -> plans.Plan | None:
    """The picture that the town settled; None while it has none, or one that cannot be read."""
    if scheme is None or not showing.may_be_shown(scheme.map_picture, medium=Medium.SITE, today=timezone.localdate()):
        return None
    try:
        return plans.of(image=scheme.map_picture, credit=scheme.map_credit)
    except OSError:
        return None


def point_of(thing: Idea | Project | None) -> plans.Point | None:
    if thing is None or thing.point_x is None or thing.point_y is None:
        return None
    return plans.Point(thing.point_x, thing.point_y)


def marks_of(listed: Iterable[tuple[Idea | Project | None, str, str]]) -> list[plans.Mark]:
    """Of a list of things, each with its name and its address: those that have a place, by their number in it."""
    return [
        plans.Mark(point=point, number=number, name=name, href=href)
        for number, (thing, name, href) in enumerate(listed, start=1)
        if (point := point_of(thing))
    ]
