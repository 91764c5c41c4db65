"""An answer was typed in by mistake: how does what was said before count again?"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from . import refusals, rsvp, seats
from .models import Answer, Choice, HelpAsked


class NotTheLast(refusals.Refusal):
    """Something else was answered since."""

    MESSAGE = _("Another answer came since: this one no longer counts, and there is nothing to undo.")


@transaction.atomic
def take_back(*, answer: Answer, now: dt.datetime) -> None:
    """Forget an answer that should never have been typed in, and what it asked for; the one before it counts again,
    unless it was given for an earlier date and they were asked again since.

    Raises NotTheLast, or rsvp.Full when the seats of the earlier answer were taken since.
    """
    invitation = answer.invitation
    meeting = seats.lock(invitation.meeting)
    mistaken = Answer.objects.filter(pk=answer.pk, is_current=True).first()
    if mistaken is None:
        raise NotTheLast
    HelpAsked.objects.filter(invitation=invitation, asked_at=mistaken.answered_at).delete()
    mistaken.delete()
    before = invitation.answers.order_by("-pk").first()
    if before is None or before.outdated_by is not None:
        return
    if before.choice == Choice.YES:
        people = before.guests + 1
        rsvp.refuse_beyond_capacity(meeting=meeting, resident=invitation.resident, people=people, now=now)
    before.is_current = True
    before.save(update_fields=["is_current"])
