"""What does a resident want to be sent, how, and when? Chosen on a page that each letter leads to, or by telephone."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from . import consent, own_links, wordings
from .models import Channel, Community, MutedTopic, Neighbourhood, Origin, Resident, Topic
from .post.kinds import letter_kinds
from .scopes import TOWN, scope_of

PURPOSE = "preferences"
PAUSE = timedelta(days=30)


def token_of(resident: Resident) -> str:
    return own_links.sign(PURPOSE, resident)


def find(*, token: str) -> Resident | None:
    """The resident whose page this is; None when the link is forged, or was sent to an earlier address of theirs."""
    return own_links.find(PURPOSE, token)


# --- What there is to choose from ----------------------------------------------------------------------------


def topics_there_are() -> list[Topic]:
    """Kinds of letters that are really sent."""
    sent = {kind.topic for _name, kind in letter_kinds.items()}
    return [topic for topic in Topic if topic in sent]


def topics_wanted(*, resident: Resident) -> list[Topic]:
    muted = set(resident.muted_topics.values_list("topic", flat=True))
    return [topic for topic in topics_there_are() if topic not in muted]


def scopes_there_are() -> list[str]:
    """Everything a person may be told of, the widest first."""
    return [TOWN, *map(scope_of, Neighbourhood.objects.all()), *map(scope_of, Community.objects.all())]


def scopes_near(*, resident: Resident) -> set[str]:
    """What concerns them already: the town, where they live, what they belong to, what they are told of."""
    communities = {scope_of(community) for community in resident.communities.all()}
    home = {scope_of(resident.neighbourhood)} if resident.neighbourhood else set()
    return {TOWN} | communities | home | scopes_held(resident=resident)


def scopes_held(*, resident: Resident) -> set[str]:
    """What they are told of, by e-mail or on the channel they prefer."""
    channels = {Channel.EMAIL.value, resident.preferred_channel}
    return {scope for channel in channels for scope in consent.scopes_held(resident=resident, channel=channel)}


def channels_open(*, resident: Resident) -> list[Channel]:
    """The ways that reach them; the one they prefer is among them."""
    ways = {Channel.EMAIL: resident.email, Channel.LETTER: resident.street, Channel.PHONE: resident.phone}
    return [channel for channel, way in ways.items() if way or channel == resident.preferred_channel]


# --- Choosing ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choices:
    """What a person wants from now on, all of it: what is not named is not wanted."""

    scopes: Collection[str]
    topics: Collection[Topic]
    channel: Channel
    language: str


@transaction.atomic
def choose(*, resident: Resident, choices: Choices, now: datetime) -> None:
    """Make it so. Each yes and no to a scope is kept as a word of consent; saving the same twice says no more."""
    formerly = {Channel.EMAIL.value, resident.preferred_channel}
    resident.preferred_channel, resident.language = choices.channel, choices.language
    resident.save(update_fields=["preferred_channel", "language"])
    for channel in formerly:
        kept = set(choices.scopes) if channel == choices.channel else set()
        no_more = consent.scopes_held(resident=resident, channel=channel) - kept
        consent.withdraw(resident=resident, scopes=no_more, channel=channel, origin=Origin.MAIL, now=now)
    consent.grant(
        resident=resident,
        scopes=choices.scopes,
        channel=choices.channel,
        wording=wordings.CHOSEN,
        origin=Origin.MAIL,
        now=now,
    )
    settle_topics(resident=resident, wanted=choices.topics, origin=Origin.MAIL, now=now)


def settle_topics(*, resident: Resident, wanted: Collection[Topic], origin: Origin, now: datetime) -> None:
    """Hear of these kinds, and of no other that there is."""
    hear(resident=resident, topics=wanted)
    unwanted = [topic for topic in topics_there_are() if topic not in wanted]
    mute(resident=resident, topics=unwanted, origin=origin, now=now)


def mute(*, resident: Resident, topics: Iterable[Topic], origin: Origin, now: datetime) -> None:
    """No more letters of these kinds; those muted already keep their date."""
    rows = [MutedTopic(resident=resident, topic=topic, origin=origin, muted_at=now) for topic in topics]
    MutedTopic.objects.bulk_create(rows, ignore_conflicts=True)


def hear(*, resident: Resident, topics: Iterable[Topic]) -> None:
    """Letters of these kinds again."""
    resident.muted_topics.filter(topic__in=list(topics)).delete()


def pause(*, resident: Resident, now: datetime) -> datetime:
    """Nothing for a month but answers and what they said yes to; when that ends."""
    return pause_until(resident=resident, until=now + PAUSE) or now


def resume(*, resident: Resident) -> None:
    """Letters again, from now on; what waited comes in the next weekly one."""
    pause_until(resident=resident, until=None)


def pause_until(*, resident: Resident, until: datetime | None) -> datetime | None:
    resident.paused_until = until
    resident.save(update_fields=["paused_until"])
    return until
