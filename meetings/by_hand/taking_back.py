"""An answer was typed in by mistake: how does what was said before count again?"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from meetings import refusals, rsvp
from meetings.models import Answer, Choice, HelpAsked, WaitingPlace
from meetings.seating import seats, waiting


class NotTheLast(refusals.Refusal):
    """Something else was answered since."""

    MESSAGE = _("Another answer came since: this one no longer counts, and there is nothing to undo.")


def take_back(recorded: Answer | WaitingPlace, *, now: dt.datetime) -> None:
    """Undo what a slip did. Raises as the two below do."""
    if isinstance(recorded, WaitingPlace):
        give_up(place=recorded, now=now)
    else:
        forget(answer=recorded, now=now)


@transaction.atomic
def give_up(*, place: WaitingPlace, now: dt.datetime) -> None:
    """A place in line that should never have been taken: what they had answered before counts again.

    Raises NotTheLast when they have a seat meanwhile, or left the list by themselves.
    """
    invitation = place.invitation
    seats.lock(invitation.meeting)
    if not WaitingPlace.objects.standing().filter(pk=place.pk).exists():
        raise NotTheLast
    waiting.leave(invitation=invitation, now=now)
    before = invitation.answers.order_by("-pk").first()
    if before is None:
        HelpAsked.objects.filter(invitation=invitation).delete()
    elif before.outdated_by is None:
        Answer.objects.filter(pk=before.pk).update(is_current=True)


@transaction.atomic
def forget(*, answer: Answer, now: dt.datetime) -> None:
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
