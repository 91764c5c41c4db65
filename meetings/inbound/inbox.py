"""The mail to reunions+…: to whom it answers, and whether it may count. The token names the resident."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from communities.inbound import handlers, vouching
from communities.inbound.handlers import Mail, Outcome
from communities.models import InboundMessage, Resident
from meetings import registering, rsvp
from meetings.models import Choice, Invitation, ReplyEffect

from . import addressed, calendar_replies, own_words, replies
from .calendar_replies import Attendee, Said

HANDLER = "reunions"


class Answers:
    """What residents and their calendar programs answer to invitations."""

    def handle(self, mail: Mail) -> Outcome:
        events = [said for calendar in mail.read.calendars for said in calendar_replies.read(calendar)]
        said = chosen(events) if events else None
        invitation = addressed.invitation_to(said.uid, token=mail.token) if said else None
        resident = invitation.resident if invitation else Resident.objects.answering_to(mail.token).first()
        if resident is None:
            return handlers.set_apart(_("Its address belongs to nobody, or to nobody any more."))
        if said is None:
            return own_words.take(mail, resident)
        if mail.is_forged and not mail.is_vouched:
            return handlers.held(_("It may not come from whom it says: its sender could not be proven."), resident)
        return take_calendar(mail, resident, said, invitation)


def is_being_checked(*, invitation: Invitation, since: dt.datetime | None) -> bool:
    """Whether mail in this person's name, which may answer it, waits for the town hall to look at it; one query."""
    held = InboundMessage.objects.to_decide().filter(handler=HANDLER, resident=invitation.resident_id)
    return held.filter(received_at__gt=since or invitation.created_at).exists()


def chosen(events: list[Said]) -> Said:
    """The reply among them; of its events, the one about the whole meeting."""
    return min(events, key=lambda said: (said.method != "REPLY", said.is_of_one_day))


def take_calendar(mail: Mail, resident: Resident, said: Said, invitation: Invitation | None) -> Outcome:
    if said.method not in {"REPLY", "COUNTER", "REFRESH"}:
        words = _("Calendar programs send us no such thing (%(method)s).") % {"method": said.method[:20] or "—"}
        return handlers.nothing(words, resident)
    if invitation is None:
        return handlers.set_apart(_("It answers no meeting to which this person was invited."), resident)
    if said.method == "REFRESH":
        return refresh(mail, invitation)
    who = answering(mail, said, resident)
    if who is None and said.attendees:
        return uninvited(mail, invitation, said)
    if said.method == "COUNTER":
        replies.take_counter(invitation=invitation, said=said, attendee=who, received_at=mail.received_at)
        return handlers.handled(_("Another time is proposed: it stands beside their answer."), resident)
    if who is None:
        return handlers.nothing(_("It names nobody who answers."), resident)
    effect = replies.take_calendar_reply(invitation=invitation, said=said, attendee=who, received_at=mail.received_at)
    return told(effect, who, resident)


def answering(mail: Mail, said: Said, resident: Resident) -> Attendee | None:
    """The attendee who is the invited resident: by address; else the only one, when the invited address wrote it."""
    ours = said.attendee(resident.email)
    if ours or not said.attendees or mail.read.from_address != resident.email.lower():
        return ours
    is_genuine = vouching.is_genuine(mail.read, authserv_id=settings.INBOUND_AUTHSERV_ID)
    return said.attendees[0] if is_genuine or mail.is_vouched else None


def uninvited(mail: Mail, invitation: Invitation, said: Said) -> Outcome:
    """Someone to whom the letter was passed on: the invited person's answer is not theirs to give (RFC 5546 §3.2.3).

    Once staff say yes, they get the letter whose button takes a seat, as anybody who comes by themselves.
    """
    someone = said.attendees[0]
    if not is_an_address(someone.address):
        return handlers.nothing(_("It names nobody who answers."))
    if replies.CHOICES.get(someone.partstat) == Choice.NO:
        return handlers.nothing(_("Somebody who was not invited does not come."))
    if not mail.is_vouched:
        words = _("%(address)s was not invited, and asks to come: the invitation was passed on to them.")
        return handlers.held(words % {"address": someone.address[:120]})
    try:
        registering.ask(
            meeting=invitation.meeting,
            name=mail.read.from_name,
            email=someone.address,
            guests=min(someone.guests, rsvp.MOST_GUESTS),
            follow=None,
            now=mail.received_at,
        )
    except rsvp.CannotAnswer as refusal:
        return handlers.nothing(refusal.sentence)
    return handlers.handled(_("They were sent the letter whose button takes a seat."))


def is_an_address(written: str) -> bool:
    """Whether it can be written to; a calendar may hold anything."""
    try:
        validate_email(written)
    except ValidationError:
        return False
    return True


def refresh(mail: Mail, invitation: Invitation) -> Outcome:
    """RFC 5546 §3.2.6: a program lost what it knew. It goes to the invited address, whoever asks."""
    if replies.ask_again(invitation=invitation, now=mail.received_at):
        return handlers.handled(_("The invitation was sent to them again."), invitation.resident)
    return handlers.nothing(_("The invitation had been sent a moment ago, or stands no more."), invitation.resident)


def told(effect: ReplyEffect | None, who: Attendee, resident: Resident) -> Outcome:
    """What became of a reply, for staff to read."""
    if effect is None:
        return handlers.nothing(_("The same answer had come before."), resident)
    if effect == ReplyEffect.NOTED:
        return handlers.nothing(_("It says neither yes nor no."), resident)
    if effect == ReplyEffect.COUNTED:
        words = _("Their calendar's answer is recorded: %(answer)s.")
        return handlers.handled(words % {"answer": Choice(replies.CHOICES[who.partstat]).label}, resident)
    return handlers.handled(_("Their calendar's answer does not count: %(why)s.") % {"why": effect.label}, resident)
