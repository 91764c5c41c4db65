"""What do the letters say to those who share a car to a work day?"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import typography
from communities.models import Delivery, Mailing
from communities.post.composing import placeholder
from engagement.models import Volunteer
from engagement.volunteering import lifts
from meetings import rsvp
from meetings.models import Invitation

from .work_day_letters import OfAVolunteer, here, volunteer_of


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
    return {"companion": lifts.called(other.resident), "companion_phone": typography.phone(other.phone)}
