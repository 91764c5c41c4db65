"""How does a resident make the letters stop? One link in each of them, without signing in, without giving a reason.

A letter's link knows which list it came from: its topic. Somebody who presses a mail program's own button (RFC 8058),
or writes to the address that stops (RFC 2369), sees no page and chooses nothing: they mean "no more of these", about
whatever it is, and no more than that. So the list stops, whose name the letter carries (RFC 2919), and what they
agreed to be told of holds for the other kinds of letters; each of those has a button too. On the page, they choose.
"""

from datetime import datetime

from . import consent, membership, own_links, preferences
from .models import Channel, Origin, Resident, Topic
from .scopes import TOWN, subjects_of, things_of

PURPOSE = "unsubscribe"


def purpose_of(topic: Topic | None) -> str:
    """What a link that stops one list is signed for; without a topic, all announcements."""
    return f"{PURPOSE}-{topic}" if topic else PURPOSE


def token_of(resident: Resident, topic: Topic | None = None) -> str:
    return own_links.sign(purpose_of(topic), resident)


def read(token: str) -> tuple[int, int, Topic | None]:
    """The resident's key, the addresses they had before, and the topic behind a link; zeros for a forged one."""
    topics = [None, *Topic]
    found = [(own_links.read(purpose_of(topic), token), topic) for topic in topics]
    return next(((*numbers, topic) for numbers, topic in found if numbers is not None), (0, 0, None))


def find(*, token: str) -> Resident | None:
    """The resident a letter was sent to, at whichever address; None when the link is forged or truncated."""
    pk, _before, _topic = read(token)
    written_to = Resident.objects.filter(pk=pk).select_related("merged_into").first()
    resident = written_to.merged_into or written_to if written_to else None
    return resident if resident and resident.erased_at is None else None


def topic_of(*, token: str) -> Topic | None:
    """Of which list the letter was; None for one that is of no list."""
    return read(token)[2]


def is_from_their_address(resident: Resident, *, token: str) -> bool:
    """Whether the letter went to the address they have now: its link may lead on to what is theirs alone."""
    pk, before, _topic = read(token)
    if pk != resident.pk:
        return own_links.followed(pk, before) == resident.pk
    return before == resident.addresses_before or own_links.followed(pk, before) == pk


def is_told(*, resident: Resident) -> bool:
    """Whether any announcement may still be sent to them by e-mail."""
    return bool(consent.scopes_held(resident=resident, channel=Channel.EMAIL))


def subjects(*, resident: Resident) -> list[tuple[str, str]]:
    """(scope, name) of all that this resident is told of by e-mail, or belongs to."""
    scopes = consent.scopes_held(resident=resident, channel=Channel.EMAIL)
    scopes |= {consent.scope_of(community) for community in resident.communities.all()}
    return sorted(subjects_of(scopes).items())


def stopped(*, resident: Resident, what: str) -> str:
    """What a list or a thing just left is called; empty while they are still told of it, and for what is not there."""
    if what in Topic.values:
        return str(Topic(what).label) if resident.muted_topics.filter(topic=what).exists() else ""
    communities, neighbourhoods = things_of([what])
    is_there = communities or neighbourhoods or what == TOWN
    if not is_there or what in dict(subjects(resident=resident)):
        return ""
    return subjects_of([what])[what]


def press(*, token: str, now: datetime) -> Resident | None:
    """The button of a mail program, or a letter to the address that stops: no more of that list, at once.

    A second time changes nothing. The resident it was for; None when the token is forged or truncated.
    """
    resident, topic = find(token=token), topic_of(token=token)
    if resident and topic:
        stop_list(resident=resident, topic=topic, now=now)
    elif resident:
        stop_everything(resident=resident, now=now)
    return resident


def stop_list(*, resident: Resident, topic: Topic, now: datetime) -> None:
    """No more letters of one kind, whatever they are about."""
    preferences.mute(resident=resident, topics=[topic], origin=Origin.MAIL, now=now)


def stop_everything(*, resident: Resident, now: datetime) -> None:
    """No more announcements by e-mail; memberships stay, for those who come without being told."""
    consent.withdraw_everything(resident=resident, channel=Channel.EMAIL, origin=Origin.MAIL, now=now)


def stop(*, resident: Resident, what: str, now: datetime) -> None:
    """No more of one list, or of one thing; for a community, leaving it."""
    if what in Topic.values:
        stop_list(resident=resident, topic=Topic(what), now=now)
        return
    communities, _neighbourhoods = things_of([what])
    for community in communities:
        membership.leave(community=community, resident=resident, origin=Origin.MAIL, now=now)
    if not communities:
        consent.withdraw(resident=resident, scopes=[what], channel=Channel.EMAIL, origin=Origin.MAIL, now=now)
