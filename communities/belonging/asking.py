"""Who would like to be part of a community, or to coordinate it? At once where it is open; else somebody answers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communities import consent, membership, residents, wordings
from communities.models import Community, Membership, MembershipRequest, Origin, Outcome, Priority, Resident, Role
from communities.post import mailings

from .refusals import AlreadyHasARole, NotAMember

ASKED_LETTER = "somebody-asks-to-enter"


@transaction.atomic
def enter(
    *, community: Community, resident: Resident, name: str = "", words: str = "", now: datetime
) -> MembershipRequest | None:
    """Make them a member of an open community; of a closed one, keep their request and tell its coordinators.

    None once they are a member. Asking twice changes nothing.
    """
    if community.is_closed and not membership.find(community=community, resident=resident):
        return ask(community=community, resident=resident, role=Role.MEMBER, name=name, words=words, now=now)
    membership.join(community=community, resident=resident, now=now)
    asked = community.requests.to_enter().waiting().filter(resident=resident)
    asked.update(outcome=Outcome.ACCEPTED, decided_at=now)
    return None


@transaction.atomic
def enter_and_be_told(*, community: Community, resident: Resident, words: str, now: datetime) -> None:
    """The same from their space: the button says that they are told of its meetings, by the channel they prefer."""
    enter(community=community, resident=resident, words=words, now=now)
    consent.grant(
        resident=resident,
        scopes=[consent.scope_of(community)],
        channel=resident.preferred_channel,
        wording=wordings.CHOSEN,
        origin=Origin.WEB,
        now=now,
    )


@transaction.atomic
def propose(*, community: Community, resident: Resident, words: str, now: datetime) -> MembershipRequest:
    """A member would like to coordinate; the town hall decides. Raises NotAMember, AlreadyHasARole."""
    joined = membership.find(community=community, resident=resident)
    if joined is None:
        raise NotAMember
    if joined.role != Role.MEMBER:
        raise AlreadyHasARole
    return ask(community=community, resident=resident, role=Role.COORDINATOR, name="", words=words, now=now)


def ask(
    *, community: Community, resident: Resident, role: Role, name: str, words: str, now: datetime
) -> MembershipRequest:
    """Their one open request: this one, or the one that waits already."""
    facts = {
        "role": role,
        "given_name": residents.tidy_name(name) or resident.name,
        "words": words.strip(),
        "asked_at": now,
    }
    request, is_new = MembershipRequest.objects.get_or_create(
        community=community, resident=resident, outcome=Outcome.WAITING, defaults=facts
    )
    if is_new and not request.is_to_coordinate:
        tell_coordinators(request=request, now=now)
    return request


def tell_coordinators(*, request: MembershipRequest, now: datetime) -> None:
    """Those whom e-mail reaches; the town hall sees it on its first page in any case."""
    coordinating = Membership.objects.coordinating(request.community).exclude(resident__email="")
    addressees = [mailings.Addressee(pk) for pk in coordinating.values_list("resident_id", flat=True)]
    if addressees:
        title = _("%(name)s asks to join “%(community)s”") % {
            "name": request.given_name,
            "community": request.community,
        }
        mailings.post(
            kind=ASKED_LETTER,
            key=str(request.pk),
            title=title,
            addressees=addressees,
            priority=Priority.TRANSACTIONAL,
            now=now,
        )


@transaction.atomic
def take_back(*, request: MembershipRequest, origin: Origin, now: datetime) -> bool:
    """They would rather not, and whoever asked to enter is not told of the meetings either; false once answered."""
    waiting = MembershipRequest.objects.filter(pk=request.pk, outcome=Outcome.WAITING)
    if not waiting.update(outcome=Outcome.WITHDRAWN, decided_at=now):
        return False
    if not request.is_to_coordinate:
        membership.leave(community=request.community, resident=request.resident, origin=origin, now=now)
    return True
