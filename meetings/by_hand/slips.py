"""A slip of paper came back: whose is it?"""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models import Channel, DeliveryState
from meetings import announcing, facts, refusals, rsvp
from meetings.calendars.calendar_files import MeetingFacts
from meetings.models import Invitation
from meetings.updates import changes
from meetings.updates.changes import Standing

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
    said = codes.read(code)
    named = Q(pk__in=said) | Q(joined__number__in=said)
    known = Invitation.objects.filter(named, resident__erased_at=None).distinct()
    invitation = known.select_related("resident", "meeting").first()
    if invitation is None:
        raise Unknown
    if not rsvp.is_open(meeting=invitation.meeting, now=now):
        raise Closed
    return invitation


def of_an_earlier_date(invitation: Invitation) -> list[MeetingFacts]:
    """The other appointments that slips printed for them spoke of, the latest first.

    A code names the invitation and not what was told, so a slip that lay on a table while the meeting moved looks like
    the next one. Only whoever holds it sees which day it says.
    """
    letters = announcing.letters_of(invitation.meeting).filter(resident=invitation.resident, channel=Channel.LETTER)
    printed = letters.filter(Q(printed_at__isnull=False) | Q(state=DeliveryState.SENT)).select_related("mailing")
    published = facts.published(meeting=invitation.meeting)
    told = {said.sequence: said for said in (announcing.told(letter.mailing).facts for letter in printed)}
    with_a_slip = [told[sequence] for sequence in sorted(told, reverse=True) if is_answered(told[sequence])]
    return [said for said in with_a_slip if changes.asks_again(said, published)]


def is_answered(told: MeetingFacts) -> bool:
    """Whether a letter that tells this has a slip."""
    return changes.standing(told) is Standing.ON
