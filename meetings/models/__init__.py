"""What is true of meetings: where and when, who was told, who comes."""

from .agenda import AgendaItem, MeetingDocument
from .announcement import Announcement
from .index import MeetingIndexPage
from .invitation import (
    Answer,
    AnswerChannel,
    Choice,
    Invitation,
    InvitationOrigin,
    Registration,
)
from .meeting import MeetingPage
from .open_pages import OpenPageQuerySet
from .status import MeetingKind, MeetingStatus, ParticipationLevel
from .venue import Access, Venue, VenueBooking
from .waiting import WaitingPlace, WaitingState

__all__ = [
    "Access",
    "AgendaItem",
    "Announcement",
    "Answer",
    "AnswerChannel",
    "Choice",
    "Invitation",
    "InvitationOrigin",
    "MeetingDocument",
    "MeetingIndexPage",
    "MeetingKind",
    "MeetingPage",
    "MeetingStatus",
    "OpenPageQuerySet",
    "ParticipationLevel",
    "Registration",
    "Venue",
    "VenueBooking",
    "WaitingPlace",
    "WaitingState",
]
