"""What do projects tell of their community? Who supports the idea, joined the team, looked how it stands."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping

from communities.activity import gathered

from .models import IdeaSupport, StewardshipCheck, Teammate


def took_part(communities: Collection[int], since: dt.datetime) -> Mapping[int, set[int]]:
    known = {"resident__erased_at": None}
    supports = IdeaSupport.objects.filter(confirmed_at__gte=since, idea__project__community__in=communities, **known)
    mates = Teammate.objects.filter(joined_at__gte=since, project__community__in=communities, **known)
    checks = StewardshipCheck.objects.filter(answered_at__gte=since, project__community__in=communities)
    found: dict[int, set[int]] = defaultdict(set)
    for pairs in (
        supports.values_list("idea__project__community", "resident"),
        mates.values_list("project__community", "resident"),
        checks.filter(answered_by__erased_at=None, answered_by__isnull=False).values_list(
            "project__community", "answered_by"
        ),
    ):
        for community, residents in gathered(pairs).items():
            found[community] |= residents
    return found
