"""What does a coordinator read when the town hall decided on the work day they proposed?"""

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
from engagement.models import WorkDay
from meetings import facts


class DecisionLetter(LetterKind):
    """Yes, with a word if there is one, and what to do next; or no, and why."""

    goes_by_hand = True

    @property
    def label(self) -> str:
        return _("decision on a work day that a coordinator proposed")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        work_day = WorkDay.objects.select_related("meeting__venue").get(pk=mailing.key)
        with translation.override(language):
            words = _("Not published: %(title)s") if work_day.is_refused else _("Published: %(title)s")
            subject = words % {"title": work_day}
        path = reverse("engagement:run_work_day", args=[work_day.pk])
        context = {
            "meeting": facts.published(meeting=work_day.meeting),
            "work_day": work_day,
            "run_url": settings.SITE_URL + path,
            "name": placeholder(AFTER_HELLO),
        }
        written = write(name="work_day_decided", language=language, context=context)
        subject = typography.typeset(subject, language=language)
        return Letter(subject=subject, text=written.text, html=written.html)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {} for delivery in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        decided = WorkDay.objects.filter(pk=mailing.key, decided_at__isnull=False).exists()
        reason = "" if decided else _("It was proposed again since, or taken away.")
        return {delivery.pk: reason for delivery in deliveries} if reason else {}
