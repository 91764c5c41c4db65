"""How many seats are left, and who is holding one?"""

import datetime as dt

from communities.models import Resident

from .models import Answer, MeetingPage, Registration


def lock(meeting: MeetingPage) -> MeetingPage:
    """The meeting's rows, its page's too, locked until the transaction ends: whoever counts seats counts alone."""
    return MeetingPage.objects.select_for_update(of=("self", "page_ptr")).get(pk=meeting.pk)


def taken(*, meeting: MeetingPage, now: dt.datetime, besides: Resident | None = None) -> int:
    """People coming, and seats held for an unconfirmed registration; guests included.

    `besides` leaves out what one resident already holds: it does not count against them.
    """
    answers = Answer.objects.coming().filter(invitation__meeting=meeting)
    held = Registration.objects.held(now).filter(meeting=meeting)
    if besides is not None:
        answers = answers.exclude(invitation__resident=besides)
        held = held.exclude(resident=besides)
    parties = answers.order_by().values_list("guests", flat=True)
    waiting = held.order_by().values_list("guests", flat=True)
    return sum(1 + guests for guests in parties.union(waiting, all=True))


def left(*, meeting: MeetingPage, now: dt.datetime, besides: Resident | None = None) -> int | None:
    """Seats free, or None when the meeting turns nobody away."""
    if meeting.capacity is None:
        return None
    return max(0, meeting.capacity - taken(meeting=meeting, now=now, besides=besides))
