"""Someone telephoned or came to the desk: what the town hall writes down, and the one letter that says so."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from communities import residents
from communities.models import Mailing, Resident, Suppression
from communities.post import mailings

from . import announcing, rsvp, seats
from .models import Answer, AnswerChannel, Choice, Invitation, InvitationOrigin, MeetingPage

LETTER_KIND = "expected"


@transaction.atomic
def write_down(
    *,
    meeting: MeetingPage,
    name: str,
    email: str,
    phone: str,
    guests: int,
    channel: AnswerChannel,
    now: dt.datetime,
) -> Invitation:
    """Someone telephoned or came to the desk: staff type them in, and their yes counts at once.

    An e-mail address gets one letter with the calendar entry. Raises rsvp.TooLate or rsvp.Full.
    """
    meeting = seats.lock(meeting)
    resident = residents.find_or_create(email=email, phone=phone, name=name, now=now)
    invitation, is_new = Invitation.objects.get_or_create(
        meeting=meeting,
        resident=resident,
        defaults={"origin": InvitationOrigin.STAFF, "created_at": now},
    )
    if is_new:
        told = announcing.in_force(meeting=meeting, by=None, now=now)
        Invitation.objects.filter(pk=invitation.pk).update(sequence=told.sequence)
    answer = rsvp.answer(
        invitation=invitation,
        choice=Choice.YES,
        guests=guests,
        channel=channel,
        now=now,
    )
    if email:
        post_expected(answer=answer, resident=resident, now=now)
    return invitation


def post_expected(*, answer: Answer, resident: Resident, now: dt.datetime) -> None:
    """One letter for what was recorded, however often it is typed in; none to a blocked address."""
    key = str(answer.pk)
    told = Mailing.objects.filter(kind=LETTER_KIND, key=key).exists()
    if told or Suppression.objects.blocking([resident.email]):
        return
    mailings.post_one(
        kind=LETTER_KIND,
        key=key,
        title=_("You are expected: %(title)s") % {"title": answer.invitation.meeting.title},
        resident=resident,
        now=now,
    )
