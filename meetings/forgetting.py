"""What do we let go of by ourselves, each night? Seats asked for and never confirmed, calendars that nobody reads."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from communities import forgetting, signing_up

from . import own_calendar, registering
from .models import CalendarKey, CalendarReply, Registration

COMMENTS_KEPT = dt.timedelta(days=30)


@transaction.atomic
def forget_registrations(*, now: dt.datetime) -> None:
    """Those left unconfirmed for as long as a sign-up's, with their letters.

    Who asked is forgotten by the room of residents.
    """
    unconfirmed = Registration.objects.filter(confirmed_at__isnull=True, created_at__lt=now - signing_up.GOOD_FOR)
    unconfirmed.exclude(pk__in=forgetting.keys_that_wait(registering.LETTER_KIND)).delete()
    forgetting.forget_letters(kind=registering.LETTER_KIND, about=Registration, before=now - signing_up.GOOD_FOR)


def forget_calendars(*, now: dt.datetime) -> None:
    """Addresses that no program asked for in thirteen months: a lost telephone, a calendar nobody set up."""
    before = now - own_calendar.UNREAD_FOR
    unread = Q(last_read_on__isnull=True) | Q(last_read_on__lt=before.date())
    CalendarKey.objects.filter(unread, created_at__lt=before).delete()


def forget_comments(*, now: dt.datetime) -> None:
    """What people told the town hall beside their answer helps nobody once the meeting is over."""
    over = CalendarReply.objects.filter(invitation__meeting__ends_at__lt=now - COMMENTS_KEPT)
    over.exclude(comment="").update(comment="")
