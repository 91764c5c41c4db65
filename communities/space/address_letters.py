"""What do the two letters of a changed address say? To the new one: is it yours? To the old one: it has changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.models import AddressChange, Delivery, Mailing
from communities.post.composing import Letter
from communities.post.kinds import LetterKind
from communities.post.writing import write

from . import addressing


class AddressLetter(LetterKind):
    """To an address that is not, or no longer, a resident's: nothing to choose there, and no name."""

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {} for delivery in deliveries}

    def written(self, *, name: str, subject: str, language: str, **said: Any) -> Letter:
        words = write(name=name, language=language, context={"preferences_url": "", **said})
        return Letter(subject=subject, text=words.text, html=words.html)


class NewAddressLetter(AddressLetter):
    """The button that proves the new address."""

    @property
    def label(self) -> str:
        return _("confirmation of a new address")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        change = AddressChange.objects.get(pk=mailing.key)
        path = reverse("communities:space_new_address", args=[addressing.token_of(change)])
        subject = _("Is this your new address?")
        return self.written(
            name="new_address", subject=subject, language=language, confirm_url=settings.SITE_URL + path
        )

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        change = AddressChange.objects.filter(pk=mailing.key, used_at__isnull=True).first()
        if change and addressing.find(token=addressing.token_of(change), now=now):
            return {}
        return {each.pk: _("There is nothing left to confirm.") for each in deliveries}


class ToldLetter(AddressLetter):
    """So that nobody's letters are led elsewhere without their knowing."""

    @property
    def label(self) -> str:
        return _("news of a changed address")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        return self.written(name="address_changed", subject=_("We write to you elsewhere now"), language=language)

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        return {}
