"""What a meeting's page asks of the rules: may one still come, by which form, and what do other rooms add?"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse

from meetings import audience, panels
from meetings.forms import RegistrationForm
from meetings.models import Choice, MeetingPage
from meetings.seating import door, seats

register = template.Library()


@register.simple_tag
def door_of(meeting: MeetingPage, now: dt.datetime) -> door.Door:
    """The way in, as things stand: `{% door_of page now as door %}`."""
    return door.of(meeting=meeting, now=now)


@register.simple_tag
def full_among(meetings: Iterable[MeetingPage], now: dt.datetime) -> set[int]:
    """Which cards say that their meeting is full: `{% full_among meetings now as full %}`. Not those gone by."""
    ahead = [meeting for meeting in meetings if meeting.stands and not meeting.is_over(now)]
    return seats.full_among(meetings=ahead, now=now)


@register.simple_tag
def registration_form(meeting: MeetingPage, now: dt.datetime) -> RegistrationForm:
    """What someone fills in to come: `{% registration_form meeting now as form %}`."""
    return RegistrationForm(meeting=meeting, now=now)


@register.simple_tag
def sign_up_address(meeting: MeetingPage) -> str:
    """Where to ask to be told of the next meetings, of this one's communities and neighbourhoods first."""
    return reverse("communities:sign_up", query={"about": audience.scopes_of(meeting)})


@register.simple_tag(takes_context=True)
def panels_of(context: dict[str, Any], meeting: MeetingPage, now: dt.datetime) -> list[str]:
    """What other rooms add to a meeting's page: `{% panels_of page now as panels %}`."""
    return panels.of_meeting(request=context["request"], meeting=meeting, now=now)


@register.simple_tag(takes_context=True)
def other_door_of(context: dict[str, Any], meeting: MeetingPage, now: dt.datetime) -> str:
    """Another room's way in, where this sort of meeting has one: `{% other_door_of page now as other_door %}`."""
    return panels.door_of(request=context["request"], meeting=meeting, now=now)


@register.filter
def as_choice(value: str | None) -> Choice | None:
    """What a list read of an answer, as the answer it is: `{{ row.choice|as_choice }}`; None where there is none."""
    return Choice(value) if value else None
