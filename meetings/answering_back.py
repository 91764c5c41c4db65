"""How is one person told, at once, what became of what they asked? By the quickest means that reaches them."""

import datetime as dt

from django.utils.translation import gettext

from communities.models import Channel, Priority, Resident, Suppression
from communities.post import mailings

from .models import MeetingPage


def tell(*, kind: str, key: str, title: str, meeting: MeetingPage, resident: Resident, now: dt.datetime) -> None:
    """One letter, or one line on the list of calls to make; `title` is gettext's, with %(title)s for the meeting's.

    Nothing for somebody whom nothing reaches: the desk's lists show them.
    """
    channel = quickest(resident)
    if channel is None:
        return
    mailings.post(
        kind=kind,
        key=key,
        title=gettext(title) % {"title": meeting.title},
        addressees=[mailings.Addressee(resident.pk, channel)],
        priority=Priority.TRANSACTIONAL,
        at_any_hour=True,
        now=now,
    )


def quickest(resident: Resident) -> Channel | None:
    """E-mail, else the telephone, else paper; None when there is neither."""
    if resident.email and not Suppression.objects.blocking([resident.email]):
        return Channel.EMAIL
    if resident.phone:
        return Channel.PHONE
    return Channel.LETTER if resident.street else None
