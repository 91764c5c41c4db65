"""May this machine send for this domain? SPF (RFC 7208), as far as a town hall needs it."""

import re
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network

from .asking import Names

MOST_LOOKUPS = 10
TERM = re.compile(r"([-+~?]?)([A-Za-z0-9]+)(?::(\S+)|(/\d+(?://\d+)?))?")
MECHANISMS = {"all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"}
NEED_A_VALUE = {"include", "ip4", "ip6", "exists"}
LOOKING_UP = {"include", "a", "mx", "ptr", "exists", "redirect"}


@dataclass
class Spf:
    """What a domain's record says: what is wrong with it, how it ends, how many lookups it takes, whom it lets send."""

    records: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    ending: str = ""
    lookups: int = 0
    allowed: set[str] = field(default_factory=set)

    @property
    def record(self) -> str:
        return self.records[0] if self.records else ""

    @property
    def asks_too_much(self) -> bool:
        return self.lookups > MOST_LOOKUPS


def records_of(names: Names, domain: str) -> list[str]:
    return [text for text in names.txt(domain) if re.match(r"v=spf1(\s|$)", text, re.IGNORECASE)]


def read(names: Names, *, domain: str, senders: list[str]) -> Spf:
    """The record and what it includes; `senders` are the addresses that we want it to name. Raise Unanswered."""
    found = Spf(records=records_of(names, domain))
    if found.records:
        follow(names, found, domain=domain, record=found.record, senders=senders, seen={domain}, is_first=True)
    return found


def follow(
    names: Names, found: Spf, *, domain: str, record: str, senders: list[str], seen: set[str], is_first: bool = False
) -> None:
    for term in record.split()[1:]:
        read_as = understood(term)
        if read_as is None:
            found.troubles.append(term)
            continue
        sign, mechanism, value = read_as
        found.lookups += mechanism in LOOKING_UP
        if found.asks_too_much:
            return
        if mechanism == "all" and is_first:
            found.ending = f"{sign}all"
        elif mechanism in ("include", "redirect"):
            include(
                names, found, target=value, senders=senders, seen=seen, goes_on=mechanism == "redirect" and is_first
            )
        elif sign == "+":
            target = domain + value if not value or value.startswith("/") else value
            found.allowed |= {each for each in senders if names_it(names, mechanism, target, each)}


def understood(term: str) -> tuple[str, str, str] | None:
    """The sign ("+" unless said), the mechanism and its value; None for what RFC 7208 does not know."""
    name, separator, value = term.partition("=")
    if separator and re.fullmatch(r"[A-Za-z][\w.-]*", name):
        return "+", name.lower(), value
    match = TERM.fullmatch(term)
    if match is None or match[2].lower() not in MECHANISMS:
        return None
    sign, mechanism, value = match[1] or "+", match[2].lower(), match[3] or match[4] or ""
    if (mechanism in NEED_A_VALUE and not match[3]) or (mechanism == "all" and value):
        return None
    return None if mechanism.startswith("ip") and not is_network(value) else (sign, mechanism, value)


def include(names: Names, found: Spf, *, target: str, senders: list[str], seen: set[str], goes_on: bool) -> None:
    """Another domain's record, once; one that has none makes this one void (RFC 7208 §5.2)."""
    if target.lower() in seen or "%" in target:
        return
    seen.add(target.lower())
    records = records_of(names, target)
    if not records:
        found.troubles.append(target)
        return
    follow(names, found, domain=target, record=records[0], senders=senders, seen=seen, is_first=goes_on)


def names_it(names: Names, mechanism: str, value: str, sender: str) -> bool:
    """Whether this mechanism covers the address."""
    if mechanism in ("ip4", "ip6"):
        return within(sender, value)
    host, _slash, length = value.partition("/")
    if mechanism == "a":
        return any(within(sender, f"{each}/{length}" if length else each) for each in names.addresses(host))
    if mechanism == "mx":
        hosts = names.mx(host)
        return any(within(sender, each) for exchange in hosts for each in names.addresses(exchange))
    return False


def is_network(value: str) -> bool:
    try:
        ip_network(value, strict=False)
    except ValueError:
        return False
    return True


def within(sender: str, network: str) -> bool:
    address = ip_address(sender)
    try:
        known = ip_network(network, strict=False)
    except ValueError:
        return False
    return address.version == known.version and address in known
