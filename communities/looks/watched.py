"""Which of the staff's pages show where residents live or how they are reached? Each room registers its own."""

import dataclasses
from collections.abc import Iterable

from django.utils.functional import Promise

from communities.models import AccessKind
from communities.registry import Registry


@dataclasses.dataclass(frozen=True)
class Watched:
    """What opening such a page is, what it is called, and whether its address names one resident (by `names`)."""

    kind: AccessKind
    words: str | Promise
    names: str = ""


watched: Registry[Watched] = Registry("pages that show residents")
"""By the name of the address: "residents:index"."""


def watch(words: str | Promise, addresses: Iterable[str], *, kind: AccessKind, names: str = "") -> None:
    """Every opening of these addresses is noted from now on."""
    for address in addresses:
        watched.register(address, Watched(kind, words, names))


def called(address: str) -> str:
    """What staff call a page, long after it may be gone."""
    return str(watched[address].words) if address in watched else address
