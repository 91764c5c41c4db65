"""What does a kind of letter know that the post does not?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from communities.models import Delivery, Mailing, Purpose, Topic
from communities.models.delivery import DeliveryQuerySet
from communities.registry import Registry

from . import paper
from .composing import Letter


class NotNow(Exception):
    """These letters must not leave as they are, and must not be lost: their mailing waits for a person, who reads why.

    Raised by `still_true`.
    """


@dataclass(frozen=True, kw_only=True)
class DigestLine:
    """What stands in the weekly letter for a letter that was held for it.

    `at` is when it takes place, for the order of the lines; `when` says it in words. `prompt` is what the link is
    called. `text` is for what has no page of its own.
    """

    title: str
    at: datetime | None = None
    when: str = ""
    where: str = ""
    text: str = ""
    url: str = ""
    prompt: str = ""


class LetterKind(Protocol):
    """One kind of letter; a room derives its own from this and registers it at start.

    Everything is asked batch by batch and must cost a fixed number of queries; what the recipient reads
    (`compose`, `personal`), under the recipient's language. A delivery without a resident is a test.
    """

    @property
    def purpose(self) -> Purpose | None:
        """The consent it needs, and then it can be stopped; None for an answer to something the person did."""
        return None

    @property
    def label(self) -> str:
        """What staff call it, in their language, in the list of mailings."""
        return _("another letter")

    @property
    def topic(self) -> Topic | None:
        """What residents call these letters when they want no more of them; None for what nobody may mute."""
        return None

    @property
    def is_unasked(self) -> bool:
        """Whether it counts among the letters that a resident did not ask for, of which there are only so many."""
        return False

    @property
    def goes_by_hand(self) -> bool:
        """Whether the town hall posts it or says it to those whom e-mail does not reach."""
        return False

    @property
    def is_texted(self) -> bool:
        """Whether it is short and pressing enough for a text message, to those without e-mail who agreed to some."""
        return False

    def short_text(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, str]:
        """For each delivery (by pk) the words of its text message, in its language. Only for a kind that is texted."""
        return {}

    def owed(self, *, mailing: Mailing, deliveries: Sequence[Delivery] | DeliveryQuerySet) -> Collection[int]:
        """Deliveries (by pk) that no withdrawn consent, pause or cap holds back: their readers said yes to what it
        is about, or asked for it. Those of a whole mailing are a query, for they are many.
        """
        return ()

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        """The letter, once for each mailing and language."""
        ...

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        """For each delivery (by pk), the values of the letter's placeholders; examples for a test."""
        ...

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        """Deliveries (by pk) that must not leave any more, each with the reason that staff will read. Raise NotNow."""
        return {}

    def on_paper(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, paper.OnPaper]:
        """For each delivery (by pk), all in one language, what its resident reads on paper: else the letter's text."""
        letter = self.compose(mailing=mailing, language=deliveries[0].language)
        values = self.personal(mailing=mailing, deliveries=deliveries)
        return paper.from_the_text(letter, deliveries=deliveries, personal=values)

    def scopes(self, *, mailing: Mailing) -> Collection[str]:
        """The ConsentEvent scopes any one of which allows this mailing. Asked only of a kind with a purpose."""
        return ()

    def happens_at(self, *, mailing: Mailing) -> datetime | None:
        """When what it tells takes place: kept for Thursday, it is told before that. None for what has no date."""
        return None

    def digest_lines(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, DigestLine]:
        """For each of these held deliveries (by pk) what the weekly letter says instead, under its reader's language.

        A kind that needs a consent has something to say. Asked only of what is still true.
        """
        return {delivery.pk: DigestLine(title=mailing.title) for delivery in deliveries}


letter_kinds: Registry[LetterKind] = Registry("letter kinds")
