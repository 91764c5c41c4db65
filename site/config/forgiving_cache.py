"""What if Redis is down? Then nothing is remembered: pages still show, staff still sign in, and the log says so."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)
IMPATIENT = {"socket_timeout": 2, "retry": Retry(NoBackoff(), 0)}


@contextmanager
def forgiven(deed: str) -> Iterator[None]:
    try:
        yield
    except RedisError as error:
        logger.warning("The cache could not %s: %s", deed, error)


class ForgivingRedisCache(RedisCache):
    """A cache that forgets instead of failing; `add` then says yes, so that a lock or a limit lets people through."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": {**IMPATIENT, **params.get("OPTIONS", {})}})

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        with forgiven("add"):
            return bool(super().add(key, value, timeout, version))
        return True

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        with forgiven("get"):
            return super().get(key, default, version)
        return default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        with forgiven("set"):
            super().set(key, value, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        with forgiven("delete"):
            return bool(super().delete(key, version))
        return False
