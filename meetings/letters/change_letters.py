"""What do the letters say that tell what changed: another date or place, called off, on again, no longer for you?"""

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from communities import typography
from communities.models import Delivery, Mailing, Purpose, Town
from communities.models.delivery import DeliveryQuerySet
from communities.post.composing import AFTER_HELLO, UNSUBSCRIBE_URL, CalendarPart, Letter, placeholder
from communities.post.kinds import DigestLine, LetterKind
from communities.post.paper import OnPaper
from communities.post.writing import write
from meetings import announcing, facts
from meetings.announcing import Told
from meetings.calendars import calendar_files
from meetings.models import Invitation
from meetings.updates import at_the_door, changes
from meetings.updates.changes import Standing

from . import change_sheets, invitation_letters, readers, short_texts

OF_EACH = [*invitation_letters.OF_EACH, "your_answer", "answer_above"]


class ChangeLetter(LetterKind):
    """What the letters about a change share: their reader was told something else, and counts on it or not."""

    purpose = Purpose.ANNOUNCEMENTS
    template = ""
    prefix = ""

    def scopes(self, *, mailing: Mailing) -> Collection[str]:
        return announcing.told(mailing).scopes

    def owed(self, *, mailing: Mailing, deliveries: Sequence[Delivery] | DeliveryQuerySet) -> Collection[int]:
        return at_the_door.owed(meeting=announcing.told(mailing).meeting, deliveries=deliveries)

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        return self.written(announcing.told(mailing), mailing=mailing, language=language)

    def written(self, told: Told, *, mailing: Mailing, language: str) -> Letter:
        """The letter that tells `told.facts` to people who were told `told.before`."""
        with translation.override(language):
            told = dataclasses.replace(told, facts=facts.in_language(told.facts))
            subject, context = self.subject(told), context_of(told)
        each = {name: placeholder(name) for name in OF_EACH}
        context |= each | invitation_letters.answer_links()
        context |= {"name": placeholder(AFTER_HELLO), "stop_url": placeholder(UNSUBSCRIBE_URL)}
        words = write(name=self.template, language=language, context=context)
        return Letter(
            subject=typography.typeset(subject, language=language),
            text=words.text,
            html=words.html,
            from_address=invitation_letters.organizer_address(placeholder("resident_token")),
            message_id=f"{self.prefix}-{placeholder('invitation')}-{told.facts.sequence}",
            in_reply_to=placeholder("first_letter"),
            calendar=self.calendar(told, mailing=mailing, language=language),
        )

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return readers.values(told=announcing.told(mailing), deliveries=deliveries)

    def on_paper(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, OnPaper]:
        told = announcing.told(mailing)
        told = dataclasses.replace(told, facts=facts.in_language(told.facts))
        return change_sheets.written(told, deliveries=deliveries)

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        return at_the_door.reasons(told=announcing.told(mailing), deliveries=deliveries, now=now) if deliveries else {}

    def happens_at(self, *, mailing: Mailing) -> datetime:
        """By what it tells; what does not take place after all is told before it would have."""
        return announcing.told(mailing).facts.starts_at

    def digest_lines(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, DigestLine]:
        """For whoever took a break meanwhile: that it does not take place, or not for them, and why."""
        told = announcing.told(mailing)
        line = DigestLine(title=self.subject(told), at=told.facts.starts_at, text=told.facts.reason)
        return {delivery.pk: line for delivery in deliveries}

    def subject(self, told: Told) -> str:
        raise NotImplementedError

    def calendar(self, told: Told, *, mailing: Mailing, language: str) -> CalendarPart:
        return cancelled(told, mailing=mailing)


class UpdateLetter(ChangeLetter):
    """Old and new values, the answer asked again if it says nothing of the new ones, the entry put right."""

    template, prefix = "update", "upd"
    goes_by_hand = True

    @property
    def label(self) -> str:
        return _("change")

    def subject(self, told: Told) -> str:
        if told.before and changes.standing(told.before) is not Standing.ON:
            return _("On again: %(title)s") % {"title": told.facts.title}
        return _("Change: %(title)s") % {"title": told.facts.title}

    def digest_lines(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, DigestLine]:
        """What changed, as it is published, and the page of its reader's own answer."""
        told = announcing.told(mailing)
        lines = invitation_letters.digest_lines(
            facts.published(meeting=told.meeting), meeting=told.meeting, deliveries=deliveries
        )
        return {pk: dataclasses.replace(line, title=self.subject(told)) for pk, line in lines.items()}

    def calendar(self, told: Told, *, mailing: Mailing, language: str) -> CalendarPart:
        return invitation_letters.calendar_of(told.facts, mailing=mailing, language=language)


