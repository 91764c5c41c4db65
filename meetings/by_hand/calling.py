"""The town hall called somebody, who answered at once."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction

from communities.models import Delivery
from communities.post import by_hand
from meetings import rsvp
from meetings.models import Answer, AnswerChannel, Choice, Invitation, MeetingPage


@transaction.atomic
def called(
    *, meeting: MeetingPage, call: Delivery, choice: Choice, guests: int, by: User, now: dt.datetime
) -> Answer | None:
    """They are told, and this is what they said; None when nobody invites them any more. Raises as rsvp.answer."""
    by_hand.told(deliveries=Delivery.objects.filter(pk=call.pk), by=by, now=now)
    invitation = Invitation.objects.filter(meeting=meeting, resident=call.resident).first()
    if invitation is None:
        return None
    return rsvp.answer(invitation=invitation, choice=choice, guests=guests, channel=AnswerChannel.PHONE, now=now)
