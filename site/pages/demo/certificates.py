"""Who would like a certificate of the street in flower: one of its community, and one on whom the town must decide."""

import datetime as dt

from communities.models import Resident
from engagement.models import ProjectPage
from engagement.story import certifying

SLUG = "rue-fleurie"
YESTERDAY = dt.timedelta(days=1)


def ask(*, now: dt.datetime) -> None:
    """The one gets it at once, by a letter; the request of the other stands on the desk."""
    project = ProjectPage.objects.get(slug=SLUG).project
    assert project  # noqa: S101 - for the reader of types: the demonstration's pages have theirs
    known = Resident.objects.exclude(email="").order_by("pk")
    theirs = known.filter(memberships__community=project.community)
    others = known.exclude(pk__in=theirs)
    for resident, at in ((theirs[0], now), (others[0], now - YESTERDAY)):
        certifying.ask(project=project, name=resident.name, email=resident.email, now=at)
