"""What do meetings tell of a community? Who answered, when it met, when it meets next."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db.models import Max, Min, Q

from communities.activity import Gatherings, gathered

from .models import Answer, MeetingPage, MeetingStatus


def answered(communities: Collection[int], since: dt.datetime) -> Mapping[int, set[int]]:
    """Whoever said anything about one of its meetings, be it no."""
    said = Answer.objects.filter(answered_at__gte=since, invitation__resident__erased_at=None)
    theirs = said.filter(invitation__meeting__communities__in=communities).order_by()
    return gathered(theirs.values_list("invitation__meeting__communities", "invitation__resident").distinct())


def met(communities: Collection[int], now: dt.datetime) -> Mapping[int, Gatherings]:
    """Published meetings that took place or will."""
    stands = MeetingPage.objects.live().filter(communities__in=communities, status__in=MeetingStatus.in_the_diary())
    dates = (
        stands.order_by()
        .values_list("communities")
        .annotate(last=Max("starts_at", filter=Q(ends_at__lt=now)), next=Min("starts_at", filter=Q(ends_at__gte=now)))
    )
    return {community: Gatherings(last, coming) for community, last, coming in dates}
