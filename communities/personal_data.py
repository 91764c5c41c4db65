"""What do we hold on one resident? Every room that keeps something registers what tells it, what erases it, and what
gives it to another record of the same person.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import Model
from django.utils import timezone

from .models import Resident
from .registry import Registry

Held = Mapping[str, Any]
"""Plain data under headings that a person can read, in the language in force."""


@dataclass(frozen=True)
class Kept:
    """One thing that stays when a person is erased: what, by what right, and until when, in words."""

    what: str
    why: str
    until: str


class Holder(Protocol):
    """What a room does about one resident; each has a module that does it."""

    def export(self, resident: Resident) -> Held:
        """All that the room holds on them (GDPR article 15)."""
        ...

    def erase(self, *, resident: Resident, now: datetime) -> None:
        """Blank or remove whatever of it says who they were, in the caller's transaction (GDPR article 17)."""
        ...

    @property
    def MERGES(self) -> Collection[str]:
        """The columns that name a resident, of which its `merge` takes care: "meetings.Invitation.resident"."""
        ...

    def merge(self, *, kept: Resident, gone: Resident, now: datetime) -> None:
        """Give `kept` whatever names `gone`, another record of the same person, in the caller's transaction; of what a
        person may have only once, one is made of both. `gone` still says here what it said before (doubles.merging).
        """
        ...


class Keeper(Protocol):
    """A holder that must keep something with a name in it, whoever asks."""

    def kept(self, resident: Resident) -> list[Kept]:
        """What of theirs stays, each thing by its name."""
        ...


holders: Registry[Holder] = Registry("holders of personal data")
WHO_THEY_ARE = "communities"
keepers: Registry[Keeper] = Registry("keepers of what the law keeps")


def held_on(*, resident: Resident) -> dict[str, Any]:
    """Everything every room holds on them, one heading after the other; who they are comes first."""
    in_order = sorted(holders.items(), key=lambda pair: pair[0] != WHO_THEY_ARE)
    return {heading: told for _name, holder in in_order for heading, told in holder.export(resident).items()}


def kept(*, resident: Resident) -> list[Kept]:
    """All that stays with their name in it when they are erased, whichever room keeps it."""
    return [each for _name, keeper in keepers.items() for each in keeper.kept(resident)]


def erase(*, resident: Resident, now: datetime) -> None:
    """Every room lets go of them; their own row comes after, so that each still knows whom it is about."""
    for _name, holder in holders.items():
        holder.erase(resident=resident, now=now)


def merge(*, kept: Resident, gone: Resident, now: datetime) -> None:
    """Every room gives one record what it holds on another of the same person."""
    for _name, holder in holders.items():
        holder.merge(kept=kept, gone=gone, now=now)


def described(thing: Model, *fields: str) -> dict[str, Any]:
    """Those fields of a row under their names in words: choices by their labels, moments in the town's time."""
    return {str(thing._meta.get_field(name).verbose_name): plain(thing, name) for name in fields}  # type: ignore[union-attr]  # only plain fields are asked


def plain(thing: Model, name: str) -> Any:
    """One value as text, number, yes or no; None where there is none."""
    label = getattr(thing, f"get_{name}_display", None)
    value = label() if label else getattr(thing, name)
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    return value if value is None or isinstance(value, (bool, int)) else str(value)
