"""When does a change leave? Once nobody has touched the meeting for a while, or at once when it presses."""

import datetime as dt
from collections.abc import Sequence

from meetings import facts
from meetings.models import MeetingPage

from .debts import Debt

QUIET = dt.timedelta(minutes=30)
PRESSING = dt.timedelta(hours=24)


def is_over(*, meeting: MeetingPage, debts: Sequence[Debt], now: dt.datetime) -> bool:
    """Whether what is owed leaves now."""
    return presses(meeting=meeting, debts=debts, now=now) or leaves_at(meeting) <= now


def leaves_at(meeting: MeetingPage) -> dt.datetime:
    """Half an hour after its page, or its venue, was last changed: several changes make one letter."""
    changed = facts.modified_at(meeting)
    return changed + QUIET if changed else dt.datetime.min.replace(tzinfo=dt.UTC)


def presses(*, meeting: MeetingPage, debts: Sequence[Debt], now: dt.datetime) -> bool:
    """A cancellation waits for nothing; nor does what begins within a day, or was to begin then."""
    if meeting.is_cancelled:
        return True
    told = {debt.told for debt in debts}
    beginnings = [each.told.starts_at for each in meeting.announcements.all() if each.sequence in told]
    return any(begins <= now + PRESSING for begins in [*beginnings, meeting.starts_at] if begins)
