"""May someone who was not invited still come; and if not, why?"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from meetings import rsvp
from meetings.models import MeetingPage

from . import seats, waiting


@dataclass(frozen=True)
class Door:
    """Whether someone can still come, or the sentence that says why not; `seats_left` is None without a limit.

    A full meeting's door stays open while one may wait: `in_line` parties do.
    """

    why_not: str
    is_past: bool
    seats_left: int | None
    in_line: int

    @property
    def is_open(self) -> bool:
        return not self.why_not

    @property
    def is_full(self) -> bool:
        return self.seats_left == 0


def of(*, meeting: MeetingPage, now: dt.datetime) -> Door:
    left = seats.left(meeting=meeting, now=now)
    return Door(
        why_not=closed_because(meeting=meeting, seats_left=left, now=now),
        is_past=meeting.is_over(now),
        seats_left=left,
        in_line=waiting.length(meeting) if left == 0 else 0,
    )


def closed_because(*, meeting: MeetingPage, seats_left: int | None, now: dt.datetime) -> str:
    """Empty while someone can still come. A draft, which only its preview shows, stands as it will once published."""
    if meeting.is_cancelled:
        return _("This meeting is cancelled.")
    if meeting.is_postponed:
        return _("This meeting is postponed; its new date will be announced here.")
    if meeting.starts_at is None or meeting.ends_at is None:
        return _("The date is not known yet.")
    if meeting.live and not rsvp.is_open(meeting=meeting, now=now):
        return _("This meeting is over.")
    if seats_left == 0 and not waiting.may_wait(meeting=meeting, now=now):
        return _("Every seat is taken.")
    return ""
