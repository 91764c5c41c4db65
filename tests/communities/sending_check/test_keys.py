"""DKIM keys and DMARC policies, as they are published."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from communities.sending_check import keys
from tests.communities.sending_check.zones import KnownNames


def rsa_key(bits: int) -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits).public_key()
    return base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


SHORT, LONG = rsa_key(1024), rsa_key(2048)
KEYS = [
    (f"v=DKIM1; k=rsa; p={LONG}", keys.Key("rsa", 2048), True),
    (f"p={LONG[:60]} {LONG[60:]}", keys.Key("rsa", 2048), True),
    (f"v=DKIM1; p={SHORT}", keys.Key("rsa", 1024), False),
    ("v=DKIM1; p=", keys.Key("rsa", None), False),
    ("v=DKIM1; p=nonsense!", keys.Key("rsa", 0), False),
    ("v=DKIM1; k=ed25519; p=" + base64.b64encode(b"x" * 32).decode(), keys.Key("ed25519", 256), True),
]


@pytest.mark.parametrize(("record", "key", "is_long_enough"), KEYS)
def test_a_key_is_read(record: str, key: keys.Key, is_long_enough: bool) -> None:
    names = KnownNames({"s1._domainkey.town.example": {"TXT": [record]}})

    found = keys.key_of(names, selector="s1", domain="town.example")

    assert found == key
    assert found.is_long_enough is is_long_enough


def test_no_key_is_no_key() -> None:
    names = KnownNames({"s1._domainkey.town.example": {"TXT": ["v=spf1 -all"]}})

    assert keys.key_of(names, selector="s1", domain="town.example") is None


POLICIES = [
    ({"_dmarc.agora.town.example": ["v=DMARC1; p=reject"]}, keys.Policy("reject", "", False)),
    (
        {"_dmarc.town.example": ["v=DMARC1;p=none;rua=mailto:a@b.example"]},
        keys.Policy("none", "mailto:a@b.example", False),
    ),
    ({"_dmarc.town.example": ["v=DMARC1; p=none; sp=quarantine; aspf=s"]}, keys.Policy("quarantine", "", True)),
    ({"_dmarc.town.example": ["something else"]}, None),
    ({}, None),
]


@pytest.mark.parametrize(("published", "policy"), POLICIES)
def test_a_policy_is_the_domains_own_or_that_of_the_name_above(
    published: dict[str, list[str]], policy: keys.Policy | None
) -> None:
    names = KnownNames({name: {"TXT": texts} for name, texts in published.items()})

    assert keys.policy_of(names, domain="agora.town.example") == policy


@pytest.mark.parametrize(
    ("sender", "path", "is_strict", "aligned"),
    [
        ("commune.fr", "agora.commune.fr", False, True),
        ("commune.fr", "agora.commune.fr", True, False),
        ("commune.fr", "COMMUNE.fr", True, True),
        ("commune.fr", "autre.fr", False, False),
        ("mairie.asso.fr", "autre.asso.fr", False, False),
        ("a.mairie.asso.fr", "mairie.asso.fr", False, True),
    ],
)
def test_the_return_path_speaks_for_the_sender_under_one_registered_name(
    sender: str, path: str, is_strict: bool, aligned: bool
) -> None:
    assert keys.are_aligned(sender, path, is_strict=is_strict) is aligned
