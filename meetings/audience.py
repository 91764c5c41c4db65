"""Who would be told of a meeting, by which channel, and why?"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from communities import consent
from communities.models import (
    Channel,
    ConsentEvent,
    Membership,
    Purpose,
    Resident,
    Suppression,
)

from .models import MeetingPage


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
    """Those a meeting concerns: the ones we can tell, and how many we cannot, by reason."""

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
        kept = [recipient for recipient in self.recipients if recipient.resident.pk not in known]
        return Audience(recipients=kept, left_out=self.left_out)


NO_CONSENT = _("have not agreed to receive e-mail")
BLOCKED = _("have a blocked e-mail address")
NOT_YET = _("have not agreed yet: a file brought them, without a stated consent")
UNREACHABLE = _("cannot be reached by any channel")


def scopes_of(meeting: MeetingPage) -> list[str]:
    """Every scope that concerns a meeting: its communities, its neighbourhoods, the whole town."""
    return consent.scopes_of(
        communities=meeting.communities.all(),
        neighbourhoods=meeting.neighbourhoods.all(),
        whole_town=True,
    )


def of(*, meeting: MeetingPage) -> Audience:
    """Everyone the meeting concerns, once each, in a fixed number of queries."""
    concerned, scopes = concerned_residents(meeting), scopes_of(meeting)
    consenting, unasked = consenting_by_email(scopes), brought_unasked(scopes)
    for resident_id, allowed in consenting.items():
        concerned[resident_id] |= allowed
    blocked = set(
        Suppression.objects.filter(lifted_at__isnull=True).annotate(low=Lower("address")).values_list("low", flat=True)
    )
    refused = refusals()
    audience = Audience()
    for resident in Resident.objects.known().filter(pk__in=concerned).order_by("pk"):
        channel = channel_for(resident, agreed=resident.pk in consenting, blocked=blocked, refused=refused)
        if resident.pk in unasked:
            audience.left_out[str(NOT_YET)] += 1
        elif isinstance(channel, Channel):
            audience.recipients.append(Recipient(resident, channel, sorted(concerned[resident.pk])))
        else:
            audience.left_out[channel] += 1
    return audience


def concerned_residents(meeting: MeetingPage) -> dict[int, set[str]]:
    """Members of its communities and inhabitants of its neighbourhoods, with the scopes that say so."""
    concerned: dict[int, set[str]] = defaultdict(set)
    members = Membership.objects.filter(community__in=meeting.communities.all())
    for resident_id, community_id in members.values_list("resident_id", "community_id"):
        concerned[resident_id].add(f"community:{community_id}")
    dwellers = Resident.objects.known().filter(neighbourhood__in=meeting.neighbourhoods.all())
    for resident_id, neighbourhood_id in dwellers.values_list("pk", "neighbourhood_id"):
        concerned[resident_id].add(f"neighbourhood:{neighbourhood_id}")
    return concerned


def consenting_by_email(scopes: Iterable[str]) -> dict[int, set[str]]:
    """Residents who agreed to e-mail about one of these scopes, and about which."""
    events = ConsentEvent.objects.holding().filter(
        purpose=Purpose.ANNOUNCEMENTS, channel=Channel.EMAIL, scope__in=list(scopes)
    )
    agreed: dict[int, set[str]] = defaultdict(set)
    for resident_id, scope in events.values_list("resident_id", "scope"):
        agreed[resident_id].add(scope)
    return agreed


def brought_unasked(scopes: Iterable[str]) -> set[int]:
    """Residents a file brought without a stated consent, and who agreed to none of these scopes since."""
    agreed = ConsentEvent.objects.filter(
        resident=OuterRef("pk"), purpose=Purpose.ANNOUNCEMENTS, scope__in=list(scopes)
    ).holding()
    return set(Resident.objects.brought_unasked().filter(~Exists(agreed)).values_list("pk", flat=True))


def refusals() -> set[tuple[int, str]]:
    """(resident, channel) of those who said no to letters or calls."""
    said_no = ConsentEvent.objects.last_words().filter(granted=False, channel__in=[Channel.LETTER, Channel.PHONE])
    return set(said_no.values_list("resident_id", "channel"))


def channel_for(
    resident: Resident,
    *,
    agreed: bool,
    blocked: set[str],
    refused: set[tuple[int, str]],
) -> Channel | str:
    """The channel that reaches a resident, or the reason why none does.

    E-mail wants consent. A letter or a call is for those without a usable e-mail address, or who prefer it, and have
    not refused it.
    """
    writable = bool(resident.email) and agreed and resident.email.lower() not in blocked
    if writable and resident.preferred_channel not in (Channel.LETTER, Channel.PHONE):
        return Channel.EMAIL
    wants_paper = not resident.email or resident.preferred_channel in (
        Channel.LETTER,
        Channel.PHONE,
    )
    by_hand = [channel for channel in hand_channels(resident) if (resident.pk, channel) not in refused]
    if by_hand and (wants_paper or resident.email.lower() in blocked):
        return by_hand[0]
    if writable:
        return Channel.EMAIL
    return why_not(resident, blocked)


def hand_channels(resident: Resident) -> list[Channel]:
    """Paper and telephone, the preferred one first."""
    able = [
        channel
        for channel, way in (
            (Channel.LETTER, resident.street),
            (Channel.PHONE, resident.phone),
        )
        if way
    ]
    return sorted(able, key=lambda channel: channel != resident.preferred_channel)


def why_not(resident: Resident, blocked: set[str]) -> str:
    if resident.email.lower() in blocked:
        return str(BLOCKED)
    return str(NO_CONSENT if resident.email else UNREACHABLE)
