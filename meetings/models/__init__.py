"""What is true of meetings: where and when, who was told, who comes."""

from .agenda import AgendaItem, MeetingDocument
from .announcement import Announcement
from .calendar_key import CalendarKey
from .calendar_reply import CalendarReply, ReplyEffect
from .help import Help, HelpAsked
from .index import MeetingIndexPage
from .invitation import (
    Answer,
    AnswerChannel,
    Choice,
    Invitation,
    InvitationOrigin,
    JoinedInvitation,
    Registration,
)
from .mandate import Mandate
from .meeting import MeetingPage
from .open_pages import OpenPageQuerySet
from .reminder import Reminder, ReminderKind
from .status import MeetingKind, MeetingStatus, ParticipationLevel
from .turnout import MeetingTurnout
from .venue import Access, Venue, VenueBooking
from .waiting import WaitingPlace, WaitingState

__all__ = [
    "Access",
    "AgendaItem",
    "Announcement",
    "Answer",
    "AnswerChannel",
    "CalendarKey",
    "CalendarReply",
    "Choice",
    "Help",
    "HelpAsked",
    "Invitation",
    "InvitationOrigin",
    "JoinedInvitation",
    "Mandate",
    "MeetingDocument",
    "MeetingIndexPage",
    "MeetingKind",
    "MeetingPage",
    "MeetingStatus",
    "MeetingTurnout",
    "OpenPageQuerySet",
    "ParticipationLevel",
    "Registration",
    "Reminder",
    "ReminderKind",
    "ReplyEffect",
    "Venue",
    "VenueBooking",
    "WaitingPlace",
    "WaitingState",
]
