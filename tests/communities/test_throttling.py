"""Who asks too often?"""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from communities import throttling


def asked(who: str, *, times: int = 2) -> bool:
    return throttling.too_often(what="test", who=who, times=times, seconds=60)


def test_one_is_stopped_beyond_the_limit_and_the_others_are_not() -> None:
    assert [asked("203.0.113.1") for _time in range(3)] == [False, False, True]
    assert not asked("203.0.113.2")


def test_an_address_counts_whatever_its_case() -> None:
    assert [asked(who) for who in ("ada@example.org", "ADA@example.org ", "Ada@Example.org")] == [False, False, True]


def test_nobodys_address_is_kept_in_clear() -> None:
    asked("ada@example.org")

    keys = [key.decode() for key in cache._cache.get_client().keys("*")]

    assert keys
    assert not any("ada" in key for key in keys)


@pytest.mark.parametrize(
    ("address", "connection"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_a_household_is_one_connection(rf: RequestFactory, address: str, connection: str) -> None:
    assert throttling.connection_of(rf.get("/", REMOTE_ADDR=address)) == connection
