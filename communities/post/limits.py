"""How many letters a minute may a provider of mailboxes get from us? Some call more than that a flood, and block us."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

# The providers of most French mailboxes, and what each takes from a small sender without turning it away, a minute.
DOMAINS = {
    "orange": ("orange.fr", "wanadoo.fr"),
    "free": ("free.fr", "aliceadsl.fr"),
    "sfr": ("sfr.fr", "neuf.fr", "cegetel.net", "club-internet.fr", "numericable.fr"),
    "laposte": ("laposte.net",),
    "gmail": ("gmail.com", "googlemail.com"),
    "microsoft": ("hotmail.com", "hotmail.fr", "outlook.com", "outlook.fr", "live.com", "live.fr", "msn.com"),
}
A_MINUTE = {"orange": 60, "free": 60, "sfr": 60, "laposte": 60, "gmail": 300, "microsoft": 120}
PROVIDERS = {domain: name for name, domains in DOMAINS.items() for domain in domains}

# KEYS[1]: the bucket; ARGV: letters a minute, letters asked for. A bucket holds one minute's worth.
TAKE = """
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local rate, asked = tonumber(ARGV[1]), tonumber(ARGV[2])
local bucket = redis.call('HMGET', KEYS[1], 'left', 'at')
local left = math.min(rate, (tonumber(bucket[1]) or rate) + math.max(0, now - (tonumber(bucket[2]) or now)) * rate / 60)
local granted = math.min(asked, math.floor(left))
redis.call('HSET', KEYS[1], 'left', tostring(left - granted), 'at', tostring(now))
redis.call('EXPIRE', KEYS[1], 120)
return granted
"""
PRUDENCE = 2

log = logging.getLogger(__name__)


def provider_of(address: str) -> str:
    """Who keeps this mailbox: a name of DOMAINS, else the domain."""
    domain = address.rpartition("@")[2].lower()
    return PROVIDERS.get(domain, domain)


def a_minute(provider: str) -> int:
    """How many letters a minute it may get; 0 for as many as there are. POST_LIMITS goes before ours."""
    asked: Mapping[str, int] = settings.POST_LIMITS
    return asked.get(provider, A_MINUTE.get(provider, 0))


@dataclass
class Limits:
    """Everyone's letters counted together in Redis; without it, our own, and half as many."""

    own: dict[str, tuple[float, float]] = field(default_factory=dict)

    def take(self, provider: str, *, letters: int) -> int:
        """How many of so many letters may leave now; never waits for Redis longer than a second."""
        rate = a_minute(provider)
        if not rate:
            return letters
        try:
            return int(_client().eval(TAKE, 1, f"post:limit:{provider}", rate, letters))  # type: ignore[arg-type]
        except (RedisError, OSError) as error:
            log.warning("Letters to %s are counted without Redis: %s", provider, error)
            return self._take_alone(provider, rate=max(1, rate // PRUDENCE), letters=letters)

    def _take_alone(self, provider: str, *, rate: int, letters: int) -> int:
        now = monotonic()
        left, at = self.own.get(provider, (rate, now))
        left = min(rate, left + (now - at) * rate / 60)
        granted = min(letters, int(left))
        self.own[provider] = (left - granted, now)
        return granted


def _client() -> "redis.Redis":
    if settings.REDIS_URL not in _clients:
        patience = {"socket_timeout": 1, "socket_connect_timeout": 0.5, "retry": Retry(NoBackoff(), 0)}
        _clients[settings.REDIS_URL] = redis.Redis.from_url(settings.REDIS_URL, **patience)
    return _clients[settings.REDIS_URL]


_clients: "dict[str, redis.Redis]" = {}
# One count for the process: its shifts follow each other.
of_this_process = Limits()
