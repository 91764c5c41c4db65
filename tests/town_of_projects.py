"""The same of what residents and the commune build together: every public page, one letter of every kind."""

import datetime as dt

from engagement import passing
from engagement.models import Stage
from tests import town_of_ideas
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import ProjectFactory
from tests.factories import StaffFactory


def addresses() -> dict[str, str]:
    """The pages that anyone finds, and those that links in letters open."""
    return town_of_ideas.addresses()


def post_one_of_each(*, now: dt.datetime) -> None:
    town_of_ideas.post_one_of_each(now=now)
    project = ProjectFactory(stage=Stage.SIGNED, holder=ResidentFactory())
    by = passing.Actor(user=StaffFactory(administration=True))
    passing.to(thing=project, stage=Stage.UNDER_WAY, by=by, now=now)
