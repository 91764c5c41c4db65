"""Which invitation does a calendar's answer name? By UID, the meeting; by the address it went to, the resident."""

import re
import uuid
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery, UUIDField

from communities.models import Resident
from communities.models.ready import Blank, Question, made
from meetings.models import Announcement, Invitation, MeetingPage

OUR_UID = re.compile(r"reunion-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@", re.IGNORECASE)
# What an answer asks of each; their many other columns wait until somebody asks for one.
OF_INVITATION = ("id", "meeting_id", "resident_id", "sequence", "created_at")
OF_RESIDENT = ("id", "name", "email", "language", "token", "erased_at")


def invitation_to(uid: str, *, token: str) -> Invitation | None:
    """With its resident, and with `told_sequence`; its meeting is read when it is needed."""
    found = OUR_UID.match(uid)
    rows = INVITED.ask(uid=uuid.UUID(found[1]), token=token) if found else []
    if not rows:
        return None
    told, *values = rows[0]
    invitation = made(Invitation, OF_INVITATION, values[: len(OF_INVITATION)])
    invitation.resident = made(Resident, OF_RESIDENT, values[len(OF_INVITATION) :])
    invitation.told_sequence = told
    return invitation


def invitations_of_one() -> QuerySet[Invitation, tuple[Any, ...]]:
    """One row at the most; each of the two names one row by itself, however little PostgreSQL knows of the tables."""
    meetings = MeetingPage.objects.filter(uid=Blank("uid", UUIDField())).order_by().values("pk")
    residents = Resident.objects.answering_to(Blank("token", CharField())).order_by().values("pk")
    told = Announcement.objects.filter(meeting=OuterRef("meeting")).order_by("-sequence").values("sequence")[:1]
    asked = Invitation.objects.filter(meeting=Subquery(meetings), resident=Subquery(residents))
    return asked.values_list(Subquery(told), *OF_INVITATION, *(f"resident__{name}" for name in OF_RESIDENT))


INVITED = Question(invitations_of_one)
