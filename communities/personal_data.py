"""Who holds something about a resident? Every room that does registers here, and answers four questions."""

from datetime import datetime
from typing import Any, Protocol

from .models import Resident
from .registry import Registry


class Holder(Protocol):
    """A room that keeps personal data."""

    def export(self, *, resident: Resident) -> list[dict[str, Any]]:
        """What is kept about a resident, in words and dates a person can read (GDPR article 15)."""

    def merge(self, *, kept: Resident, duplicate: Resident, now: datetime) -> None:
        """Give `kept` what was `duplicate`'s; nothing may be lost, nothing counted twice."""

    def erase(self, *, resident: Resident, now: datetime) -> None:
        """Remove or make anonymous what no law asks to keep (GDPR article 17)."""

    def retain(self, *, now: datetime) -> int:
        """Let go of what has been kept long enough; how many rows went."""


holders: Registry[Holder] = Registry("holders of personal data")
