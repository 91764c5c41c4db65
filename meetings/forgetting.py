"""Which seats do we let go of by ourselves, each night? Those asked for and never confirmed."""

import datetime as dt

from django.db import transaction

from communities import forgetting, signing_up

from . import registering
from .models import Registration


@transaction.atomic
def forget_registrations(*, now: dt.datetime) -> None:
    """Those left unconfirmed for as long as a sign-up's, with their letters.

    Who asked is forgotten by the room of residents.
    """
    unconfirmed = Registration.objects.filter(confirmed_at__isnull=True, created_at__lt=now - signing_up.GOOD_FOR)
    unconfirmed.exclude(pk__in=forgetting.keys_that_wait(registering.LETTER_KIND)).delete()
    forgetting.forget_letters(kind=registering.LETTER_KIND, about=Registration, before=now - signing_up.GOOD_FOR)
