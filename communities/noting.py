"""What does the town hall note about a resident who came, called, or filled in a slip?"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from . import consent, membership, wordings
from .models import Channel, Community, Origin, Resident


@transaction.atomic
def note(
    *,
    resident: Resident,
    communities: Collection[Community],
    scopes: Collection[str],
    proof: str,
    formerly: str = "",
    now: datetime,
) -> None:
    """Make communities and consents exactly what the person said, on the channel they prefer.

    `proof` says where the slip or the note is kept. `formerly` is the channel they preferred before, if it changed:
    nothing is sent on it any more.
    """
    for community in resident.communities.exclude(pk__in=[community.pk for community in communities]):
        membership.leave(community=community, resident=resident, origin=Origin.STAFF, now=now)
    for community in communities:
        membership.join(community=community, resident=resident, now=now)
    if formerly and formerly != resident.preferred_channel:
        consent.withdraw_everything(resident=resident, channel=formerly, origin=Origin.STAFF, now=now)
    settle(resident=resident, scopes=scopes, proof=proof, now=now)


def settle(*, resident: Resident, scopes: Collection[str], proof: str, now: datetime) -> None:
    """A yes for each of `scopes`, a no for whatever else held."""
    channel = resident.preferred_channel
    others = consent.scopes_held(resident=resident, channel=channel) - set(scopes)
    consent.withdraw(resident=resident, scopes=others, channel=channel, origin=Origin.STAFF, now=now)
    consent.grant(
        resident=resident,
        scopes=scopes,
        channel=channel,
        wording=wordings.PAPER,
        origin=Origin.STAFF,
        proof=proof,
        now=now,
    )


def note_texts(*, resident: Resident, agreed: bool, proof: str, now: datetime) -> None:
    """Whether they agreed to text messages about what they said they come to."""
    if not agreed:
        consent.withdraw_everything(resident=resident, channel=Channel.SMS, origin=Origin.STAFF, now=now)
        return
    consent.grant(
        resident=resident,
        scopes=[consent.TOWN],
        channel=Channel.SMS,
        wording=wordings.TEXTED,
        origin=Origin.STAFF,
        proof=proof,
        now=now,
    )
