"""The DNS of invented towns: as an object that answers, and as a server on a real socket."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.resolver
import dns.rrset

from communities.sending_check.asking import Unanswered

Zone = dict[str, dict[str, list[str]]]


@dataclass
class KnownNames:
    """Answers from a table; `silent` names are never answered."""

    zone: Zone
    silent: set[str] = field(default_factory=set)

    def ask(self, name: str, kind: str) -> list[str]:
        if name in self.silent:
            raise Unanswered(name)
        return self.zone.get(name, {}).get(kind, [])

    def txt(self, name: str) -> list[str]:
        return self.ask(name, "TXT")

    def mx(self, name: str) -> list[str]:
        return self.ask(name, "MX")

    def addresses(self, name: str) -> list[str]:
        return [*self.ask(name, "A"), *self.ask(name, "AAAA")]

    def names_of(self, address: str) -> list[str]:
        return self.ask(address, "PTR")


def reply_to(wire: bytes, zone: Zone) -> bytes | None:
    """Nothing for a name that begins with "silent"; a failure for one that begins with "broken"."""
    question = dns.message.from_wire(wire)
    asked = question.question[0]
    name = asked.name.to_text().rstrip(".")
    if name.startswith("silent"):
        return None
    reply = dns.message.make_response(question)
    reply.flags |= dns.flags.RA
    answers = zone.get(name, {}).get(dns.rdatatype.to_text(asked.rdtype), [])
    if name.startswith("broken"):
        reply.set_rcode(dns.rcode.SERVFAIL)
    elif name not in zone:
        reply.set_rcode(dns.rcode.NXDOMAIN)
    if answers:
        reply.answer.append(dns.rrset.from_text_list(asked.name, 60, "IN", asked.rdtype, answers))
    return reply.to_wire()


@contextmanager
def served(zone: Zone) -> Iterator[dns.resolver.Resolver]:
    """A name server on this machine, and a resolver that asks it and nobody else."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(("127.0.0.1", 0))

        def answer() -> None:
            while True:
                wire, asker = door.recvfrom(4096)
                if wire == b"stop":
                    return
                if reply := reply_to(wire, zone):
                    door.sendto(reply, asker)

        clerk = threading.Thread(target=answer, daemon=True)
        clerk.start()
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], door.getsockname()[1]
        yield resolver
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bell:
            bell.sendto(b"stop", door.getsockname())
        clerk.join()
