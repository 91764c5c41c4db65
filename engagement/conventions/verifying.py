"""Is this the text that was signed? Found by its code; says when and its fingerprint, and never a name."""

import hmac
from dataclasses import dataclass

from engagement.models import Convention, ConventionState

from . import freezing

NOT_OUT = [ConventionState.DRAFT, ConventionState.DROPPED]


@dataclass(frozen=True)
class Verdict:
    """What is known of a code; `matches` is None while nobody compares a fingerprint."""

    convention: Convention
    matches: bool | None

    @property
    def is_signed(self) -> bool:
        return self.convention.signed_at is not None

    @property
    def fingerprint(self) -> str:
        """In groups, as it is printed."""
        sha256 = self.convention.sha256
        return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))


def verify(*, code: str, fingerprint: str = "") -> Verdict | None:
    """None when no text was ever put out for signature under this code, or it was taken back or dropped."""
    tidy = freezing.tidy_code(code)
    if len(tidy) != freezing.CODE_LENGTH:
        return None
    convention = Convention.objects.filter(code=tidy).exclude(state__in=NOT_OUT).first()
    if convention is None:
        return None
    compared = "".join(fingerprint.lower().split())
    matches = hmac.compare_digest(compared.encode(), convention.sha256.encode()) if compared else None
    return Verdict(convention=convention, matches=matches)
