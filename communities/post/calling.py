"""Which relay do we call? Each shift begins with the next one; one that is down is passed over for a while."""

import itertools
import random
import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.mail.utils import DNS_NAME

PASSED_OVER = 60.0


@dataclass(frozen=True)
class Address:
    """Where a relay is, and how it wants to be spoken to."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


# Until when (monotonic) each relay that was down is passed over, by this process.
_down: dict[Address, float] = {}
_turn = itertools.count(random.randrange(1000))  # noqa: S311 - any beginning will do


def known() -> list[Address]:
    """The relays of EMAIL_URL, in its order."""
    first = Address(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        user=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        use_tls=settings.EMAIL_USE_TLS,
        use_ssl=settings.EMAIL_USE_SSL,
    )
    return [first, *(Address(**other) for other in settings.OTHER_RELAYS)]


def in_turn() -> Iterator[Address]:
    """Every relay once, those that answered lately first, each shift beginning with another."""
    relays = known()
    first = next(_turn) % len(relays)
    yield from sorted([*relays[first:], *relays[:first]], key=is_down)


def is_down(relay: Address) -> bool:
    return _down.get(relay, 0.0) > time.monotonic()


def pass_over(relay: Address) -> None:
    """Try the others first for a minute."""
    _down[relay] = time.monotonic() + PASSED_OVER


def call(relay: Address) -> smtplib.SMTP:
    """A line that was greeted and signed in on; raise OSError or smtplib's own when it cannot be."""
    name, timeout = DNS_NAME.get_fqdn(), settings.EMAIL_TIMEOUT
    if relay.use_ssl:
        context = ssl.create_default_context()
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            relay.host, relay.port, local_hostname=name, timeout=timeout, context=context
        )
    else:
        line = smtplib.SMTP(relay.host, relay.port, local_hostname=name, timeout=timeout)
    try:
        _greet(line, relay)
    except BaseException:
        line.close()
        raise
    return line


def _greet(line: smtplib.SMTP, relay: Address) -> None:
    if line.sock:
        line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
    line.ehlo_or_helo_if_needed()
    if relay.use_tls:
        line.starttls(context=ssl.create_default_context())
        line.ehlo()
    if relay.user:
        line.login(relay.user, relay.password)
