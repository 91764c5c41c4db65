"""What do the letters say around a sign-up to a work day?"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import typography
from communities.models import Delivery, Mailing
from communities.post.composing import AFTER_HELLO, CalendarPart, Letter, placeholder
from communities.post.kinds import LetterKind
from communities.post.writing import write
from engagement.models import Need, Shift, Volunteer
from engagement.volunteering import asking, calendar_files, lifts
from meetings import facts, rsvp
from meetings.models import Invitation


class OfAVolunteer(LetterKind):
    """One reader, who just did something, or to whom something just happened: no consent is needed."""

    template = ""
    subject: str | Promise = ""
    has_calendar = False

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        volunteer = volunteer_of(mailing)
        with translation.override(language):
            subject = str(self.subject) % {"title": volunteer.work_day.meeting.title}
            told = said(volunteer) | self.more(volunteer) | self.about(mailing)
            calendar = self.calendar(volunteer, mailing) if self.has_calendar else None
        words = write(name=self.template, language=language, context=told)
        return Letter(
            subject=typography.typeset(subject, language=language), text=words.text, html=words.html, calendar=calendar
        )

    def calendar(self, volunteer: Volunteer, mailing: Mailing) -> CalendarPart | None:
        """None for who has no shift and never had one: a calendar needs an entry."""
        if not volunteer.told_shifts:
            return None
        return CalendarPart(method="PUBLISH", content=calendar_files.of(volunteer, stamp=mailing.created_at))

    def more(self, volunteer: Volunteer) -> dict[str, Any]:
        return {}

    def about(self, mailing: Mailing) -> dict[str, Any]:
        """What only this letter says."""
        return {}

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {} for delivery in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        volunteer = Volunteer.objects.select_related("work_day__meeting").filter(pk=key_of(mailing)).first()
        reason = self.why_not(volunteer, now)
        return {delivery.pk: reason for delivery in deliveries} if reason else {}

    def why_not(self, volunteer: Volunteer | None, now: datetime) -> str:
        """Empty while it may still be said."""
        if volunteer is None:
            return _("A later request of the same person replaces it.")
        if not rsvp.is_open(meeting=volunteer.work_day.meeting, now=now):
            return _("The work day is over, or no longer takes place.")
        return ""


class ConfirmLetter(OfAVolunteer):
    """The button that takes what is held."""

    template = "work_day_confirm"
    subject = gettext_lazy("Confirm: %(title)s")

    @property
    def label(self) -> str:
        return _("sign-up to confirm, for a work day")

    def more(self, volunteer: Volunteer) -> dict[str, Any]:
        return {"confirm_url": here("work_day_confirm", asking.token_of(volunteer)), "held_until": volunteer.held_until}

    def why_not(self, volunteer: Volunteer | None, now: datetime) -> str:
        if volunteer and volunteer.confirmed_at:
            return _("The sign-up is already confirmed.")
        return super().why_not(volunteer, now)


class SignedUpLetter(OfAVolunteer):
    """What they said, the way to change it, and their shifts for their calendar."""

    template = "work_day_signup"
    subject = gettext_lazy("You come to help: %(title)s")
    has_calendar = True
    goes_by_hand = True

    @property
    def label(self) -> str:
        return _("sign-up to a work day")

    def more(self, volunteer: Volunteer) -> dict[str, Any]:
        return own_pages(volunteer)

    def why_not(self, volunteer: Volunteer | None, now: datetime) -> str:
        if volunteer and not volunteer.is_coming:
            return _("They no longer come.")
        return super().why_not(volunteer, now)


class PlaceLetter(SignedUpLetter):
    """A place was free: the same, with the good news first."""

    subject = gettext_lazy("You have a place: %(title)s")

    def more(self, volunteer: Volunteer) -> dict[str, Any]:
        return super().more(volunteer) | {"moved_up": True}


class HoursLetter(SignedUpLetter):
    """A shift has other hours than they were told."""

    subject = gettext_lazy("Other hours: %(title)s")

    def more(self, volunteer: Volunteer) -> dict[str, Any]:
        return super().more(volunteer) | {"new_hours": True}


class StruckLetter(SignedUpLetter):
    """What they had is needed no more: which, what they still have, and the way to choose something else."""

    template = "work_day_struck"
    subject = gettext_lazy("No longer needed: %(title)s")

    def about(self, mailing: Mailing) -> dict[str, Any]:
        parts = mailing.key.split(":")[1:]
        return {
            "struck_shifts": Shift.with_struck.filter(pk__in=[part[1:] for part in parts if part.startswith("s")]),
            "struck_needs": Need.with_struck.filter(pk__in=[part[1:] for part in parts if part.startswith("n")]),
        }


class WithdrawnLetter(OfAVolunteer):
    """Written down; their calendar takes the shifts out."""

    template = "work_day_withdrawn"
    subject = gettext_lazy("You no longer come: %(title)s")
    has_calendar = True
    goes_by_hand = False

    @property
    def label(self) -> str:
        return _("withdrawal from a work day")

    def more(self, volunteer: Volunteer) -> dict[str, Any]:
        return own_pages(volunteer)

    def why_not(self, volunteer: Volunteer | None, now: datetime) -> str:
        if volunteer and volunteer.is_coming:
            return _("They come after all.")
        return super().why_not(volunteer, now)


class LeaderLetter(OfAVolunteer):
    """To whoever leads the day: somebody withdrew, and there is little time."""

    template = "work_day_leader"
    subject = gettext_lazy("Somebody withdrew: %(title)s")
    goes_by_hand = True

    @property
    def label(self) -> str:
        return _("last-minute withdrawal, to who leads a work day")

    def more(self, volunteer: Volunteer) -> dict[str, Any]:
        return {"who": str(volunteer.resident), "people": volunteer.people}


class LiftLetter(OfAVolunteer):
    """To the one who drives and the one who rides: who, from where, and the number given for this day."""

    template = "work_day_lift"
    subject = gettext_lazy("You share a car: %(title)s")
    goes_by_hand = True

    @property
    def label(self) -> str:
        return _("shared car, to whoever drives and whoever rides")

    def more(self, volunteer: Volunteer) -> dict[str, Any]:
        driver = volunteer.rides_with
        named = {name: placeholder(name) for name in ("companion", "companion_phone")}
        return named | {"departure": driver.leaves_from if driver else volunteer.leaves_from}

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        rider = volunteer_of(mailing)
        return {delivery.pk: companion_of(delivery, rider) for delivery in deliveries}

    def why_not(self, volunteer: Volunteer | None, now: datetime) -> str:
        if volunteer and volunteer.rides_with_id is None:
            return _("They no longer share this car.")
        return super().why_not(volunteer, now)


class LiftLostLetter(OfAVolunteer):
    """The car is gone; the shift is not."""

    template = "work_day_lift_lost"
    subject = gettext_lazy("Your lift: %(title)s")
    goes_by_hand = True

    @property
    def label(self) -> str:
        return _("lift that is no longer there")

    def more(self, volunteer: Volunteer) -> dict[str, Any]:
        mine = Invitation.objects.filter(meeting=volunteer.work_day.meeting_id, resident=volunteer.resident_id).first()
        return {"car_url": here("work_day_car", rsvp.token_of(mine)) if mine else ""}

    def why_not(self, volunteer: Volunteer | None, now: datetime) -> str:
        if volunteer and (volunteer.rides_with_id or not volunteer.is_coming):
            return _("They have another lift, or no longer come.")
        return super().why_not(volunteer, now)


def companion_of(delivery: Delivery, rider: Volunteer) -> dict[str, str]:
    """For the driver the rider, for the rider the driver."""
    driver = rider.rides_with
    other = rider if driver and delivery.resident_id == driver.resident_id else driver
    if other is None:
        return {"companion": "", "companion_phone": ""}
    return {"companion": lifts.first_name(other.resident), "companion_phone": typography.phone(other.phone)}


def volunteer_of(mailing: Mailing) -> Volunteer:
    known = Volunteer.objects.select_related("resident", "work_day__meeting__venue", "rides_with__resident")
    return known.prefetch_related("signups").get(pk=key_of(mailing))


def key_of(mailing: Mailing) -> str:
    """Whose letter it is; what follows says what about."""
    return mailing.key.partition(":")[0]


def said(volunteer: Volunteer) -> dict[str, Any]:
    """What all of them show: the day, and what the person chose."""
    told = facts.published(meeting=volunteer.work_day.meeting)
    return {
        "meeting": told,
        "page_url": told.url,
        "name": placeholder(AFTER_HELLO),
        "work_day": volunteer.work_day,
        "volunteer": volunteer,
        "signups": volunteer.signups.select_related("shift__work_day__meeting"),
        "pledges": volunteer.pledges.select_related("need"),
    }


def own_pages(volunteer: Volunteer) -> dict[str, str]:
    """Where they change their mind; the meeting's page for who has no invitation (any more)."""
    mine = Invitation.objects.filter(meeting=volunteer.work_day.meeting_id, resident=volunteer.resident_id).first()
    if mine is None:
        return {"change_url": "", "withdraw_url": ""}
    token = rsvp.token_of(mine)
    return {"change_url": here("work_day_choose", token), "withdraw_url": here("work_day_withdraw", token)}


def here(view: str, token: str) -> str:
    return settings.SITE_URL + reverse(f"engagement:{view}", args=[token])
