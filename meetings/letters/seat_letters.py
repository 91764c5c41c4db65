"""What does the letter say when someone said yes from their calendar, and every seat is taken?"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from communities import typography
from communities.models import Delivery, Mailing
from communities.post import mailings
from communities.post.composing import AFTER_HELLO, Letter, placeholder
from communities.post.kinds import LetterKind
from communities.post.writing import write
from meetings import facts, rsvp
from meetings.models import Invitation
from meetings.seating import seats

LETTER_KIND = "no_seat"
ONCE_IN = timedelta(days=1)


def post(*, invitation: Invitation, now: datetime) -> None:
    """Tell them once a day at most: programs repeat themselves."""
    letters = Delivery.objects.filter(mailing__kind=LETTER_KIND, mailing__key=str(invitation.pk))
    if letters.filter(mailing__created_at__gt=now - ONCE_IN).exists():
        return
    mailings.post_one(
        kind=LETTER_KIND,
        key=str(invitation.pk),
        title=_("No seat: %(title)s") % {"title": invitation.meeting.title},
        resident=invitation.resident,
        now=now,
    )


class NoSeatLetter(LetterKind):
    """Their calendar shows a yes that we could not take: it says so, and what they can do."""

    @property
    def label(self) -> str:
        return _("waiting list")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        invitation = Invitation.objects.select_related("meeting__venue").get(pk=mailing.key)
        told = facts.published(meeting=invitation.meeting)
        context = {
            "meeting": told,
            "name": placeholder(AFTER_HELLO),
            "page_url": told.url,
            "seats_left": seats.left(meeting=invitation.meeting, now=mailing.created_at, besides=invitation.resident),
            "answer_url": settings.SITE_URL + reverse("meetings:answer", args=[rsvp.token_of(invitation)]),
        }
        words = write(name="no_seat", language=language, context=context)
        subject = typography.typeset(_("No seat left: %(title)s") % {"title": told.title}, language=language)
        return Letter(subject=subject, text=words.text, html=words.html)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {} for delivery in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        invitation = Invitation.objects.select_related("meeting").filter(pk=mailing.key).first()
        if invitation is None or not rsvp.is_open(meeting=invitation.meeting, now=now):
            words = _("The meeting is over, or no longer takes place.")
        elif invitation.answers.coming().exists():
            words = _("They have a seat meanwhile.")
        else:
            return {}
        return {delivery.pk: words for delivery in deliveries}
