"""Someone telephoned or came to the desk: what the town hall writes down, and the one letter that says so."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from communities import residents
from communities.models import Channel, Mailing, Resident, Suppression
from communities.post import mailings, texting
from meetings import announcing
from meetings.models import Answer, AnswerChannel, Choice, Invitation, InvitationOrigin, MeetingPage
from meetings.seating import seats, waiting

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
    when_full: waiting.WhenFull = waiting.WhenFull.REFUSE,
    by: User | None = None,
    now: dt.datetime,
) -> Invitation:
    """Someone telephoned or came to the desk: staff type them in, and their yes counts at once.

    An e-mail address gets one letter with the calendar entry. Without a seat, `when_full` decides. Raises rsvp.TooLate
    or rsvp.Full, or what keeps anyone from waiting.
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
    recorded = waiting.record(
        invitation=invitation,
        choice=Choice.YES,
        guests=guests,
        channel=channel,
        when_full=when_full,
        by=by,
        now=now,
    )
    if isinstance(recorded, Answer) and (channel_back := way_back(email=email, resident=resident)):
        post_expected(answer=recorded, resident=resident, channel=channel_back, now=now)
    return invitation


def way_back(*, email: str, resident: Resident) -> Channel | None:
    """The e-mail they gave; else a text message, if they agreed to some."""
    if email:
        return Channel.EMAIL
    return Channel.SMS if texting.texted([resident.pk]) else None


def post_expected(*, answer: Answer, resident: Resident, channel: Channel = Channel.EMAIL, now: dt.datetime) -> None:
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
        channel=channel,
        now=now,
    )
