"""What does the letter say to someone the town hall wrote down by telephone or at its desk?"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import typography
from communities.models import Delivery, Mailing, Town
from communities.post.composing import AFTER_HELLO, CalendarPart, Letter, placeholder
from communities.post.kinds import LetterKind
from communities.post.writing import Words, write
from meetings import announcing, facts, rsvp
from meetings.calendars import calendar_files
from meetings.models import Answer, WaitingPlace

from . import short_texts

TAKES_NO_ANSWER = gettext_lazy("The meeting is over, or no longer takes place.")


class ExpectedLetter(LetterKind):
    """What was recorded, the facts, the calendar entry, and the page where it is changed. Nothing to confirm."""

    template = "expected"
    subject: Promise = gettext_lazy("You are expected: %(title)s")
    is_texted = True

    @property
    def label(self) -> str:
        return _("registration")

    def told(self, answer: Answer) -> calendar_files.MeetingFacts:
        """The meeting as they were told of it."""
        invitation = answer.invitation
        return announcing.told_or_published(meeting=invitation.meeting, sequence=invitation.sequence)

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        answer = answer_of(mailing)
        told = self.told(answer)
        words = written(self.template, told=told, answer=answer, language=language)
        with translation.override(language):
            subject = typography.typeset(str(self.subject) % {"title": told.title}, language=language)
        entry = calendar_files.published(told, stamp=mailing.created_at, uid_domain=facts.uid_domain())
        calendar = CalendarPart(method="PUBLISH", content=entry)
        return Letter(subject=subject, text=words.text, html=words.html, calendar=calendar)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {} for delivery in deliveries}

    def short_text(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, str]:
        invitation = answer_of(mailing).invitation
        told = facts.published(meeting=invitation.meeting)
        words = short_texts.expected(told, invitation=invitation, town=Town.load())
        return {delivery.pk: words for delivery in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        reason = why_it_must_not_leave(answer_of(mailing), now)
        return {delivery.pk: reason for delivery in deliveries} if reason else {}


def written(
    name: str, *, told: calendar_files.MeetingFacts, answer: Answer | WaitingPlace, language: str, **more: Any
) -> Words:
    """The words about what someone said, or wishes: with whom, and where it is changed."""
    context = {
        "meeting": told,
        "name": placeholder(AFTER_HELLO),
        "guests": answer.guests,
        "page_url": told.url,
        "answer_url": settings.SITE_URL + reverse("meetings:answer", args=[rsvp.token_of(answer.invitation)]),
    }
    return write(name=name, language=language, context=context | more)


def answer_of(mailing: Mailing) -> Answer:
    return Answer.objects.select_related("invitation__meeting__venue").get(pk=mailing.key)


def why_it_must_not_leave(answer: Answer, now: datetime) -> str:
    """Empty while the answer is their last word and the meeting is to come."""
    if not answer.is_current:
        return _("They have answered otherwise since.")
    return "" if rsvp.is_open(meeting=answer.invitation.meeting, now=now) else str(TAKES_NO_ANSWER)
