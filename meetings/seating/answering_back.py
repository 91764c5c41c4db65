"""How is one person told, at once, what became of what they asked? By the quickest means that reaches them."""

import datetime as dt

from django.utils.translation import gettext

from communities.models import Channel, Delivery, Priority, Resident, Suppression
from communities.post import mailings
from meetings.models import MeetingPage

A_DAY = dt.timedelta(days=1)
MOST_IN_A_DAY = 4


def tell(*, kind: str, key: str, title: str, meeting: MeetingPage, resident: Resident, now: dt.datetime) -> None:
    """One letter, or one line on the list of calls to make; `title` is gettext's, with %(title)s for the meeting's.

    Nothing for somebody whom nothing reaches: the desk's lists show them. Nor again and again in a day: whoever holds
    a letter that was passed on could join and leave the list all night, and have its owner written to each time.
    """
    channel, titled = quickest(resident), gettext(title) % {"title": meeting.title}
    if channel is None or was_told_often(kind=kind, title=titled, resident=resident, now=now):
        return
    mailings.post(
        kind=kind,
        key=key,
        title=titled,
        addressees=[mailings.Addressee(resident.pk, channel)],
        priority=Priority.TRANSACTIONAL,
        at_any_hour=True,
        now=now,
    )


def was_told_often(*, kind: str, title: str, resident: Resident, now: dt.datetime) -> bool:
    """Whether the same was said of the same meeting so often since yesterday that it helps nobody any more."""
    said = Delivery.objects.filter(resident=resident, mailing__kind=kind, mailing__title=title[:255])
    return said.filter(mailing__created_at__gt=now - A_DAY).count() >= MOST_IN_A_DAY


def quickest(resident: Resident) -> Channel | None:
    """E-mail, else the telephone, else paper; None when there is neither."""
    if resident.email and not Suppression.objects.blocking([resident.email]):
        return Channel.EMAIL
    if resident.phone:
        return Channel.PHONE
    return Channel.LETTER if resident.street else None