class CancellationLetter(ChangeLetter):
    """It does not take place, or not then, and why; the entry leaves the calendar.

    A meeting that is postponed leaves it too, until it has a date: an entry at a date that is known to be wrong would
    be read as an appointment. The REQUEST that gives the new date, under a higher SEQUENCE, brings it back.
    """

    template, prefix = "cancellation", "can"
    goes_by_hand = True
    is_texted = True

    @property
    def label(self) -> str:
        return _("cancellation")

    def short_text(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, str]:
        """By the date and the place that its readers know."""
        told, town = announcing.told(mailing), Town.load()
        is_postponed = changes.standing(told.facts) is Standing.POSTPONED
        say = short_texts.postponed if is_postponed else short_texts.cancelled
        asked = [delivery.resident_id for delivery in deliveries]
        found = Invitation.objects.filter(meeting=told.meeting, resident__in=asked)
        invitations = {invitation.resident_id: invitation for invitation in found}
        known = told.before or told.facts
        return {each.pk: say(known, invitation=invitations[each.resident_id or 0], town=town) for each in deliveries}

    def subject(self, told: Told) -> str:
        if changes.standing(told.facts) is Standing.POSTPONED:
            return _("Postponed: %(title)s") % {"title": told.facts.title}
        return _("Cancelled: %(title)s") % {"title": told.facts.title}


class WithdrawalLetter(ChangeLetter):
    """The meeting is for others now: the entry leaves this one calendar, and whoever wants still comes."""

    template, prefix = "withdrawal", "wit"

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        """What made it theirs is no reason any more: it comes because an invitation came before it."""
        why = _("You receive this letter because we had invited you to this meeting.")
        values = super().personal(mailing=mailing, deliveries=deliveries)
        return {pk: {**each, "why": why} for pk, each in values.items()}

    @property
    def label(self) -> str:
        return _("no longer invited")

    def scopes(self, *, mailing: Mailing) -> Collection[str]:
        """Those that made its readers concerned, which the meeting's own no longer say."""
        told = mailing.deliveries.values("resident")
        meeting = announcing.told(mailing).meeting
        because = Invitation.objects.filter(meeting=meeting, resident__in=told).values_list("because", flat=True)
        return {scope for each in because.distinct() for scope in each}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        told = announcing.told(mailing)
        still_left_out = at_the_door.those_left_out(told, deliveries)
        others = [delivery.pk for delivery in deliveries if delivery.pk not in still_left_out]
        replaced = at_the_door.those_replaced(told.meeting, deliveries)
        return {
            **dict.fromkeys(replaced, _("A later letter about this meeting replaces it.")),
            **dict.fromkeys(others, _("The meeting concerns them again, or they have answered.")),
        }

    def subject(self, told: Told) -> str:
        return _("No longer for you: %(title)s") % {"title": told.facts.title}


def context_of(told: Told) -> dict[str, Any]:
    """What the three letters may say; `changes` in the language of now."""
    return {
        "meeting": told.facts,
        "before": told.before,
        "changes": changes.in_words(told.before, told.facts) if told.before else [],
        "is_on_again": bool(told.before and changes.standing(told.before) is not Standing.ON),
        "is_postponed": changes.standing(told.facts) is Standing.POSTPONED,
        "asks_again": bool(told.before and changes.asks_again(told.before, told.facts)),
        "page_url": told.facts.url,
    }


def cancelled(told: Told, *, mailing: Mailing) -> CalendarPart:
    """CANCEL where answers by calendar are read; else PUBLISH with STATUS:CANCELLED, as the entry itself came."""
    stamp, uid_domain = mailing.created_at, facts.uid_domain()
    if not settings.INBOUND_DOMAIN:
        off = dataclasses.replace(told.facts, status="cancelled")
        return CalendarPart(method="PUBLISH", content=calendar_files.published(off, stamp=stamp, uid_domain=uid_domain))
    people = (placeholder("organizer_line") + placeholder("attendee_line")).encode()
    skeleton = calendar_files.cancel(told.facts, stamp=stamp, uid_domain=uid_domain)
    return CalendarPart(method="CANCEL", content=skeleton.filled(people=people))
