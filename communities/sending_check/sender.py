"""As whom, from where and through whom do our letters leave? From the settings and the town's own form."""

from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings

from communities.models import Town

from .asking import Names, Unanswered


@dataclass(frozen=True)
class Sender:
    """`domains` stand after the @ of senders; `return_path` is where what bounces goes; `inbound` reads answers."""

    domains: tuple[str, ...]
    return_path: str
    relay: str
    selectors: tuple[str, ...] = ()
    own_addresses: tuple[str, ...] = ()
    inbound: str = ""


def of_the_town(*, selectors: tuple[str, ...] = ()) -> Sender:
    """`selectors`: of the signature, besides those of the settings."""
    address = Town.load().email or settings.DEFAULT_FROM_EMAIL
    own = domain_of(address)
    inbound = settings.INBOUND_DOMAIN.lower()
    return Sender(
        domains=tuple(dict.fromkeys(filter(None, [own, inbound]))),
        return_path=inbound or own,
        relay=settings.EMAIL_HOST,
        selectors=tuple(dict.fromkeys([*selectors, *settings.DKIM_SELECTORS])),
        own_addresses=tuple(each for each in settings.SENDING_ADDRESSES if is_public(each)),
        inbound=inbound,
    )


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].strip("<> ").lower()


def addresses_of(sender: Sender, names: Names) -> list[str]:
    """The public addresses that letters leave from, as far as we know: ours, else the relay's. Raise Unanswered."""
    if sender.own_addresses:
        return list(sender.own_addresses)
    if is_address(sender.relay):
        return [sender.relay] if is_public(sender.relay) else []
    try:
        return [each for each in names.addresses(sender.relay) if is_public(each)]
    except Unanswered:
        return []


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def is_public(text: str) -> bool:
    return is_address(text) and ip_address(text).is_global
