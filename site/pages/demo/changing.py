"""Some meetings changed after their invitations left: what residents heard six days ago, and what they hear today."""

import datetime as dt
from typing import Any

from communities.models import DeliveryState
from meetings import announcing
from meetings.models import MeetingPage, MeetingStatus
from meetings.updates import reconciling

from . import gatherings

AGO = dt.timedelta(days=6)


def tell(*, now: dt.datetime) -> None:
    """Invite to what was planned, then post what became of it."""
    for row in gatherings.rows():
        if "told" in row:
            change(invited(row, now), row=row, now=now)


def invited(row: dict[str, Any], now: dt.datetime) -> MeetingPage:
    """The meeting as it was planned, its invitations in the mailboxes."""
    meeting = MeetingPage.objects.get(title=row["title"], starts_at=gatherings.moment(row["told"], now))
    announcing.announce(meeting=meeting, by=None, at_once=True, now=now - AGO)
    announcing.letters_of(meeting).update(state=DeliveryState.SENT, ended_at=now - AGO)
    return meeting


def change(meeting: MeetingPage, *, row: dict[str, Any], now: dt.datetime) -> None:
    """Publish it as it is now; the letters that say so still have to leave."""
    meeting.starts_at = gatherings.moment(row["when"], now)
    meeting.ends_at = meeting.starts_at + dt.timedelta(minutes=row["when"]["minutes"])
    meeting.status = row.get("status", MeetingStatus.CONFIRMED)
    meeting.status_reason = row.get("status_reason", "")
    meeting.last_published_at = now
    meeting.save()
    reconciling.reconcile(meeting=meeting, at_once=True, now=now)
