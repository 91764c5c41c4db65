"""What does one resident read on paper? The letter without its links, and a slip to send back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from communities.models import Delivery

from . import composing

_ONLY_AN_ADDRESS = re.compile(r"^(https?://|mailto:)\S+$", re.MULTILINE)
_SIGNATURE = "\n-- \n"


@dataclass(frozen=True)
class Slip:
    """The part to tear off: who answers about what, by the short code that staff type, or online at `url`."""

    name: str
    about: str
    code: str
    url: str


@dataclass(frozen=True)
class OnPaper:
    """A letter for paper: paragraphs, the facts large, paragraphs again, why it came, and perhaps a slip.

    `banner` is a word larger than all, for what must be seen before anything is read: CANCELLED.
    """

    subject: str
    banner: str = ""
    before: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    after: tuple[str, ...] = ()
    why: str = ""
    slip: Slip | None = None

    @property
    def shared(self) -> "OnPaper":
        """What a household may read together."""
        return replace(self, slip=None)


def from_the_text(
    letter: composing.Letter, *, deliveries: Sequence[Delivery], personal: Mapping[int, Mapping[str, str]]
) -> dict[int, OnPaper]:
    """Any letter on paper: its plain text, without what only a press of a finger opens."""
    return {
        delivery.pk: _without_links(letter.filled(_values(delivery) | dict(personal[delivery.pk])))
        for delivery in deliveries
    }


def _values(delivery: Delivery) -> dict[str, str]:
    """What the post itself would fill in."""
    name = str(delivery.resident or "")
    return {
        composing.TO_NAME: name,
        composing.AFTER_HELLO: composing.after_hello(name),
        composing.TO_ADDRESS: delivery.address,
        composing.UNSUBSCRIBE_URL: settings.SITE_URL,
    }


def _without_links(letter: composing.Letter) -> OnPaper:
    """Its head and its signature are printed anyway: the sheet has its own."""
    body = letter.text.partition(_SIGNATURE)[0]
    paragraphs = [paragraph.strip() for paragraph in re.split(r"\n\s*\n", body)]
    kept = [" ".join(each.split("\n")) for each in paragraphs if each and not _ONLY_AN_ADDRESS.search(each)]
    return OnPaper(subject=letter.subject, before=tuple(kept[1:]))
