"""Is someone asking too often? Counted in Redis under a fingerprint; when Redis is away, nobody is."""

import hmac
import logging
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def too_often(*, what: str, who: str, times: int, seconds: int, more: int = 1) -> bool:
    """Count `more` of `what` by `who`; true beyond `times` in a period of `seconds`, which starts at the first.

    `who` (an address of the network or of the post) is kept as a keyed fingerprint only.
    """
    key = f"throttle:{what}:{fingerprint(who)}"
    try:
        cache.add(key, 0, timeout=seconds)
        return cache.incr(key, more) > times
    except ValueError:  # the period ended between the two lines
        return False
    except RedisError:
        logger.warning("The cache does not answer: %s is not throttled", what)
        return False


def connection_of(request: HttpRequest) -> str:
    """Where a request came from; an IPv6 household is its /64."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address


def fingerprint(who: str) -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), who.strip().lower().encode(), "sha256").hex()[:24]
