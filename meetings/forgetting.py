"""What do we let go of by ourselves, each night? Seats asked for and never confirmed, calendars that nobody reads."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from communities import forgetting
from communities.retention.rules import Reach

from . import registering
from .models import CalendarKey, CalendarReply, HelpAsked, Registration, WaitingPlace
from .seating import offers, waiting

PLACE_LETTERS = [waiting.WAITING_LETTER, offers.OFFER_LETTER, offers.LAPSED_LETTER]


def unconfirmed_registrations(*, before: dt.datetime) -> QuerySet[Registration]:
    """Who asked is forgotten by the room of residents."""
    unconfirmed = Registration.objects.filter(confirmed_at__isnull=True, created_at__lt=before)
    return unconfirmed.exclude(pk__in=forgetting.keys_that_wait(registering.LETTER_KIND))


def tidy_registrations(reach: Reach) -> None:
    forgetting.forget_letters(kind=registering.LETTER_KIND, about=Registration, before=reach.before)


def unread_calendars(*, before: dt.datetime) -> QuerySet[CalendarKey]:
    """Addresses that no program asked for since: a lost telephone, a calendar nobody set up."""
    unread = Q(last_read_on__isnull=True) | Q(last_read_on__lt=before.date())
    return CalendarKey.objects.filter(unread, created_at__lt=before)


def comments_on_what_is_over(*, before: dt.datetime) -> QuerySet[CalendarReply]:
    """What people told the town hall beside their answer helps nobody once the meeting is over."""
    return CalendarReply.objects.filter(invitation__meeting__ends_at__lt=before).exclude(comment="")


def forget_comments(keys: Sequence[Any], reach: Reach) -> int:
    return CalendarReply.objects.filter(pk__in=keys).order_by().update(comment="")


def help_given(*, before: dt.datetime) -> QuerySet[HelpAsked]:
    """After the meeting nobody needs to know it any more."""
    return HelpAsked.objects.filter(invitation__meeting__ends_at__lt=before)


def waited_for(*, before: dt.datetime) -> QuerySet[WaitingPlace]:
    """Who waited for a meeting that is over."""
    gone_by = WaitingPlace.objects.filter(invitation__meeting__ends_at__lt=before)
    return gone_by.exclude(pk__in=waited_for_by_letters())


def tidy_waiting(reach: Reach) -> None:
    """The letters that said so."""
    for kind in PLACE_LETTERS:
        forgetting.forget_letters(kind=kind, about=WaitingPlace, before=reach.now)


def waited_for_by_letters() -> list[int]:
    """Places that a letter which has not left yet is about."""
    return [pk for kind in PLACE_LETTERS for pk in forgetting.keys_that_wait(kind)]
