"""What does belonging add to the first page of my space?"""

from datetime import datetime

from django.db.models import Count, Q
from django.http import HttpRequest

from communities.models import Outcome, Resident, Role
from communities.panels import Panel


def communities_of_resident(request: HttpRequest, resident: Resident, now: datetime) -> Panel:
    """Theirs, with how many wait for the answer of whoever coordinates; one query."""
    open_ones = Q(community__requests__outcome=Outcome.WAITING, community__requests__role=Role.MEMBER)
    known = Q(community__requests__resident__erased_at__isnull=True, role=Role.COORDINATOR)
    mine = resident.memberships.select_related("community").annotate(
        waiting=Count("community__requests", filter=open_ones & known)
    )
    return "communities/my_communities_panel.html", {"mine": list(mine.order_by("community__folded"))}
