"""The mail to equipe+…: an answer to a letter about a work day. Its address names the letter, and who reads it."""

import uuid

from django.utils.translation import gettext as _

from communities.inbound import forwarding, handlers
from communities.inbound.handlers import Mail, Outcome
from communities.models import InboundState
from engagement.refusals import Refusal

from . import own_words, replies
from .replies import Answered

MAILS = uuid.UUID("6f1c7c5e-6f0b-4d0e-9b52-2c9a3c4f7a11")


class Answers:
    """What people answer to those who run a work day, and these to them."""

    def handle(self, mail: Mail) -> Outcome:
        answered = replies.find(token=mail.token)
        if answered is None:
            return handlers.set_apart(_("Its address names no letter of ours."))
        if mail.read.is_automatic:
            return handlers.nothing(_("A program wrote it: it is no answer."), answered.writer)
        if mail.is_forged and not mail.is_vouched:
            words = _("It may not come from whom it says: its sender could not be proven.")
            return handlers.held(words, answered.writer)
        if not answered.is_open(mail.received_at):
            return forwarding.pass_on(mail, to="", about=answered.work_day.meeting.title, resident=answered.writer)
        return pass_on(mail, answered)


def pass_on(mail: Mail, answered: Answered) -> Outcome:
    """Their own words alone; a flood waits for a person."""
    words = own_words.of_mail(mail.read.text, writer=answered.writer)
    if not words and not mail.read.attachments:
        return handlers.nothing(_("It is empty."), answered.writer)
    if not mail.is_vouched and forwarding.is_a_flood(now=mail.received_at):
        held = _("So many messages came at once that a person decides what is passed on.")
        return handlers.held(held, answered.writer)
    try:
        replies.reply(
            answered=answered,
            words=words,
            attachments=len(mail.read.attachments),
            key=uuid.uuid5(MAILS, str(mail.pk)),
            now=mail.received_at,
        )
    except Refusal as refusal:
        return handlers.held(refusal.sentence, answered.writer)
    return Outcome(InboundState.FORWARDED, _("It was passed on to those who run the work day."), answered.writer)
