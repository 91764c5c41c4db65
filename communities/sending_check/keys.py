"""Are letters signed, and what do mail programs do with those that are not? DKIM (RFC 6376) and DMARC (RFC 7489)."""

import base64
import binascii
from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from .asking import Names

ENOUGH_BITS = 2048
# Endings under which a town registers one name more: mairie.asso.fr belongs to the town, asso.fr to nobody.
SHARED_ENDINGS = {"asso", "co", "com", "gouv", "gov", "net", "nom", "org"}


def tags(record: str) -> dict[str, str]:
    """ "v=DKIM1; p=…" as its parts."""
    pairs = (part.partition("=") for part in record.split(";") if part.strip())
    return {name.strip().lower(): value.strip() for name, _equals, value in pairs}


@dataclass(frozen=True)
class Key:
    """A published key: its kind, and its length in bits; 0 when it cannot be read, None when it was revoked."""

    kind: str
    bits: int | None

    @property
    def is_long_enough(self) -> bool:
        return self.kind == "ed25519" or (self.bits or 0) >= ENOUGH_BITS


def key_of(names: Names, *, selector: str, domain: str) -> Key | None:
    """The key that signatures with this selector are read with; None where none is published. Raise Unanswered."""
    said = [tags(text) for text in names.txt(f"{selector}._domainkey.{domain}")]
    for record in said:
        if "p" in record and record.get("v", "DKIM1").upper() == "DKIM1":
            kind = record.get("k", "rsa").lower()
            return Key(kind, length_of(kind, "".join(record["p"].split())))
    return None


def length_of(kind: str, published: str) -> int | None:
    if not published:
        return None
    try:
        raw = base64.b64decode(published, validate=True)
        if kind == "ed25519":
            return 256 if len(raw) == 32 else 0
        key = load_der_public_key(raw)
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        return 0
    return key.key_size if isinstance(key, RSAPublicKey) else 0


@dataclass(frozen=True)
class Policy:
    """What a domain asks mail programs to do with letters that prove nothing."""

    policy: str
    reports_to: str
    is_strict: bool


def policy_of(names: Names, *, domain: str) -> Policy | None:
    """The domain's own policy, or that of the name it stands under. Raise Unanswered."""
    for asked in dict.fromkeys([domain, registered(domain)]):
        found = [tags(text) for text in names.txt(f"_dmarc.{asked}") if text.lower().startswith("v=dmarc1")]
        if found:
            policy = found[0].get("p", "") if asked == domain else found[0].get("sp", found[0].get("p", ""))
            return Policy(policy.lower(), found[0].get("rua", ""), found[0].get("aspf", "r") == "s")
    return None


def registered(domain: str) -> str:
    """The name that the town registered: agora.commune.fr stands under commune.fr."""
    labels = domain.lower().split(".")
    size = 3 if len(labels) > 2 and labels[-2] in SHARED_ENDINGS else 2
    return ".".join(labels[-size:])


def are_aligned(sender: str, return_path: str, *, is_strict: bool) -> bool:
    """Whether SPF speaks for the sender that the reader sees (RFC 7489 §3.1.2)."""
    if is_strict:
        return sender.lower() == return_path.lower()
    return registered(sender) == registered(return_path)
