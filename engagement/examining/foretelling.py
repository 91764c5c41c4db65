"""What would leave, and to whom, if this passed? It is done, read, and undone: nothing else tells it as exactly."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import translation

from communities.models import Channel, Delivery, Mailing, Resident
from communities.post.composing import AFTER_HELLO, TO_ADDRESS, TO_NAME, Letter, after_hello
from communities.post.kinds import letter_kinds
from engagement import telling
from engagement.models import Idea, Passage, Project


@dataclass(frozen=True)
class ToOne:
    """One letter as its reader would get it; its links lead nowhere. `text` alone for paper and telephone."""

    delivery: Delivery
    letter: Letter

    @property
    def resident(self) -> Resident | None:
        return self.delivery.resident

    @property
    def is_by_post(self) -> bool:
        return self.delivery.channel == Channel.LETTER

    @property
    def is_by_phone(self) -> bool:
        return self.delivery.is_by_phone


@dataclass(frozen=True)
class Foretold:
    """The passage, the letters that go with it, and those who carry the thing and cannot be reached at all."""

    passage: Passage
    letters: list[ToOne]
    unreached: list[Resident]


def of(*, thing: Idea | Project, act: Callable[[], object]) -> Foretold:
    """What `act` would do; raises what it raises. Nothing of it stays, no letter leaves and no bell rings."""
    with transaction.atomic():
        act()
        passage = thing.passages.latest("pk")
        letters = letters_of(passage)
        told = {each.delivery.resident_id for each in letters}
        holders = telling.holders_of(thing) if telling.is_told(passage) else []
        transaction.set_rollback(True)
    return Foretold(passage, letters, [each for each in holders if each.pk not in told])


def letters_of(passage: Passage) -> list[ToOne]:
    mailing = Mailing.objects.filter(kind=telling.LETTER_KIND, key=str(passage.pk)).first()
    if mailing is None:
        return []
    found = mailing.deliveries.select_related("resident").order_by("pk")
    return [ToOne(delivery, read(mailing, delivery)) for delivery in found]


def read(mailing: Mailing, delivery: Delivery) -> Letter:
    """The letter in its reader's language, with their name, and with the links of an example; without, on paper."""
    kind = letter_kinds[mailing.kind]
    if delivery.channel != Channel.EMAIL:
        sheet = kind.on_paper(mailing=mailing, deliveries=[delivery])[delivery.pk]
        return Letter(subject=sheet.subject, text="\n\n".join(sheet.before))
    example = Delivery(pk=delivery.pk, mailing=mailing, channel=delivery.channel)
    with translation.override(delivery.language):
        letter = kind.compose(mailing=mailing, language=delivery.language)
        values = kind.personal(mailing=mailing, deliveries=[example])[delivery.pk]
    name = str(delivery.resident or "")
    return letter.filled({AFTER_HELLO: after_hello(name), TO_NAME: name, TO_ADDRESS: "", **values})
