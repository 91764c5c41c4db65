"""What a resident wrote in their own words: a yes or a no is an answer, anything else reaches whoever can reply."""

import re

from django.utils.translation import gettext as _

from communities.inbound import forwarding, handlers
from communities.inbound.handlers import Mail, Outcome
from communities.models import Resident
from meetings import rsvp
from meetings.models import AnswerChannel, Choice, Invitation, ReplyEffect

from . import replies, yes_or_no

# The invitation and the SEQUENCE that a letter about it carried: the first one, a change, a cancellation, a farewell.
OUR_LETTER = re.compile(r"<(?:inv|upd|can|wit)-(\d{1,15})-(\d{1,9})@")


def take(mail: Mail, resident: Resident) -> Outcome:
    """Nothing a machine wrote counts, nor is passed on: that is how two programs would write to each other for ever."""
    if mail.read.is_automatic:
        return handlers.nothing(_("A program wrote it: it is no answer."), resident)
    if mail.is_forged and not mail.is_vouched:
        return handlers.held(_("It may not come from whom it says: its sender could not be proven."), resident)
    if not mail.read.text.strip() and not mail.read.attachments:
        return handlers.nothing(_("It is empty."), resident)
    invitation = invitation_of(mail, resident)
    own = yes_or_no.read(mail.read.text, name=f"{mail.read.from_name} {resident.name}")
    if own.choice and invitation and mail.read.from_address == resident.email.lower():
        return count(mail, invitation, own.choice, says_more=own.says_more)
    return pass_on(mail, resident, invitation)


def invitation_of(mail: Mail, resident: Resident) -> Invitation | None:
    """The invitation whose letter they answer; else the only one that they could mean."""
    invitations = Invitation.objects.select_related("meeting", "resident").filter(resident=resident)
    if named := letters_named(mail):
        return invitations.filter(pk__in=named).order_by("-pk").first()
    ahead = invitations.filter(meeting__live=True, meeting__ends_at__gt=mail.received_at)
    candidates = [each for each in ahead[:20] if rsvp.is_open(meeting=each.meeting, now=mail.received_at)]
    return candidates[0] if len(candidates) == 1 else None


def letters_named(mail: Mail) -> dict[int, int]:
    """The invitations (by pk) whose letters it answers, each with the highest SEQUENCE that these carried."""
    found = [match for letter in mail.read.references if (match := OUR_LETTER.match(letter))]
    named = sorted((int(match[1]), int(match[2])) for match in found)
    return dict(named)


def count(mail: Mail, invitation: Invitation, choice: Choice, *, says_more: bool) -> Outcome:
    """Record it; what they add goes to whoever can reply."""
    effect = effect_of(mail, invitation, choice)
    if effect == ReplyEffect.COUNTED:
        words = _("Their answer is recorded: %(answer)s.") % {"answer": choice.label}
    else:
        words = _("Their answer does not count: %(why)s.") % {"why": effect.label}
    if not says_more:
        return handlers.handled(words, invitation.resident)
    passed_on = pass_on(mail, invitation.resident, invitation)
    return Outcome(passed_on.state, f"{words} {passed_on.words}", invitation.resident)


def effect_of(mail: Mail, invitation: Invitation, choice: Choice) -> ReplyEffect:
    """What a yes or a no does; to a letter about an earlier date or place, that they are asked again."""
    sequence = letters_named(mail).get(invitation.pk)
    if sequence is not None and replies.is_stale(meeting=invitation.meeting, sequence=sequence):
        replies.ask_again(invitation=invitation, now=mail.received_at)
        return ReplyEffect.STALE
    word = replies.Word(choice, 0, AnswerChannel.MAIL, mail.received_at)
    return replies.settle(invitation=invitation, word=word)


def pass_on(mail: Mail, resident: Resident, invitation: Invitation | None) -> Outcome:
    """To the meeting's contact while it is of use to them, else to the town hall."""
    meeting = invitation and invitation.meeting
    to = meeting.contact_email if meeting else ""
    return forwarding.pass_on(mail, to=to, about=meeting.title if meeting else "", resident=resident)
