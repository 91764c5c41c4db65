"""What does the letter say whose button takes a seat?"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from communities import typography
from communities.models import Delivery, Mailing
from communities.post.composing import AFTER_HELLO, CalendarPart, Letter, placeholder
from communities.post.kinds import LetterKind
from communities.post.writing import write
from meetings import announcing, facts, registering, rsvp
from meetings.calendars import calendar_files
from meetings.models import Registration


class RegistrationLetter(LetterKind):
    """One button, the facts, and the calendar entry. It answers a request: no consent is needed, none is taken."""

    @property
    def label(self) -> str:
        return _("registration")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        registration = registration_of(mailing)
        told = announcing.told_or_published(meeting=registration.meeting, sequence=registration.sequence)
        context = {
            "meeting": told,
            "name": placeholder(AFTER_HELLO),
            "guests": registration.guests,
            "subjects": registering.subjects(registration),
            "waits": registration.waits,
            "held_until": None if registration.waits else registration.held_until,
            "page_url": told.url,
            "confirm_url": settings.SITE_URL
            + reverse(
                "meetings:confirm_registration",
                args=[registering.token_of(registration)],
            ),
        }
        words = write(name="registration", language=language, context=context)
        with translation.override(language):
            subject = subject_of(registration) % {"title": told.title}
        entry = calendar_files.published(told, stamp=mailing.created_at, uid_domain=facts.uid_domain())
        return Letter(
            subject=typography.typeset(subject, language=language),
            text=words.text,
            html=words.html,
            calendar=None if registration.waits else CalendarPart(method="PUBLISH", content=entry),
        )

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {} for delivery in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        registration = Registration.objects.select_related("meeting").filter(pk=mailing.key).first()
        reason = why_it_must_not_leave(registration, now)
        return {delivery.pk: reason for delivery in deliveries} if reason else {}


def subject_of(registration: Registration) -> str:
    return _("Confirm your place in line: %(title)s") if registration.waits else _("Confirm your seat: %(title)s")


def why_it_must_not_leave(registration: Registration | None, now: datetime) -> str:
    """Empty while its button still takes a seat. Asking again takes the older request away, letter or no letter."""
    if registration is None:
        return _("A later request of the same person replaces it.")
    if registration.confirmed_at:
        return _("The seat is already confirmed.")
    if not rsvp.is_open(meeting=registration.meeting, now=now):
        return _("The meeting is over, or no longer takes place.")
    return ""


def registration_of(mailing: Mailing) -> Registration:
    return Registration.objects.select_related("meeting__venue").get(pk=mailing.key)
