"""What do the letters say after a work day, and each January? Thanks, what was done together, one's own hours."""

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
from engagement.models import DayAccount, ThanksChoice, ThanksMatter, WorkDay
from engagement.volunteering.presence import figures
from engagement.volunteering.thanking import hours
from meetings import facts


class DayThanksLetter(LetterKind):
    """To those who were there: no consent is needed to thank somebody once for what they did."""

    goes_by_hand = True

    @property
    def label(self) -> str:
        return _("thanks after a work day")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        work_day = WorkDay.objects.select_related("meeting__venue").get(pk=mailing.key)
        account = DayAccount.objects.filter(work_day=work_day).first()
        context = {
            "name": placeholder(AFTER_HELLO),
            "work_day": work_day,
            "meeting": facts.published(meeting=work_day.meeting),
            "thanks": account.thanks if account else "",
            "figures": figures.of(work_day),
            "thanks_url": thanks_url(work_day),
            "choices_url": settings.SITE_URL + reverse("engagement:my_hours"),
        }
        words = write(name="day_thanks", language=language, context=context)
        with translation.override(language):
            subject = _("Thank you: %(title)s") % {"title": work_day.meeting.title}
        return Letter(subject=typography.typeset(subject, language=language), text=words.text, html=words.html)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {} for delivery in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        if WorkDay.objects.filter(pk=mailing.key, thanked_at__isnull=False).exists():
            return {}
        return {delivery.pk: _("The work day is gone.") for delivery in deliveries}


def thanks_url(work_day: WorkDay) -> str:
    """The page that everyone may read; empty for a day that only its community reads of."""
    if not WorkDay.objects.open_to_all().filter(pk=work_day.pk).exists():
        return ""
    return settings.SITE_URL + reverse("engagement:work_day_thanks", args=[work_day.meeting.uid])


class YearlyHoursLetter(LetterKind):
    """To each who asked for it: their hours of a year, and the way to a certificate."""

    goes_by_hand = True

    @property
    def label(self) -> str:
        return _("hours of the year, to each who asked")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        context = {
            "name": placeholder(AFTER_HELLO),
            "year": mailing.key,
            "lines": placeholder("hours"),
            "total": placeholder("total"),
            "hours_url": settings.SITE_URL + reverse("engagement:my_hours"),
        }
        words = write(name="yearly_hours", language=language, context=context)
        with translation.override(language):
            subject = _("Your hours of %(year)s") % {"year": mailing.key}
        return Letter(subject=typography.typeset(subject, language=language), text=words.text, html=words.html)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: told(delivery, int(mailing.key)) for delivery in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        """Whoever changed their mind meanwhile is left alone."""
        readers = {delivery.resident_id for delivery in deliveries}
        holding = ThanksChoice.objects.holding(ThanksMatter.YEARLY).filter(resident__in=readers - {None})
        willing = set(holding.values_list("resident", flat=True))
        reason = _("They no longer want this letter.")
        return {each.pk: reason for each in deliveries if each.resident_id and each.resident_id not in willing}


def told(delivery: Delivery, year: int) -> dict[str, Any]:
    """One line, the same in text and in HTML: what for, how long."""
    if delivery.resident is None:
        return {"hours": "", "total": "0"}
    language = translation.get_language()
    given = hours.of(delivery.resident, year=year)
    lines = [f"{each.name} – {typography.number(hours.plain(each.hours), language=language)} h" for each in given]
    total = typography.number(hours.plain(hours.total(given)), language=language)
    return {"hours": typography.typeset(" · ".join(lines), language=language), "total": total}
