"""What does the DNS say? Asked with little patience, so that a page about it never makes anyone wait."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import dns.exception
import dns.resolver
import dns.reversename

PATIENCE = 3.0
WHOLE_PATIENCE = 8.0


class Unanswered(Exception):
    """No server answered in time, or none could: nothing is known, not even that there is nothing."""


class Names(Protocol):
    """Who answers; an empty list is an answer."""

    def txt(self, name: str) -> list[str]: ...

    def mx(self, name: str) -> list[str]: ...

    def addresses(self, name: str) -> list[str]: ...

    def names_of(self, address: str) -> list[str]: ...


def resolver() -> dns.resolver.Resolver:
    """The machine's own."""
    try:
        return dns.resolver.Resolver()
    except dns.resolver.NoResolverConfiguration as error:
        raise Unanswered from error


@dataclass
class AskedNames:
    """The DNS, each question once, all of them within eight seconds."""

    resolver: dns.resolver.Resolver
    clock: Callable[[], float] = time.monotonic
    known: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.until = self.clock() + WHOLE_PATIENCE

    def txt(self, name: str) -> list[str]:
        return self.ask(name, "TXT")

    def mx(self, name: str) -> list[str]:
        """The hosts that take its mail, the preferred first."""
        return self.ask(name, "MX")

    def addresses(self, name: str) -> list[str]:
        return [*self.ask(name, "A"), *self.ask(name, "AAAA")]

    def names_of(self, address: str) -> list[str]:
        return self.ask(dns.reversename.from_address(address).to_text(), "PTR")

    def ask(self, name: str, kind: str) -> list[str]:
        """The answers as text; none where there is none. Raise Unanswered."""
        asked = (name.lower().rstrip("."), kind)
        if asked not in self.known:
            self.known[asked] = self.look_up(*asked)
        return self.known[asked]

    def look_up(self, name: str, kind: str) -> list[str]:
        left = min(PATIENCE, self.until - self.clock())
        if left <= 0:
            raise Unanswered(name)
        try:
            answers = self.resolver.resolve(name, kind, lifetime=left, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError, ValueError) as error:
            raise Unanswered(name) from error
        return [text_of(answer, kind) for answer in sorted(answers, key=preference)]


def preference(answer: object) -> int:
    return int(getattr(answer, "preference", 0))


def text_of(answer: object, kind: str) -> str:
    if kind == "TXT":
        return b"".join(answer.strings).decode("utf-8", "replace")  # type: ignore[attr-defined]
    if kind == "MX":
        return str(answer.exchange).rstrip(".").lower()  # type: ignore[attr-defined]
    return str(answer).rstrip(".").lower()
