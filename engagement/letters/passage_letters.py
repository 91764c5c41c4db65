"""What does the letter say to those who carry an idea or a project, when it passes to another stage?"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from communities import typography
from communities.models import Delivery, Mailing
from communities.post.composing import AFTER_HELLO, Letter, placeholder
from communities.post.kinds import LetterKind
from communities.post.writing import write
from engagement.conventions import reading
from engagement.ideas import carrying
from engagement.models import Idea, IdeaStage, Passage

from . import next_for_an_idea

MY_PAGE, CONVENTION = "my_page_url", "convention_url"
EXAMPLE = "exemple"


class PassageLetter(LetterKind):
    """What happened, why, what comes next and by when. Nobody can mute it: it answers what they did."""

    goes_by_hand = True

    @property
    def label(self) -> str:
        return _("news of an idea or a project, to those who carry it")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        return letter_of(passage_of(mailing), language=language)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        """The way to the page of their own idea, for the one it belongs to; of a project, to the convention signed."""
        idea = passage_of(mailing).idea
        if idea is None:
            return {delivery.pk: {CONVENTION: reading.url_of(delivery)} for delivery in deliveries}
        theirs, example = (my_page(token) for token in (carrying.token_of(idea), EXAMPLE))
        return {
            delivery.pk: {MY_PAGE: theirs if delivery.resident_id == idea.resident_id else example}
            for delivery in deliveries
        }

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        """What happened stays true, even when more has happened since."""
        return {}


def passage_of(mailing: Mailing) -> Passage:
    known = Passage.objects.select_related("idea__merged_into", "idea__resident", "project__idea", "project__page")
    return known.get(pk=mailing.key)


def letter_of(passage: Passage, *, language: str) -> Letter:
    """The letter of a passage; also of one that is not made yet, so that whoever decides reads it first."""
    with translation.override(language):
        context = said(passage)
        subject = _("%(what)s: %(title)s") % {"what": context["happened"], "title": passage.thing}
    words = write(name="passage", language=language, context=context)
    return Letter(subject=typography.typeset(subject, language=language), text=words.text, html=words.html)


def said(passage: Passage) -> dict[str, Any]:
    """What the letter's words are made of, in the language in force."""
    idea = passage.idea
    return {
        "passage": passage,
        "happened": to_them(passage),
        "thing": passage.thing,
        "is_idea": isinstance(passage.thing, Idea),
        "name": placeholder(AFTER_HELLO),
        "page_url": page_of(passage),
        "convention_url": placeholder(CONVENTION) if reading.signed_with(passage) else "",
        "comes_next": next_for_an_idea.sentences(passage) if idea else [],
        "my_page_url": placeholder(MY_PAGE) if idea else "",
        "is_asked": bool(idea) and next_for_an_idea.asks(passage),
    }


def to_them(passage: Passage) -> str:
    """What happened, as it is said to those who carry it."""
    if passage.to == IdeaStage.WITHDRAWN:
        return _("Your idea was withdrawn at your request")
    return passage.sentence


def page_of(passage: Passage) -> str:
    """Where everyone may read of it; empty while nobody may."""
    idea, project = passage.idea, passage.project
    if idea is not None:
        return settings.SITE_URL + idea.get_absolute_url() if idea.is_public else ""
    page = getattr(project, "page", None)
    return page.full_url or "" if page is not None and page.live else ""


def my_page(token: str) -> str:
    return settings.SITE_URL + reverse("engagement:my_idea", args=[token])
