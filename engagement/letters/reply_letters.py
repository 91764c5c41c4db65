"""What does the letter say that passes an answer on? The words, the name shown, and how to answer; no address."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from communities import typography
from communities.models import Delivery, Mailing, Town
from communities.post.composing import AFTER_HELLO, Letter, placeholder
from communities.post.kinds import LetterKind
from communities.post.writing import write
from engagement.models import Reply
from engagement.volunteering.calling import replies
from meetings import facts

from .coordinator_letters import REPLY_TOKEN, ways_to_answer


class ReplyLetter(LetterKind):
    """An answer to something its reader wrote: no consent is needed, and it leaves at any hour."""

    goes_by_hand = True

    @property
    def label(self) -> str:
        return _("answer to a letter about a work day")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        reply = Reply.objects.select_related("work_day__meeting__venue").get(pk=mailing.key)
        words = write(name="work_day_reply", language=language, context=said(reply))
        with translation.override(language):
            subject = _("%(name)s answers you: %(title)s") % {"name": reply.shown_as, "title": reply.work_day}
        return Letter(
            subject=typography.typeset(subject, language=language),
            text=words.text,
            html=words.html,
            from_name=f"{reply.shown_as} – {Town.load()}",
            from_address=replies.address_of(placeholder(REPLY_TOKEN)),
        )

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {each.pk: {REPLY_TOKEN: replies.token_of(each.pk)} for each in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        """What was let go of is nobody's letter any more."""
        reply = Reply.objects.filter(pk=mailing.key).first()
        if reply and (reply.words or reply.attachments):
            return {}
        return {each.pk: _("Its words are no longer kept.") for each in deliveries}


def said(reply: Reply) -> dict[str, Any]:
    told = facts.published(meeting=reply.work_day.meeting)
    return {
        "reply": reply,
        "meeting": told,
        "page_url": told.url,
        "name": placeholder(AFTER_HELLO),
        **ways_to_answer(),
    }
