"""What does the letter say that asks someone, of whom nothing was heard for two years, whether to keep them?"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from communities import typography
from communities.models import Delivery, KeepingQuestion, Mailing
from communities.post.composing import AFTER_HELLO, Letter, placeholder
from communities.post.kinds import LetterKind
from communities.post.paper import OnPaper
from communities.post.writing import write

from . import activity, contacts, periods

FILLED = ("keep_url", "erase_url", "until")
EXAMPLE = "exemple"
ERASING = "communities.contacts_erased"


class MayWeKeepYou(LetterKind):
    """It asks for nothing that needs a consent: it is why they are not forgotten without a word."""

    goes_by_hand = True

    @property
    def label(self) -> str:
        return _("question whether to keep someone")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        context = {name: placeholder(name) for name in FILLED} | {"name": placeholder(AFTER_HELLO)}
        words = write(name="keep_contact", language=language, context=context)
        with translation.override(language):
            subject = typography.typeset(_("Shall we keep your contact details?"), language=language)
        return Letter(subject=subject, text=words.text, html=words.html)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        people = [delivery.resident_id for delivery in deliveries if delivery.resident_id]
        heard = activity.last_active(people)
        known = {delivery.pk: heard.get(delivery.resident_id or 0) for delivery in deliveries}
        return {
            delivery.pk: {
                **links_of(delivery),
                "until": day(not_before(known[delivery.pk], asked=mailing.created_at)),
            }
            for delivery in deliveries
        }

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        people = [delivery.resident_id for delivery in deliveries if delivery.resident_id]
        asked = KeepingQuestion.objects.filter(resident__in=people, kept_at__isnull=True)
        waiting = set(asked.values_list("resident", flat=True))
        heard = activity.last_active(people)
        stirred = {pk for pk, moment in heard.items() if moment > mailing.created_at}
        done = _("They have been heard of since.")
        return {
            delivery.pk: done
            for delivery in deliveries
            if delivery.resident_id and (delivery.resident_id not in waiting or delivery.resident_id in stirred)
        }

    def on_paper(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, OnPaper]:
        """No button on paper: a telephone call to the town hall says the same."""
        personal = self.personal(mailing=mailing, deliveries=deliveries)
        return {pk: printed(values["until"]) for pk, values in personal.items()}


def printed(until: str) -> OnPaper:
    language = translation.get_language()
    said = (
        _(
            "We have not heard from you for two years or more: no answer to a meeting, no sign-up, no idea. We do not"
            " keep people’s contact details without a reason."
        ),
        _("Without an answer, we may erase you from %(until)s on.") % {"until": until},
        _("To stay, or to be erased at once, call the town hall or come by: one word is enough."),
    )
    return OnPaper(
        subject=typography.typeset(_("Shall we keep your contact details?"), language=language),
        before=tuple(typography.typeset(each, language=language) for each in said),
    )


def links_of(delivery: Delivery) -> dict[str, str]:
    """The page with the two buttons, the one that was pressed in front."""
    token = contacts.token_of(delivery.resident) if delivery.resident else EXAMPLE
    page = settings.SITE_URL + reverse("communities:keep_contact", args=[token])
    return {"keep_url": page, "erase_url": f"{page}?choix=effacer"}


def not_before(heard: datetime | None, *, asked: datetime) -> datetime:
    """The first moment at which someone may be erased who does not answer."""
    length = periods.known(today=timezone.localdate(asked))[ERASING].length
    answered_by = asked + contacts.TIME_TO_ANSWER
    silence = asked - length.before(asked)
    return max(answered_by, heard + silence) if heard else answered_by


def day(moment: datetime) -> str:
    return typography.day(timezone.localdate(moment), language=translation.get_language())
