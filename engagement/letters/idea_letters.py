"""What do the letters say to someone who drafts an idea, sends it, or supports one?"""

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

from .passage_letters import EXAMPLE, page_of, passage_of

SUPPORT_URL = "support_url"
LINK = "link_url"


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


class ToItsAuthor(Answering):
    """The link to an idea that the town hall has not received yet, good for as many days as a draft is kept."""

    template = ""
    view = ""

    def subject(self, idea: Idea) -> str:
        raise NotImplementedError

    def token_of(self, idea: Idea) -> str:
        raise NotImplementedError

    def why_not(self, idea: Idea | None, mailing: Mailing) -> str:
        """Empty while its button still does what it says."""
        raise NotImplementedError

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        idea = Idea.objects.get(pk=mailing.key)
        with translation.override(language):
            subject = self.subject(idea)
        told = {"idea": idea, "days": drafting.GOOD_FOR.days, LINK: placeholder(LINK)}
        return written(self.template, subject=subject, language=language, **told)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        """Its link, for whom it is theirs at this moment: the address may be put right while a letter leaves."""
        idea = Idea.objects.get(pk=mailing.key)
        return {delivery.pk: {LINK: here(self.view, self.token_for(idea, delivery))} for delivery in deliveries}

    def token_for(self, idea: Idea, delivery: Delivery) -> str:
        if delivery.resident is None or delivery.resident_id != idea.resident_id:
            return EXAMPLE
        idea.resident = delivery.resident
        return self.token_of(idea)

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        return to_all(deliveries, self.why_not(Idea.objects.filter(pk=mailing.key).first(), mailing))


class DraftLetter(ToItsAuthor):
    """The way back to a draft."""

    template, view = "idea_draft", "draft"

    @property
    def label(self) -> str:
        return _("link to the draft of an idea")

    def subject(self, idea: Idea) -> str:
        return _("Your draft: %(title)s") % {"title": idea}

    def token_of(self, idea: Idea) -> str:
        return drafting.token_of(idea)

    def why_not(self, idea: Idea | None, mailing: Mailing) -> str:
        return "" if idea and idea.is_draft else _("The draft has been sent, or is gone.")

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        over = super().still_true(mailing=mailing, deliveries=deliveries, now=now)
        holder = Idea.objects.values_list("resident", flat=True).filter(pk=mailing.key).first()
        elsewhere = [delivery for delivery in deliveries if delivery.resident_id != holder]
        return over or to_all(elsewhere, _("The address was put right meanwhile."))


class ConfirmIdea(ToItsAuthor):
    """The button by which the town hall receives an idea."""

    template, view = "idea_confirm", "confirm_idea"

    @property
    def label(self) -> str:
        return _("confirmation of an idea")

    def subject(self, idea: Idea) -> str:
        return _("Confirm your idea: %(title)s") % {"title": idea}

    def token_of(self, idea: Idea) -> str:
        return submitting.token_of(idea)

    def why_not(self, idea: Idea | None, mailing: Mailing) -> str:
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


class NewsOfAnIdea(LetterKind):
    """What became of an idea, to those who support it and asked to know: they stop it on the page of their support."""

    @property
    def label(self) -> str:
        return _("what became of an idea, to those who support it")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        passage = passage_of(mailing)
        with translation.override(language):
            subject = _("%(what)s: %(title)s") % {"what": passage.sentence, "title": passage.thing}
        told = {"passage": passage, "idea": passage.idea, "page_url": page_of(passage)}
        return written("idea_news", subject=subject, language=language, support_url=placeholder(SUPPORT_URL), **told)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        tokens = {support.resident_id: supporting.token_of(support) for support in supports_of(mailing, deliveries)}
        links = {resident: here("idea_support", token) for resident, token in tokens.items()}
        example = here("idea_support", EXAMPLE)
        return {delivery.pk: {SUPPORT_URL: links.get(delivery.resident_id or 0, example)} for delivery in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        """Whoever took their support back, or no longer wants news, is left alone."""
        want = {support.resident_id for support in supports_of(mailing, deliveries) if support.wants_news}
        written_to = [delivery for delivery in deliveries if delivery.resident_id is not None]
        reason = _("They no longer want news of this idea.")
        return {delivery.pk: reason for delivery in written_to if delivery.resident_id not in want}


def supports_of(mailing: Mailing, deliveries: Sequence[Delivery]) -> list[IdeaSupport]:
    """Their readers' supports, which went on to the other idea where it was joined to one."""
    idea = passage_of(mailing).idea
    ideas = [idea.pk, idea.merged_into_id] if idea else []
    readers = [delivery.resident_id for delivery in deliveries]
    return list(IdeaSupport.objects.filter(idea__in=ideas, resident__in=readers).select_related("resident"))
