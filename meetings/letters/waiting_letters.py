"""What do the letters say to someone who waits for a seat: their number, an offer, its end, the seat that is theirs?"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import typography
from communities.models import Delivery, Mailing
from communities.post.composing import Letter
from communities.post.kinds import LetterKind
from meetings import facts, rsvp
from meetings.calendars import calendar_files
from meetings.models import Answer, WaitingPlace
from meetings.seating import waiting

from . import expected_letters


class PlaceLetter(LetterKind):
    """A letter about a place in line; it answers what the person asked, so no consent is needed."""

    words: str
    subject: Promise

    @property
    def label(self) -> str:
        return _("waiting list")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        return letter_about(place_of(mailing), words=self.words, subject=self.subject, language=language)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {} for delivery in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        place = WaitingPlace.objects.select_related("invitation__meeting").filter(pk=mailing.key).first()
        if place is None:
            reason = _("They no longer wait.")
        elif not rsvp.is_open(meeting=place.invitation.meeting, now=now):
            reason = str(expected_letters.TAKES_NO_ANSWER)
        else:
            reason = self.why_it_must_not_leave(place, now)
        return {delivery.pk: reason for delivery in deliveries} if reason else {}

    def why_it_must_not_leave(self, place: WaitingPlace, now: datetime) -> str:
        """Empty while it is true; the meeting takes answers."""
        raise NotImplementedError


class WaitingLetter(PlaceLetter):
    """Their number in line, how an offer will come, and the way off the list."""

    words, subject = "waiting", gettext_lazy("On the waiting list: %(title)s")

    def why_it_must_not_leave(self, place: WaitingPlace, now: datetime) -> str:
        if place.is_offered:
            return _("A seat has been offered to them since.")
        return "" if place.is_standing else _("They no longer wait.")


class OfferLetter(PlaceLetter):
    """A seat is free for them until then, and the page whose button takes it."""

    words, subject = "seat_offered", gettext_lazy("A seat for you: %(title)s")

    def why_it_must_not_leave(self, place: WaitingPlace, now: datetime) -> str:
        return "" if place.holds(now) else _("The offer is over, or has been answered.")


class LapsedLetter(PlaceLetter):
    """The time was over, the seat went on; how to stand in line again."""

    words, subject = "offer_lapsed", gettext_lazy("The seat was not taken: %(title)s")

    def why_it_must_not_leave(self, place: WaitingPlace, now: datetime) -> str:
        last = waiting.last(place.invitation)
        is_their_last_news = last is not None and last.pk == place.pk
        return "" if is_their_last_news else _("They have answered otherwise since.")


class SeatedLetter(expected_letters.ExpectedLetter):
    """After the wait: the seat is theirs, with the calendar entry."""

    template, subject = "seated", gettext_lazy("Your seat is yours: %(title)s")
    is_texted = False

    @property
    def label(self) -> str:
        return _("waiting list")

    def told(self, answer: Answer) -> calendar_files.MeetingFacts:
        """The meeting as it is: they waited for it."""
        return facts.published(meeting=answer.invitation.meeting)


def letter_about(place: WaitingPlace, *, words: str, subject: Promise, language: str) -> Letter:
    told = facts.published(meeting=place.invitation.meeting)
    facts_of_place = {
        "number": waiting.number_in_line(place) if place.is_standing else None,
        "until": place.offered_until,
        "waiting_url": settings.SITE_URL + reverse("meetings:waiting", args=[rsvp.token_of(place.invitation)]),
    }
    pair = expected_letters.written(words, told=told, answer=place, language=language, **facts_of_place)
    with translation.override(language):
        title = typography.typeset(str(subject) % {"title": told.title}, language=language)
    return Letter(subject=title, text=pair.text, html=pair.html)


def place_of(mailing: Mailing) -> WaitingPlace:
    return WaitingPlace.objects.select_related("invitation__meeting__venue").get(pk=mailing.key)
