"""An answer arrives by mail: whom it is for, and what was recorded."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from communities.inbound import receiving, sorting
from communities.models import InboundMessage, Resident
from meetings import facts
from meetings.letters import invitation_letters
from meetings.models import Invitation, MeetingPage
from tests.meetings.factories import AnnouncementFactory

Send = Callable[..., InboundMessage]


def address_of(resident: Resident) -> str:
    return invitation_letters.organizer_address(resident.token)


def uid_of(meeting: MeetingPage) -> str:
    return f"reunion-{meeting.uid}@{facts.uid_domain()}"


def arrive(raw: bytes, *, at: dt.datetime | None = None) -> InboundMessage:
    now = at or timezone.now()
    message = receiving.receive(raw=raw, source="pipe", now=now)
    sorting.sort_waiting(now=now)
    message.refresh_from_db()
    return message


def answer_of(invitation: Invitation) -> tuple[str, int, str] | None:
    current = invitation.answers.current().first()
    return current and (current.choice, current.guests, current.channel)


def moved(invitation: Invitation) -> None:
    """The meeting is at another hour, and residents were told so by sequence 1."""
    meeting = invitation.meeting
    meeting.starts_at += dt.timedelta(hours=1)
    meeting.ends_at += dt.timedelta(hours=1)
    meeting.save()
    AnnouncementFactory(meeting=meeting, sequence=1)
