"""What differs from one reader to the next in a letter that tells a change?"""

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities import scopes
from communities.models import Delivery, DeliveryState
from meetings import announcing
from meetings.announcing import Told
from meetings.models import Answer, Choice, Invitation, MeetingPage
from meetings.updates import changes

from . import invitation_letters

PARTSTAT: dict[str, str] = {Choice.YES: "ACCEPTED", Choice.NO: "DECLINED", Choice.MAYBE: "TENTATIVE"}
NOT_SAID = "NEEDS-ACTION"


def values(*, told: Told, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
    """For each delivery (by pk) what its reader alone is told; a fixed number of queries."""
    asked = [delivery.resident_id for delivery in deliveries if delivery.resident_id]
    found = Invitation.objects.filter(meeting=told.meeting, resident__in=asked).select_related("resident")
    invitations = {invitation.resident_id: invitation for invitation in found}
    names = scopes.names_of({scope for invitation in found for scope in invitation.because})
    answers = last_answers(invitations.values())
    first, organizer_name = first_letters(told.meeting, asked), invitation_letters.organizer_name()
    readers = {}
    for delivery in deliveries:
        invitation = invitations[delivery.resident_id or 0]
        answer = answers.get(invitation.pk)
        partstat = PARTSTAT.get(answer.choice, NOT_SAID) if answer and answer.is_current else NOT_SAID
        so_far = your_answer(told, answer)
        readers[delivery.pk] = invitation_letters.values_for(invitation, names, organizer_name, partstat) | {
            "first_letter": first.get(invitation.resident_id, ""),
            **above_the_question(so_far),
        }
    return readers


def last_answers(invitations: Collection[Invitation]) -> dict[int, Answer]:
    """The last answer of each invitation (by pk), also one for an earlier date."""
    answers = Answer.objects.filter(invitation__in=[invitation.pk for invitation in invitations])
    return {answer.invitation_id: answer for answer in answers.order_by("pk")}


def first_letters(meeting: MeetingPage, residents: Collection[int]) -> dict[int, str]:
    """The Message-ID, without its domain, of the first letter that each resident was sent about the meeting.

    Every later one answers it, so that mail programs show them together.
    """
    sent = announcing.letters_of(meeting).filter(resident__in=residents, state=DeliveryState.SENT)
    letters_sent = sent.exclude(message_id="").order_by("-order", "-pk").values_list("resident_id", "message_id")
    return {who: message_id.strip("<>").rpartition("@")[0] for who, message_id in letters_sent}


def above_the_question(so_far: str) -> dict[str, str]:
    """What stands before "Are you coming?": in plain text a paragraph of its own, or nothing, and no hole."""
    return {"your_answer": so_far, "answer_above": so_far and f"{so_far}\n\n"}


def your_answer(told: Told, answer: Answer | None) -> str:
    """What became of what they answered; empty for who did not."""
    if answer is None:
        return ""
    words = {"answer": said(answer)}
    if answer.is_current:
        return _("Your answer stays: %(answer)s. You can change it.") % words
    if told.before and changes.asks_again(told.before, told.facts):
        return _("You had answered: %(answer)s. That was for the earlier date or place, and no longer counts.") % words
    return ""


def said(answer: Answer) -> str:
    """ "Yes, with 2 people"."""
    if not answer.guests:
        return str(answer.get_choice_display())
    words = ngettext("%(choice)s, with %(guests)d person", "%(choice)s, with %(guests)d people", answer.guests)
    return words % {"choice": answer.get_choice_display(), "guests": answer.guests}
