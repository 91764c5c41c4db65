"""What does a resident see of a community in their space? Members see who coordinates; coordinators see first names."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator

from communities import membership
from communities.models import Community, Membership, MembershipRequest, Resident

MEMBERS_A_PAGE = 100


@dataclass(frozen=True)
class Place:
    """One resident's place in one community; whatever they may not see is empty. `page` is which of its members."""

    community: Community
    resident: Resident
    page: str = ""

    @cached_property
    def mine(self) -> Membership | None:
        return membership.find(community=self.community, resident=self.resident)

    @property
    def coordinates(self) -> bool:
        return self.mine is not None and self.mine.is_coordinator

    @cached_property
    def asked(self) -> MembershipRequest | None:
        """Their own request that waits."""
        return self.community.requests.waiting().filter(resident=self.resident).first()

    @cached_property
    def coordinators(self) -> Sequence[str]:
        """By the names they show, to members."""
        if self.mine is None:
            return []
        return [each.called for each in Membership.objects.coordinating(self.community).named()]

    @cached_property
    def members(self) -> "Page[Membership] | None":
        """To whoever coordinates: names shown, roles and dates, and nothing of where they live."""
        if not self.coordinates:
            return None
        everyone = self.community.memberships.known().named().order_by("resident__folded", "pk")
        return Paginator(everyone, MEMBERS_A_PAGE).get_page(self.page)

    @cached_property
    def requests(self) -> Sequence[MembershipRequest]:
        """To whoever coordinates: those who ask to enter."""
        return list(self.community.requests.waiting().to_enter()) if self.coordinates else []


def all_for(*, resident: Resident) -> dict[str, Any]:
    """`mine`, memberships with their communities, then the `others`, of which some were `asked`; three queries."""
    mine = list(resident.memberships.select_related("community").order_by("community__folded"))
    asked = set(resident.membership_requests.waiting().to_enter().values_list("community_id", flat=True))
    others = Community.objects.for_cards().exclude(pk__in=[each.community_id for each in mine])
    return {"mine": mine, "others": list(others), "asked": asked}
