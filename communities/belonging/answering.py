"""Who says yes to a request? A coordinator of that community to who enters; to who coordinates, the town hall."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from communities import membership, permissions
from communities.models import Community, Membership, MembershipRequest, Outcome, Resident, Role
from communities.post import mailings

from .refusals import AlreadyAnswered, MayNot

ANSWER_LETTER = "answer-to-a-request"
COORDINATES, NO_MORE = "coordinates", "no-more"
ROLE_LETTER = "a-role-in-a-community"

Answerer = User | Resident
"""Someone at the town hall, or a coordinator."""


def may_answer(*, request: MembershipRequest, by: Answerer) -> bool:
    if isinstance(by, Resident):
        return not request.is_to_coordinate and membership.coordinates(community=request.community, resident=by)
    return permissions.may_change_members(by)


@transaction.atomic
def accept(*, request: MembershipRequest, by: Answerer, reply: str = "", now: datetime) -> None:
    """They belong to it, or coordinate it, from now on; a letter tells them. Raises MayNot, AlreadyAnswered."""
    settle(request=request, outcome=Outcome.ACCEPTED, by=by, reply=reply, now=now)
    joined = membership.join(community=request.community, resident=request.resident, now=now)
    if request.is_to_coordinate:
        membership.set_role(membership=joined, role=Role.COORDINATOR)


def decline(*, request: MembershipRequest, by: Answerer, reply: str = "", now: datetime) -> None:
    """Not this time; a letter says it kindly. Raises MayNot, AlreadyAnswered."""
    settle(request=request, outcome=Outcome.DECLINED, by=by, reply=reply, now=now)


@transaction.atomic
def settle(*, request: MembershipRequest, outcome: Outcome, by: Answerer, reply: str, now: datetime) -> None:
    """The first answer holds."""
    if not may_answer(request=request, by=by):
        raise MayNot
    who = {"by_coordinator": by} if isinstance(by, Resident) else {"by_staff": by}
    waiting = MembershipRequest.objects.filter(pk=request.pk, outcome=Outcome.WAITING)
    if not waiting.update(outcome=outcome, reply=reply.strip(), decided_at=now, **who):
        raise AlreadyAnswered
    tell(resident=request.resident, kind=ANSWER_LETTER, key=str(request.pk), community=request.community, now=now)


@transaction.atomic
def change_role(*, membership: Membership, role: Role, now: datetime) -> None:
    """At the desk; whoever begins or ceases to coordinate is told, and what they can do."""
    before, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    if before != role and Role.COORDINATOR in (before, role):
        what = COORDINATES if role == Role.COORDINATOR else NO_MORE
        key = f"{membership.pk}:{what}"
        tell(resident=membership.resident, kind=ROLE_LETTER, key=key, community=membership.community, now=now)


def tell(*, resident: Resident, kind: str, key: str, community: Community, now: datetime) -> None:
    """By e-mail; whoever has none is called by the town hall, which knows."""
    if resident.email:
        title = _("Your place in “%(community)s”") % {"community": community}
        mailings.post_one(kind=kind, key=key, title=title, resident=resident, now=now)
