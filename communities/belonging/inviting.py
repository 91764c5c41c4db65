"""How does a member ask a neighbour to join them? One letter, to people they know, and never again to who says so."""

import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from communities import blocking, links, membership, preferences, residents
from communities.models import Community, Delivery, DeliveryState, Mailing, NeighbourInvitation, Origin, Resident, Topic
from communities.post import mailings

from .refusals import EnoughForThisWeek, NotAMember

PURPOSE = "never-invite-me"
LETTER_KIND = "a-neighbour-invites"
WEEK, MOST = timedelta(days=7), 5
ADDRESS_KEPT, FINGERPRINT_KEPT = timedelta(days=30), timedelta(days=365)


@transaction.atomic
def invite(
    *, community: Community, inviter: Resident, shown_as: str, address: str, now: datetime
) -> NeighbourInvitation:
    """One letter, unless the address was invited there within a year or is a member's: the inviter learns neither.

    Raises NotAMember, EnoughForThisWeek.
    """
    Resident.objects.select_for_update(no_key=True).get(pk=inviter.pk)  # two windows count together
    if membership.find(community=community, resident=inviter) is None:
        raise NotAMember
    if inviter.neighbours_invited.filter(invited_at__gt=now - WEEK).count() >= MOST:
        raise EnoughForThisWeek
    forget_fingerprints(now=now)
    invitation = NeighbourInvitation(
        community=community,
        inviter=inviter,
        fingerprint=fingerprint(address),
        shown_as=residents.tidy_name(shown_as)[:80],
        invited_at=now,
    )
    if is_the_first(invitation):
        post_letter(invitation=invitation, address=address, now=now)
    return invitation


def fingerprint(address: str) -> str:
    """Of an address, which nobody reads back without the key of this site."""
    known = residents.tidy_email(address).lower()
    return hmac.digest(settings.SECRET_KEY.encode(), f"{PURPOSE}\0{known}".encode(), "sha256").hex()


def is_the_first(invitation: NeighbourInvitation) -> bool:
    """Write it down: as sent, or where the address had its letter already, as one that only counts."""
    try:
        with transaction.atomic():
            invitation.is_sent = True
            invitation.save()
    except IntegrityError:
        invitation.is_sent = False
        invitation.save()
    return invitation.is_sent


def post_letter(*, invitation: NeighbourInvitation, address: str, now: datetime) -> None:
    unnamed = _("someone whom a neighbour invited")
    invited = residents.find_or_create(email=address, name=unnamed, now=now)
    invitation.invited = invited
    invitation.save(update_fields=["invited"])
    if not membership.find(community=invitation.community, resident=invited):
        title = _("A neighbour invites you: %(community)s") % {"community": invitation.community}
        mailings.post_one(kind=LETTER_KIND, key=str(invitation.pk), title=title, resident=invited, now=now)


# --- Never again ---------------------------------------------------------------------------------------------


def token_of(invitation: NeighbourInvitation) -> str:
    return links.sign(PURPOSE, invitation.pk)


def find(*, token: str) -> NeighbourInvitation | None:
    """The invitation behind the link of its letter; None when it is forged, or the address is forgotten anyway."""
    known = NeighbourInvitation.objects.select_related("invited", "community")
    return known.filter(
        pk=links.read(PURPOSE, token) or 0, invited__isnull=False, invited__erased_at__isnull=True
    ).first()


@transaction.atomic
def never_again(*, invitation: NeighbourInvitation, now: datetime) -> None:
    """No neighbour's invitation reaches them any more; an address that asked for nothing else gets nothing at all."""
    invited = invitation.invited
    if invited is None:
        return
    if is_known(invited):
        preferences.mute(resident=invited, topics=[Topic.NEIGHBOURS], origin=Origin.MAIL, now=now)
    elif invited.email:
        blocking.block(address=invited.email, reason=_("Wants no invitations, said by the link in one."), now=now)


def is_known(resident: Resident) -> bool:
    """Whether they asked for anything themselves, or the town hall wrote it down for them."""
    return bool(resident.confirmed_at) or resident.consent_events.exists() or resident.memberships.exists()


def said_never(invitation: NeighbourInvitation) -> bool:
    invited = invitation.invited
    return invited is not None and (
        invited.muted_topics.filter(topic=Topic.NEIGHBOURS).exists() or blocking.is_blocked(invited.email)
    )


# --- Forgetting ----------------------------------------------------------------------------------------------


@transaction.atomic
def forget(*, now: datetime) -> None:
    """Each night: after a month whom it was sent to and by whom it was signed, after a year that it was."""
    forget_fingerprints(now=now)
    old = NeighbourInvitation.objects.filter(invited_at__lt=now - ADDRESS_KEPT).exclude(invited=None, shown_as="")
    old.update(invited=None, shown_as="")
    letters = Mailing.objects.filter(kind=LETTER_KIND, created_at__lt=now - ADDRESS_KEPT)
    gone = list(letters.exclude(deliveries__state=DeliveryState.PENDING).values_list("pk", flat=True))
    Delivery.objects.filter(mailing__in=gone).delete()
    Mailing.objects.filter(pk__in=gone).delete()


def forget_fingerprints(*, now: datetime) -> None:
    NeighbourInvitation.objects.filter(invited_at__lt=now - FINGERPRINT_KEPT).delete()
