"""What do the letters before a meeting say, and may they still be said?"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import typography
from communities.models import Delivery, Mailing, Purpose, Topic, Town
from communities.models.delivery import DeliveryQuerySet
from communities.post import sparing
from communities.post.composing import AFTER_HELLO, UNSUBSCRIBE_URL, Letter, placeholder
from communities.post.kinds import DigestLine, LetterKind
from communities.post.writing import write
from meetings import audience, facts, reminding, rsvp, said
from meetings.models import Answer, Choice, Invitation, MeetingPage
from meetings.updates import counting_on

from . import invitation_letters, short_texts


class BeforeTheMeeting(LetterKind):
    """What both share: the meeting as it is published, and the page of one's answer."""

    template: str
    subject: str | Promise
    purpose = Purpose.ANNOUNCEMENTS
    topic = Topic.REMINDERS

    @property
    def label(self) -> str:
        return _("reminder")

    def scopes(self, *, mailing: Mailing) -> Collection[str]:
        return audience.scopes_of(reminding.meeting_of(mailing.key))

    def happens_at(self, *, mailing: Mailing) -> datetime | None:
        return reminding.meeting_of(mailing.key).starts_at

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        meeting = reminding.meeting_of(mailing.key)
        with translation.override(language):
            told = facts.published(meeting=meeting)
            day = typography.day(told.starts_at, language=language)
            subject = str(self.subject) % {"title": told.title, "day": day}
        context: dict[str, Any] = {
            "meeting": told,
            "page": meeting,
            "page_url": told.url,
            "entry_url": settings.SITE_URL + reverse("meetings:meeting_ics", args=[meeting.uid]),
            "is_sure": reminding.choice_of(mailing.key) == Choice.YES,
            "name": placeholder(AFTER_HELLO),
            "said": placeholder("said"),
            "answer_url": placeholder("answer_url"),
            "stop_url": placeholder(UNSUBSCRIBE_URL),
        }
        context |= invitation_letters.answer_links()
        words = write(name=self.template, language=language, context=context)
        return Letter(subject=typography.typeset(subject, language=language), text=words.text, html=words.html)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        meeting = reminding.meeting_of(mailing.key)
        asked = [delivery.resident_id for delivery in deliveries]
        invitations = Invitation.objects.filter(meeting=meeting, resident__in=asked)
        of_resident = {invitation.resident_id: invitation for invitation in invitations}
        last = reminding.answers_of(meeting=meeting, residents=asked)
        more = said.more(meeting, list(of_resident.values()))
        return {
            delivery.pk: values_for(of_resident[delivery.resident_id or 0], last.get(delivery.resident_id or 0), more)
            for delivery in deliveries
        }

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        meeting = reminding.meeting_of(mailing.key)
        if reason := why_nobody_gets_it(mailing, meeting, now):
            return {delivery.pk: reason for delivery in deliveries}
        last = reminding.answers_of(meeting=meeting, residents=[delivery.resident_id for delivery in deliveries])
        waiting = reminding.known_of(meeting).waiting
        reasons = {each.pk: why_not(each.resident_id or 0, mailing, last, waiting) for each in deliveries}
        return {pk: reason for pk, reason in reasons.items() if reason}


class ReminderLetter(BeforeTheMeeting):
    """The day before, to those who said yes or maybe: where, when, how to get in, whom to call, what they said."""

    template = "reminder"
    subject = gettext_lazy("Reminder: %(title)s, %(day)s")
    is_texted = True

    def short_text(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, str]:
        meeting, town = reminding.meeting_of(mailing.key), Town.load()
        told = facts.published(meeting=meeting)
        asked = [delivery.resident_id for delivery in deliveries]
        invitations = Invitation.objects.filter(meeting=meeting, resident__in=asked)
        of_resident = {invitation.resident_id: invitation for invitation in invitations}
        return {
            each.pk: short_texts.reminder(told, invitation=of_resident[each.resident_id or 0], town=town)
            for each in deliveries
        }

    def owed(self, *, mailing: Mailing, deliveries: Sequence[Delivery] | DeliveryQuerySet) -> Collection[int]:
        """They said that they come, or may come: all but those who want no reminders, whatever else they stopped."""
        readers = [delivery.resident_id for delivery in deliveries if delivery.resident_id]
        muted = sparing.who_muted(kind=self, residents=readers)
        return [delivery.pk for delivery in deliveries if delivery.resident_id not in muted]


class NudgeLetter(BeforeTheMeeting):
    """A week before, to those who have not answered: the question once more."""

    template = "nudge"
    subject = gettext_lazy("Are you coming? %(title)s, %(day)s")
    is_unasked = True

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        """Nobody who waits for a seat is asked whether they come."""
        reasons = super().still_true(mailing=mailing, deliveries=deliveries, now=now)
        among = [each.resident_id for each in deliveries if each.resident_id]
        in_line = counting_on.in_line(meeting=reminding.meeting_of(mailing.key), among=among)
        words = _("They wait for a seat: that is their answer.")
        return {each.pk: words for each in deliveries if each.resident_id in in_line} | dict(reasons)

    def digest_lines(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, DigestLine]:
        """The meeting, and the page of its reader's own answer."""
        meeting = reminding.meeting_of(mailing.key)
        return invitation_letters.digest_lines(facts.published(meeting=meeting), meeting=meeting, deliveries=deliveries)


def why_nobody_gets_it(mailing: Mailing, meeting: MeetingPage, now: datetime) -> str:
    """Empty while the meeting stands, is ahead, and starts when the letter was posted for."""
    if not rsvp.is_open(meeting=meeting, now=now):
        return _("The meeting is over, or no longer takes place.")
    if not reminding.reminds_of(mailing.key, meeting):
        return _("The meeting has moved: the reminder of its new date comes in its time.")
    return _("The meeting has begun.") if meeting.starts_at and meeting.starts_at <= now else ""


def why_not(resident_id: int, mailing: Mailing, last: Mapping[int, Answer], waiting: Collection[int]) -> str:
    """Empty while they said what the letter says they said, and no other letter about the meeting waits for them."""
    if resident_id in waiting:
        return _("Another letter about this meeting tells them more.")
    answer = last.get(resident_id)
    now_said = answer.choice if answer else reminding.SILENT
    return "" if now_said == reminding.choice_of(mailing.key) else _("They have answered otherwise since.")


def values_for(invitation: Invitation, answer: Answer | None, more: Mapping[int, str]) -> dict[str, str]:
    """What differs from one reader to the next; `more`: what else each said (by the invitation's pk)."""
    token = rsvp.token_of(invitation)
    page = settings.SITE_URL + reverse("meetings:answer", args=[token])
    return {
        "answer_url": page,
        "said": f"{words_of(answer)} {more.get(invitation.pk, '')}".strip(),
        invitation_letters.ANSWER_TOKEN: token,
    }


def words_of(answer: Answer | None) -> str:
    """What they answered, with whom."""
    if answer is None:
        return ""
    return said.sentence(choice=answer.choice, guests=answer.guests)
