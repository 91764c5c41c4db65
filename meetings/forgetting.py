"""Which seats do we let go of by ourselves, each night? Those asked for and never confirmed."""

import datetime as dt

from django.db import transaction

from communities import forgetting

from . import registering
from .models import Registration

KEPT = dt.timedelta(days=30)


@transaction.atomic
def forget_registrations(*, now: dt.datetime) -> None:
    """Those left unconfirmed for thirty days, with their letters. Who asked is forgotten by the room of residents."""
    unconfirmed = Registration.objects.filter(confirmed_at__isnull=True, created_at__lt=now - KEPT)
    unconfirmed.exclude(pk__in=forgetting.keys_that_wait(registering.LETTER_KIND)).delete()
    forgetting.forget_letters(kind=registering.LETTER_KIND, about=Registration, before=now - KEPT)
