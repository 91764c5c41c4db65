"""How does a resident make the letters stop? One link in each of them, without signing in, without giving a reason."""

from datetime import datetime

from . import consent, links, membership
from .models import Channel, Origin, Resident
from .scopes import TOWN, subjects_of, things_of

PURPOSE = "unsubscribe"


def token_of(resident: Resident) -> str:
    return links.sign(PURPOSE, resident.pk)


def find(*, token: str) -> Resident | None:
    """The resident a letter was sent to; None when the link is forged or truncated. It never grows too old."""
    return Resident.objects.known().filter(pk=links.read(PURPOSE, token) or 0).first()


def is_told(*, resident: Resident) -> bool:
    """Whether any announcement may still be sent to them by e-mail."""
    return bool(consent.scopes_held(resident=resident, channel=Channel.EMAIL))


def subjects(*, resident: Resident) -> list[tuple[str, str]]:
    """(scope, name) of all that this resident is told of by e-mail, or belongs to."""
    scopes = consent.scopes_held(resident=resident, channel=Channel.EMAIL)
    scopes |= {consent.scope_of(community) for community in resident.communities.all()}
    return sorted(subjects_of(scopes).items())


def stopped(*, resident: Resident, scope: str) -> str:
    """What a thing just left is called; empty while they are still told of it, and for what is not there."""
    communities, neighbourhoods = things_of([scope])
    is_there = communities or neighbourhoods or scope == TOWN
    if not is_there or scope in dict(subjects(resident=resident)):
        return ""
    return subjects_of([scope])[scope]


def stop_everything(*, resident: Resident, now: datetime) -> None:
    """No more announcements by e-mail; memberships stay, for those who come without being told."""
    consent.withdraw_everything(resident=resident, channel=Channel.EMAIL, origin=Origin.MAIL, now=now)


def stop(*, resident: Resident, scope: str, now: datetime) -> None:
    """No more of one thing; for a community, leaving it."""
    communities, _neighbourhoods = things_of([scope])
    for community in communities:
        membership.leave(community=community, resident=resident, origin=Origin.MAIL, now=now)
    if not communities:
        consent.withdraw(resident=resident, scopes=[scope], channel=Channel.EMAIL, origin=Origin.MAIL, now=now)
