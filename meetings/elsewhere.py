"""Where else is a meeting answered, and what else does its letter offer? A room to the left may have a page for it.

A work day, say, is answered by choosing a shift.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from communities.registry import Registry

from .models import MeetingPage


@dataclass(frozen=True)
class Way:
    """One more answer in a letter: `words`, and what its link adds to the page of the reader's answer."""

    words: str
    query: tuple[tuple[str, str], ...] = ()

    def url(self, answer_url: str) -> str:
        return f"{answer_url}&{urlencode(self.query)}" if self.query else answer_url


@dataclass(frozen=True)
class Elsewhere:
    """`page`: the name of an address that takes the token of the answer. `ways`: for letters, in the reader's language;
    `lines`: what is said before them.
    """

    page: str
    ways: Sequence[Way] = ()
    lines: Sequence[str] = ()


answered_elsewhere: Registry[Callable[[MeetingPage], Elsewhere | None]] = Registry("pages to answer elsewhere")


def of(meeting: MeetingPage) -> Elsewhere | None:
    """The first room that has a page for it; None where the meeting's own is the page."""
    found = (asked(meeting) for _name, asked in answered_elsewhere.items())
    return next((elsewhere for elsewhere in found if elsewhere), None)
