"""A town's worth of residents, in a handful of queries."""

from django.utils import timezone

from communities import scopes
from communities.models import Community, ConsentEvent, Membership, Resident
from tests.communities.factories import CommunityFactory


def gather(size: int, **of_the_community: str) -> Community:
    """A community of so many members with an e-mail address, who all want to be told of its meetings."""
    community, now, first = CommunityFactory(**of_the_community), timezone.now(), Resident.objects.count()
    residents = Resident.objects.bulk_create(
        Resident(name="Inès Briquette", email=f"neighbour-{number}@example.org", created_at=now, confirmed_at=now)
        for number in range(first, first + size)
    )
    Membership.objects.bulk_create(
        Membership(community=community, resident=resident, joined_at=now) for resident in residents
    )
    ConsentEvent.objects.bulk_create(
        ConsentEvent(
            resident=resident,
            channel="email",
            scope=scopes.scope_of(community),
            granted=True,
            wording="paper",
            origin="staff",
            occurred_at=now,
        )
        for resident in residents
    )
    return community
