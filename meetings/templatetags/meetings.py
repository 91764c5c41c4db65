"""What a meeting's page asks of the rules: may one still come, and by which form?"""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import audience, panels, rsvp, seats
from meetings.forms import RegistrationForm
from meetings.models import Choice, MeetingPage

register = template.Library()


@dataclass(frozen=True)
class Door:
    """Whether someone can still come, or the sentence that says why not."""

    is_open: bool
    is_past: bool
    why_not: str
    seats_left: int | None
    form: RegistrationForm | None


@register.simple_tag
def door_of(meeting: MeetingPage) -> Door:
    """The way in, as things stand: `{% door_of page as door %}`."""
    now = timezone.now()
    left = seats.left(meeting=meeting, now=now)
    why_not = closed_because(meeting, left)
    if why_not or not rsvp.is_open(meeting=meeting, now=now):
        return Door(
            is_open=False,
            is_past=meeting.is_over(now),
            why_not=why_not or _("This meeting is over."),
            seats_left=left,
            form=None,
        )
    form = RegistrationForm(meeting=meeting, now=now)
    return Door(is_open=True, is_past=False, why_not="", seats_left=left, form=form)


@register.simple_tag
def sign_up_address(meeting: MeetingPage) -> str:
    """Where to ask to be told of the next meetings, of this one's communities and neighbourhoods first."""
    return reverse("communities:sign_up", query={"about": audience.scopes_of(meeting)})


@register.simple_tag(takes_context=True)
def panels_of(context: dict[str, Any], meeting: MeetingPage) -> list[str]:
    """What other rooms add to a meeting's page: `{% panels_of page as panels %}`."""
    return panels.of_meeting(request=context["request"], meeting=meeting, now=timezone.now())


@register.filter
def as_choice(value: str | None) -> Choice | None:
    """What a list read of an answer, as the answer it is: `{{ row.choice|as_choice }}`; None where there is none."""
    return Choice(value) if value else None


def closed_because(meeting: MeetingPage, seats_left: int | None) -> str:
    if meeting.is_cancelled:
        return _("This meeting is cancelled.")
    if meeting.is_postponed:
        return _("This meeting is postponed; its new date will be announced here.")
    if meeting.starts_at is None or meeting.ends_at is None:
        return _("The date is not known yet.")
    return _("Every seat is taken.") if seats_left == 0 else ""
