"""What do the letters say that answer someone who drafts an idea, sends it, or supports one?"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from communities import typography
from communities.models import Delivery, Mailing
from communities.post.composing import AFTER_HELLO, Letter, placeholder
from communities.post.kinds import LetterKind
from communities.post.writing import write
from engagement.ideas import drafting, submitting, supporting
from engagement.models import Idea, IdeaSupport


def written(name: str, *, subject: str, language: str, **context: object) -> Letter:
    """One of these letters; `subject` and what else was translated must be in `language` already."""
    words = write(name=name, language=language, context={"name": placeholder(AFTER_HELLO), **context})
    return Letter(subject=typography.typeset(subject, language=language), text=words.text, html=words.html)


def here(view: str, token: str) -> str:
    return settings.SITE_URL + reverse(f"engagement:{view}", args=[token])


def to_all(deliveries: Sequence[Delivery], reason: str) -> Mapping[int, str]:
    return {delivery.pk: reason for delivery in deliveries} if reason else {}


class Answering(LetterKind):
    """They have one reader each, who asked for them: no consent is needed, and all is said in the one letter."""

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {} for delivery in deliveries}


class DraftLetter(Answering):
    """The way back to a draft."""

    @property
    def label(self) -> str:
        return _("link to the draft of an idea")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        idea = Idea.objects.get(pk=mailing.key)
        with translation.override(language):
            subject = _("Your draft: %(title)s") % {"title": idea}
        link = here("draft", drafting.token_of(idea))
        days = drafting.GOOD_FOR.days
        return written("idea_draft", subject=subject, language=language, idea=idea, draft_url=link, days=days)

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        idea = Idea.objects.filter(pk=mailing.key).first()
        return to_all(deliveries, "" if idea and idea.is_draft else _("The draft has been sent, or is gone."))


class ConfirmIdea(Answering):
    """The button by which the town hall receives an idea."""

    @property
    def label(self) -> str:
        return _("confirmation of an idea")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        idea = Idea.objects.get(pk=mailing.key)
        with translation.override(language):
            subject = _("Confirm your idea: %(title)s") % {"title": idea}
        link = here("confirm_idea", submitting.token_of(idea))
        days = drafting.GOOD_FOR.days
        return written("idea_confirm", subject=subject, language=language, idea=idea, confirm_url=link, days=days)

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        idea = Idea.objects.filter(pk=mailing.key).first()
        return to_all(deliveries, why_not_confirmed(idea, mailing))


def why_not_confirmed(idea: Idea | None, mailing: Mailing) -> str:
    """Empty while its button still does what it says."""
    if idea is None:
        return _("The draft has been sent, or is gone.")
    if not idea.is_draft:
        return _("The idea is confirmed already.")
    if idea.sent_at is None or idea.sent_at > mailing.created_at:
        return _("The idea was taken back to be changed.")
    return ""


class SupportLetter(Answering):
    """The button that makes a support count."""

    @property
    def label(self) -> str:
        return _("confirmation of the support of an idea")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        support = IdeaSupport.objects.select_related("idea", "resident").get(pk=mailing.key)
        with translation.override(language):
            subject = _("Your support: %(title)s") % {"title": support.idea}
        link = here("idea_support", supporting.token_of(support))
        told = {"idea": support.idea, "support": support, "support_url": link}
        return written("idea_support", subject=subject, language=language, **told)

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        there = IdeaSupport.objects.filter(pk=mailing.key).exists()
        return to_all(deliveries, "" if there else _("The support was taken back."))
