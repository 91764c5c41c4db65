"""A slip of paper came back: whose is it?"""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from meetings import refusals, rsvp
from meetings.models import Invitation

from . import codes


class Mistyped(refusals.Refusal):
    """The code cannot be one."""

    MESSAGE = _(
        "This is not a code. It has eight letters and digits, and one of them is wrong: look at the slip again."
    )


class Unknown(refusals.Refusal):
    """The code could be one, and no invitation has it."""

    MESSAGE = _("No invitation has this code. Look at the slip again, or look for the person by name in the answers.")


class Closed(refusals.Refusal):
    """The meeting takes no more answers."""

    MESSAGE = _("This meeting takes no more answers: it is over, postponed or cancelled.")


def find(*, code: str, now: dt.datetime) -> Invitation:
    """The invitation that a slip answers. Raises Mistyped, Unknown or Closed."""
    if not codes.is_whole(code):
        raise Mistyped
    known = Invitation.objects.filter(pk__in=codes.read(code), resident__erased_at=None)
    invitation = known.select_related("resident", "meeting").first()
    if invitation is None:
        raise Unknown
    if not rsvp.is_open(meeting=invitation.meeting, now=now):
        raise Closed
    return invitation
