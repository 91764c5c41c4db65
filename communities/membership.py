"""Who joins a community, leaves it, or takes a role in it?"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from . import consent
from .models import Channel, Community, Membership, Origin, Resident, Role
from .residents import tidy_name


def join(*, community: Community, resident: Resident, now: datetime) -> Membership:
    """Make a resident a member; one who is already keeps their role."""
    join_all(community=community, residents=[resident.pk], now=now)
    return Membership.objects.get(community=community, resident=resident)


def join_all(*, community: Community, residents: Iterable[int], now: datetime) -> None:
    """The same for many, by their keys, in one go."""
    joining = [Membership(community=community, resident_id=pk, joined_at=now) for pk in residents]
    Membership.objects.bulk_create(joining, ignore_conflicts=True)


def find(*, community: Community, resident: Resident) -> Membership | None:
    """What they are in it; None for whoever is not a member."""
    return Membership.objects.filter(community=community, resident=resident).first()


def coordinates(*, community: Community, resident: Resident) -> bool:
    """Whether they see its members, say who enters, and run its work days."""
    return Membership.objects.coordinating(community).filter(resident=resident).exists()


@transaction.atomic
def leave(*, community: Community, resident: Resident, origin: Origin, now: datetime) -> None:
    """No longer a member, and no longer told of its meetings, on any channel."""
    Membership.objects.filter(community=community, resident=resident).delete()
    for channel in Channel.values:
        consent.withdraw(
            resident=resident, scopes=[consent.scope_of(community)], channel=channel, origin=origin, now=now
        )


def show_as(*, membership: Membership, name: str) -> None:
    """How the others read them; without a name, the first one and an initial."""
    membership.shown_as = tidy_name(name)[:80]
    membership.save(update_fields=["shown_as"])


def set_role(*, membership: Membership, role: Role) -> None:
    """Member, coordinator, elected liaison or officer."""
    membership.role = role
    membership.save(update_fields=["role"])
