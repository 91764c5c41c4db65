"""What do meetings add to a resident's space? Those they were asked to, what they answered, and their calendar."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse

from communities.models import Resident
from communities.panels import Panel

from . import rsvp, said
from .calendars import own_calendar
from .models import Answer, Invitation, MeetingPage, WaitingPlace

MOST_SHOWN = 20


@dataclass(frozen=True)
class Line:
    """One meeting to come: what was answered or that one waits, and the page where it is changed."""

    meeting: MeetingPage
    answer: str
    waits: bool
    is_open: bool
    url: str


def meetings_of_resident(request: HttpRequest, resident: Resident, now: dt.datetime) -> Panel:
    """The nearest first; one query."""
    lines = [line_of(invitation, now=now) for invitation in to_come(resident, now=now)[:MOST_SHOWN]]
    calendar_url = reverse("meetings:my_calendar", args=[own_calendar.token_of(resident)])
    return "meetings/space_panel.html", {"lines": lines, "calendar_url": calendar_url}


def to_come(resident: Resident, *, now: dt.datetime) -> QuerySet[Invitation]:
    """What they were asked to and may still read, with their last word and whether they are on the waiting list."""
    ahead = MeetingPage.objects.open_to_all().filter(ends_at__gte=now)
    last = Answer.objects.current().filter(invitation=OuterRef("pk"))
    in_line = WaitingPlace.objects.standing().filter(invitation=OuterRef("pk"))
    asked = Invitation.objects.filter(resident=resident, withdrawn_at__isnull=True, meeting__in=ahead.values("pk"))
    return (
        asked.select_related("meeting__venue")
        .annotate(
            choice=Subquery(last.values("choice")[:1]),
            guests=Subquery(last.values("guests")[:1]),
            place=Subquery(in_line.values("pk")[:1]),
        )
        .order_by("meeting__starts_at", "pk")
    )


def line_of(invitation: Invitation, *, now: dt.datetime) -> Line:
    told: dict[str, object] = vars(invitation)
    token = rsvp.token_of(invitation)
    waits = told["place"] is not None
    return Line(
        meeting=invitation.meeting,
        answer=said.sentence(choice=str(told["choice"]), guests=int(str(told["guests"]))) if told["choice"] else "",
        waits=waits,
        is_open=rsvp.is_open(meeting=invitation.meeting, now=now),
        url=reverse("meetings:waiting" if waits else "meetings:answer", args=[token]),
    )
