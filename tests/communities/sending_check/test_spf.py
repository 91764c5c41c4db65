"""SPF records, each with what it lets send, how it ends, and what is wrong with it."""

from typing import Any

import pytest

from communities.sending_check import spf
from tests.communities.sending_check.zones import KnownNames

US = "198.51.100.7"
CASES: list[tuple[str, dict[str, Any]]] = [
    ("v=spf1 ip4:198.51.100.0/24 -all", {"allowed": {US}, "ending": "-all", "lookups": 0}),
    ("v=spf1 ip4:198.51.100.7 ~all", {"allowed": {US}, "ending": "~all"}),
    ("v=spf1 ip4:192.0.2.1 ip6:2001:db8::/32 -all", {"allowed": set(), "troubles": []}),
    ("v=spf1 a -all", {"allowed": {US}, "lookups": 1}),
    ("v=spf1 a:mail.example -all", {"allowed": {US}, "lookups": 1}),
    ("v=spf1 a:near.example/24 -all", {"allowed": {US}}),
    ("v=spf1 mx -all", {"allowed": {US}, "lookups": 1}),
    ("v=spf1 include:host.example -all", {"allowed": {US}, "lookups": 1, "ending": "-all"}),
    ("v=spf1 -ip4:198.51.100.7 ?all", {"allowed": set(), "ending": "?all"}),
    ("v=spf1 redirect=host.example", {"allowed": {US}, "ending": "~all", "lookups": 1}),
    ("v=spf1 +all", {"ending": "+all"}),
    ("v=spf1 all", {"ending": "+all"}),
    ("v=spf1 mx", {"ending": ""}),
    ("v=spf1 exp=why.example exists:%{i}.example -all", {"troubles": [], "lookups": 1}),
    ("v=spf1 ipv4:1.2.3.4 -all", {"troubles": ["ipv4:1.2.3.4"]}),
    ("v=spf1 ip4:999.1.1.1 -all", {"troubles": ["ip4:999.1.1.1"]}),
    ("v=spf1 include: -all", {"troubles": ["include:"]}),
    ("v=spf1 include:nowhere.example -all", {"troubles": ["nowhere.example"]}),
    ("v=spf1 include:town.example -all", {"troubles": [], "ending": "-all"}),
    ("v=spf1 include:long.example -all", {"asks_too_much": True}),
    ("v=spf10 -all", {"record": ""}),
]


@pytest.mark.parametrize(("record", "expected"), CASES, ids=[record for record, _expected in CASES])
def test_a_record_is_read(record: str, expected: dict[str, Any]) -> None:
    names = KnownNames(
        {
            "town.example": {"TXT": ["unrelated", record], "A": [US], "MX": ["mail.example"]},
            "mail.example": {"A": [US]},
            "near.example": {"A": ["198.51.100.200"]},
            "host.example": {"TXT": ["v=spf1 ip4:198.51.100.7 ~all"]},
            "long.example": {"TXT": ["v=spf1 " + "a:mail.example " * 12 + "-all"]},
        }
    )

    read = spf.read(names, domain="town.example", senders=[US])

    assert {name: getattr(read, name) for name in expected} == expected


def test_several_records_are_several() -> None:
    names = KnownNames({"town.example": {"TXT": ["v=spf1 -all", "v=spf1 mx -all"]}})

    assert len(spf.read(names, domain="town.example", senders=[]).records) == 2
