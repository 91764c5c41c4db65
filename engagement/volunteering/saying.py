"""How is said, in one line, what somebody does on a work day?"""

import datetime as dt
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import translation
from django.utils.translation import gettext as _

from communities import links, typography
from engagement.models import Pledge, Shift, Signup, SignupState
from engagement.models.need import in_brackets
from engagement.models.volunteer import VolunteerQuerySet
from meetings import rsvp
from meetings.models import Invitation


def read(volunteers: VolunteerQuerySet) -> VolunteerQuerySet:
    """With all that `sentence` says, and the key of their invitation (`invited`), in one query."""
    shifts = Signup.objects.filter(volunteer=OuterRef("pk")).order_by("shift__begins", "pk")
    things = Pledge.objects.filter(volunteer=OuterRef("pk")).order_by("pk")
    invitation = Invitation.objects.filter(
        meeting=OuterRef("work_day__meeting"), resident=OuterRef("resident")
    ).order_by()
    told = {"role": F("shift__role"), "begins": F("shift__begins"), "ends": F("shift__ends"), "state": F("state")}
    brought = {"item": F("need__item"), "quantity": F("quantity"), "unit": F("need__unit")}
    return volunteers.select_related("work_day__meeting").annotate(
        said_shifts=ArraySubquery(shifts.values(told=JSONObject(**told))),
        said_things=ArraySubquery(things.values(told=JSONObject(**brought))),
        invited=Subquery(invitation.values("pk")[:1]),
    )


def sentence(volunteer: Any) -> str:
    """ "Désherber, 9 h – 12 h. You bring: Brouettes (2)." Those who only wait are told so. Of one that `read` read."""
    shifts = [during(each) for each in volunteer.said_shifts if each["state"] == SignupState.COMING]
    waits = [during(each) for each in volunteer.said_shifts if each["state"] == SignupState.WAITING]
    things = [in_brackets(**each) for each in volunteer.said_things]
    said = [
        "; ".join(shifts),
        _("Waiting list: %(shifts)s") % {"shifts": "; ".join(waits)} if waits else "",
        _("You bring: %(things)s") % {"things": ", ".join(things)} if things else "",
    ]
    return typography.typeset(" ".join(f"{part}." for part in said if part), language=translation.get_language())


def token_of(volunteer: Any) -> str:
    """What their own links carry. Of one that `read` read."""
    return links.sign(rsvp.PURPOSE, volunteer.invited or 0)


def during(told: dict[str, str]) -> str:
    return f"{told['role']}, {between(dt.time.fromisoformat(told['begins']), dt.time.fromisoformat(told['ends']))}"


def hours(shift: Shift) -> str:
    """9 h – 12 h."""
    return between(shift.begins, shift.ends)


def between(begins: dt.time, ends: dt.time) -> str:
    language = translation.get_language()
    return f"{typography.clock(begins, language=language)} – {typography.clock(ends, language=language)}"
