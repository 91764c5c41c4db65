"""Whom can we tell of something, by which channel, and why? Meetings and written letters both ask."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from .models import (
    Channel,
    Community,
    ConsentEvent,
    Membership,
    MutedTopic,
    Neighbourhood,
    Purpose,
    Resident,
    Suppression,
    Topic,
    alike,
)

Means = tuple[int, str]
"""A resident and a channel."""


@dataclass(frozen=True)
class Recipient:
    """One resident, the channel that reaches them, and the scopes that made them concerned."""

    resident: Resident
    channel: Channel
    because: list[str]

    @property
    def is_by_email(self) -> bool:
        return self.channel == Channel.EMAIL

    @property
    def is_by_post(self) -> bool:
        return self.channel == Channel.LETTER

    @property
    def is_by_phone(self) -> bool:
        return self.channel == Channel.PHONE


@dataclass
class Audience:
    """Those something concerns: the ones we can tell, and how many we cannot, by reason."""

    recipients: list[Recipient] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def by_channel(self) -> dict[str, int]:
        counted = Counter(recipient.channel for recipient in self.recipients)
        return {channel.value: counted[channel] for channel in Channel if counted[channel]}

    def by_language(self) -> dict[str, int]:
        return dict(Counter(recipient.resident.language for recipient in self.recipients).most_common())

    def by_scope(self) -> dict[str, int]:
        """How many are concerned by each scope; one resident may count under several."""
        return dict(Counter(scope for recipient in self.recipients for scope in recipient.because).most_common())

    def besides(self, resident_ids: Iterable[int]) -> "Audience":
        """The same audience without those residents."""
        known = set(resident_ids)
        if not known:
            return self
        kept = [recipient for recipient in self.recipients if recipient.resident.pk not in known]
        return Audience(recipients=kept, left_out=self.left_out)


NO_CONSENT = _("have not agreed to receive e-mail")
BLOCKED = _("have a blocked e-mail address")
NOT_YET = _("have not agreed yet: a file brought them, without a stated consent")
MUTED = _("want no more letters of this kind")
UNREACHABLE = _("cannot be reached by any channel")
# What no list of recipients shows; of fifty thousand residents, each column takes its time.
NOT_ASKED = (
    *("folded", "created_at", "confirmed_at", "heard_at", "came_with", "postcode", "city", "neighbourhood"),
    *("paused_until", "token", "addresses_before"),
)


def reached(
    *, concerned: Mapping[int, Iterable[str]], scopes: Collection[str], agreed: Collection[Means], topic: Topic
) -> Audience:
    """Those of `concerned` (residents by pk, each with the scopes that say why) whom some channel reaches.

    `scopes` are those any one of which allows an e-mail, `agreed` who agreed to some of them, `topic` what would be
    sent and some want no more of; five queries.
    """
    muted = set(MutedTopic.objects.filter(topic=topic).values_list("resident_id", flat=True))
    unasked, refused = brought_unasked(scopes), refusals(scopes, agreed)
    blocked = blocked_addresses()
    audience = Audience()
    people = Resident.objects.known().filter(pk__in=alike.among(concerned)).defer(*NOT_ASKED)
    for resident in people.order_by("pk"):
        who, channel = resident.pk, channel_for(resident, agreed=agreed, blocked=blocked, refused=refused)
        if who in unasked:
            audience.left_out[str(NOT_YET)] += 1
        elif who in muted:
            audience.left_out[str(MUTED)] += 1
        elif isinstance(channel, Channel):
            audience.recipients.append(Recipient(resident, channel, sorted(concerned[who])))
        else:
            audience.left_out[channel] += 1
    return audience


def means_to_reach(*, residents: Collection[int], scopes: Collection[str], owed: Collection[int]) -> dict[int, Channel]:
    """For those of `residents` (by pk) who can be told of a change: how; in a fixed number of queries.

    Those to whom it is `owed` allowed it by coming: no consent is asked for, and a usable address is enough.
    """
    agreed, blocked = set(agreements(scopes)), blocked_addresses()
    agreed |= {(who, Channel.EMAIL) for who in owed}
    refused = {(who, channel) for who, channel in refusals(scopes, agreed) if who not in owed}
    people = Resident.objects.known().filter(pk__in=alike.among(residents))
    ways = {each.pk: channel_for(each, agreed=agreed, blocked=blocked, refused=refused) for each in people}
    return {who: way for who, way in ways.items() if isinstance(way, Channel)}


def blocked_addresses() -> set[str]:
    return {address.lower() for address in Suppression.objects.standing().values_list("address", flat=True)}


def belonging(
    *,
    communities: Iterable[Community],
    neighbourhoods: Iterable[Neighbourhood],
    among: Collection[int] | None = None,
) -> dict[int, set[str]]:
    """Members of these communities and inhabitants of these neighbourhoods, with the scopes that say so.

    `among`: only these residents (by pk).
    """
    found: dict[int, set[str]] = defaultdict(set)
    members = Membership.objects.filter(community__in=communities)
    people = Resident.objects.known()
    if among is not None:
        members, people = members.filter(resident__in=among), people.filter(pk__in=among)
    for resident_id, community_id in members.values_list("resident_id", "community_id"):
        found[resident_id].add(f"community:{community_id}")
    dwellers = people.filter(neighbourhood__in=neighbourhoods)
    for resident_id, neighbourhood_id in dwellers.values_list("pk", "neighbourhood_id"):
        found[resident_id].add(f"neighbourhood:{neighbourhood_id}")
    return found


def agreements(scopes: Iterable[str]) -> dict[Means, set[str]]:
    """Who agreed to be told of some of these scopes by which channel, and of which."""
    events = ConsentEvent.objects.filter(purpose=Purpose.ANNOUNCEMENTS, scope__in=list(scopes)).holding()
    agreed: dict[Means, set[str]] = defaultdict(set)
    for resident_id, channel, scope in events.values_list("resident_id", "channel", "scope"):
        agreed[resident_id, channel].add(scope)
    return agreed


def brought_unasked(scopes: Iterable[str]) -> set[int]:
    """Residents a file brought without a stated consent, and who agreed to none of these scopes since."""
    agreed = ConsentEvent.objects.filter(
        resident=OuterRef("pk"), purpose=Purpose.ANNOUNCEMENTS, scope__in=list(scopes)
    ).holding()
    return set(Resident.objects.brought_unasked().filter(~Exists(agreed)).values_list("pk", flat=True))


def refusals(scopes: Collection[str], agreed: Collection[Means]) -> set[Means]:
    """Those who said no to letters or calls.

    A no about one of these scopes holds; a no about something else too, unless they said yes to one of these.
    """
    said_no = ConsentEvent.objects.last_words().filter(granted=False, channel__in=[Channel.LETTER, Channel.PHONE])
    nos = said_no.values_list("resident_id", "channel", "scope")
    return {(who, channel) for who, channel, scope in nos if scope in scopes or (who, channel) not in agreed}


def channel_for(
    resident: Resident, *, agreed: Collection[Means], blocked: set[str], refused: set[Means]
) -> Channel | str:
    """The channel that reaches a resident, or the reason why none does.

    E-mail wants consent to e-mail. A letter or a call is for those who agreed to it, who have no usable e-mail
    address, or who prefer it; never for those who refused it.
    """
    who, usable, on_paper = resident.pk, is_usable(resident, blocked), prefers_paper(resident)
    writable = usable and (who, Channel.EMAIL) in agreed
    if writable and not on_paper:
        return Channel.EMAIL
    by_hand = [channel for channel in hand_channels(resident) if (who, channel) not in refused]
    if usable and not on_paper:
        by_hand = [channel for channel in by_hand if (who, channel) in agreed]
    if by_hand:
        return by_hand[0]
    return Channel.EMAIL if writable else why_not(resident, blocked)


def is_usable(resident: Resident, blocked: set[str]) -> bool:
    """Whether there is an e-mail address that letters may go to."""
    return bool(resident.email) and resident.email.lower() not in blocked


def prefers_paper(resident: Resident) -> bool:
    return resident.preferred_channel in (Channel.LETTER, Channel.PHONE)


def hand_channels(resident: Resident) -> list[Channel]:
    """Paper and telephone, the preferred one first."""
    ways = ((Channel.LETTER, resident.street), (Channel.PHONE, resident.phone))
    able = [channel for channel, way in ways if way]
    return sorted(able, key=lambda channel: channel != resident.preferred_channel)


def why_not(resident: Resident, blocked: set[str]) -> str:
    if resident.email.lower() in blocked:
        return str(BLOCKED)
    return str(NO_CONSENT if resident.email else UNREACHABLE)
