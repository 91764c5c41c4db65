"""What does the letter say whose button confirms a sign-up?"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from . import signing_up
from .models import Delivery, Mailing, ResidentImport, SignUp
from .post.composing import Letter, placeholder
from .post.kinds import LetterKind
from .post.writing import write

FROM_A_FILE = "import:"
EXAMPLE = "exemple"


def key_of(resident_import: ResidentImport) -> str:
    """The key of the one mailing that asks everyone in a file."""
    return f"{FROM_A_FILE}{resident_import.pk}"


def sign_ups_of(mailing: Mailing) -> QuerySet[SignUp]:
    """The wishes a mailing asks to confirm: one, or those of a file."""
    if mailing.key.startswith(FROM_A_FILE):
        return SignUp.objects.filter(resident_import=int(mailing.key.removeprefix(FROM_A_FILE)))
    return SignUp.objects.filter(pk=mailing.key)


class ConfirmSignUp(LetterKind):
    """The one letter of a double opt-in: it needs no consent, since it asks for it."""

    @property
    def label(self) -> str:
        return _("confirmation of a sign-up")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        asked = sign_ups_of(mailing).first()
        context = {
            "confirm_url": placeholder("confirm_url"),
            "subjects": signing_up.subjects(asked) if asked else [],
            "to_ask": signing_up.to_ask(asked) if asked else [],
            "from_a_file": mailing.key.startswith(FROM_A_FILE),
            "days": signing_up.GOOD_FOR.days,
        }
        words = write(name="confirm_sign_up", language=language, context=context)
        return Letter(subject=_("Please confirm: may we write to you?"), text=words.text, html=words.html)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        waiting = {sign_up.resident_id: sign_up for sign_up in self._waiting(mailing, deliveries)}
        tokens = {
            delivery.pk: signing_up.token_of(waiting[delivery.resident_id])
            for delivery in deliveries
            if delivery.resident_id in waiting
        }
        return {
            delivery.pk: {"confirm_url": confirmation_url(tokens.get(delivery.pk, EXAMPLE))} for delivery in deliveries
        }

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        waiting = {sign_up.resident_id for sign_up in self._waiting(mailing, deliveries)}
        written_to = [delivery for delivery in deliveries if delivery.resident_id is not None]
        done = _("There is nothing left to confirm.")
        return {delivery.pk: done for delivery in written_to if delivery.resident_id not in waiting}

    def _waiting(self, mailing: Mailing, deliveries: Sequence[Delivery]) -> QuerySet[SignUp]:
        residents = [delivery.resident_id for delivery in deliveries]
        return sign_ups_of(mailing).filter(confirmed_at__isnull=True, resident__in=residents)


def confirmation_url(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('communities:confirm_sign_up', args=[token])}"
