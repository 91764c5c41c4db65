"""What do we let go of by ourselves, each night? Seats asked for and never confirmed, calendars that nobody reads."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from communities import forgetting, signing_up

from . import registering
from .calendars import own_calendar
from .models import CalendarKey, CalendarReply, Registration, WaitingPlace
from .seating import offers, waiting

COMMENTS_KEPT = dt.timedelta(days=30)
PLACE_LETTERS = [waiting.WAITING_LETTER, offers.OFFER_LETTER, offers.LAPSED_LETTER]
WAITING_KEPT = dt.timedelta(days=90)


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


@transaction.atomic
def forget_waiting(*, now: dt.datetime) -> None:
    """Who waited for a meeting that ended three months ago, with the letters that said so."""
    gone_by = WaitingPlace.objects.filter(invitation__meeting__ends_at__lt=now - WAITING_KEPT)
    gone_by.exclude(pk__in=waited_for_by_letters()).delete()
    for kind in PLACE_LETTERS:
        forgetting.forget_letters(kind=kind, about=WaitingPlace, before=now)


def waited_for_by_letters() -> list[int]:
    """Places that a letter which has not left yet is about."""
    return [pk for kind in PLACE_LETTERS for pk in forgetting.keys_that_wait(kind)]
