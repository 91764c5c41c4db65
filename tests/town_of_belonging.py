"""The letters of communities that are asked, that answer, and to which neighbours invite; the page that one opens."""

import datetime as dt

from django.urls import reverse

from communities.belonging import answering, asking, inviting
from communities.models import Role
from tests.communities.factories import (
    CommunityFactory,
    MembershipFactory,
    NeighbourInvitationFactory,
    ResidentFactory,
)
from tests.factories import StaffFactory


def addresses() -> dict[str, str]:
    """The public page of a closed community, and where one says never to be invited again."""
    return {
        "a closed community": CommunityFactory(is_closed=True).get_absolute_url(),
        "never invite me": reverse("communities:never_invite", args=[inviting.token_of(NeighbourInvitationFactory())]),
    }


def post_one_of_each(*, now: dt.datetime) -> None:
    """To a coordinator, to who asked, to who coordinates from now on, to a neighbour."""
    community = CommunityFactory(is_closed=True)
    inviter = MembershipFactory(community=community, coordinator=True).resident
    asked = asking.enter(community=community, resident=ResidentFactory(), words="J’habite à côté.", now=now)
    assert asked is not None
    staff = StaffFactory(participation=True)
    answering.decline(request=asked, by=staff, reply="Revenez au printemps.", now=now)
    answering.change_role(membership=MembershipFactory(), role=Role.COORDINATOR, now=now)
    inviting.invite(community=community, inviter=inviter, shown_as="Ada", address="voisin@example.org", now=now)
