"""What does the letter say that lets someone into their space? One button, six figures, and how long they work."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.models import Delivery, Mailing, SpaceEntry
from communities.post.composing import AFTER_HELLO, Letter, placeholder
from communities.post.kinds import LetterKind
from communities.post.writing import write

from . import entering


class EntryLetter(LetterKind):
    """The answer to whoever asked to come in: it leaves at any hour, and is worth nothing after a quarter of one."""

    @property
    def label(self) -> str:
        return _("way into my space")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        entry = SpaceEntry.objects.get(pk=mailing.key)
        context = {
            "name": placeholder(AFTER_HELLO),
            "code": spaced(entering.code_of(entry)),
            "until": entry.asked_at + entering.GOOD_FOR,
            "enter_url": f"{settings.SITE_URL}{reverse('communities:space_come_in', args=[entering.token_of(entry)])}",
        }
        words = write(name="space_entry", language=language, context=context)
        return Letter(subject=_("Your way into your space"), text=words.text, html=words.html)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {} for delivery in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        """Too old, or asked for again: the reader would press in vain."""
        entry = SpaceEntry.objects.select_related("resident").filter(pk=mailing.key).first()
        if entry and entering.standing(entry, now=now) == entering.Standing.GOOD:
            return {}
        return {each.pk: _("This letter would no longer let anybody in.") for each in deliveries}


def spaced(code: str) -> str:
    """As one reads it aloud: 123 456."""
    return f"{code[:3]} {code[3:]}"
