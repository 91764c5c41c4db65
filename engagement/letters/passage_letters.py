"""What does the letter say to those who carry an idea or a project, when it passes to another stage?"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from communities import typography
from communities.models import Delivery, Mailing
from communities.post.composing import AFTER_HELLO, Letter, placeholder
from communities.post.kinds import LetterKind
from communities.post.writing import write
from engagement.models import Idea, Passage


class PassageLetter(LetterKind):
    """What happened, why, what comes next and by when. Nobody can mute it: it answers what they did."""

    goes_by_hand = True

    @property
    def label(self) -> str:
        return _("news of an idea or a project, to those who carry it")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        passage = passage_of(mailing)
        words = write(name="passage", language=language, context=said(passage))
        with translation.override(language):
            subject = _("%(what)s: %(title)s") % {"what": passage.sentence, "title": passage.thing}
        return Letter(
            subject=typography.typeset(subject, language=language),
            text=words.text,
            html=words.html,
        )

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {} for delivery in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        """What happened stays true, even when more has happened since."""
        return {}


def passage_of(mailing: Mailing) -> Passage:
    return Passage.objects.select_related("idea__merged_into", "project__idea", "project__page").get(pk=mailing.key)


def said(passage: Passage) -> dict[str, Any]:
    """What the letter's words are made of."""
    thing = passage.thing
    return {
        "passage": passage,
        "thing": thing,
        "is_idea": isinstance(thing, Idea),
        "name": placeholder(AFTER_HELLO),
        "page_url": page_of(passage),
    }


def page_of(passage: Passage) -> str:
    """Where everyone may read of it; empty while nobody may."""
    idea, project = passage.idea, passage.project
    if idea is not None:
        return settings.SITE_URL + idea.get_absolute_url() if idea.is_public else ""
    page = getattr(project, "page", None)
    return page.full_url or "" if page is not None and page.live else ""
