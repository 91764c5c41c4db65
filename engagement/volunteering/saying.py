"""How is said, in one line, what somebody does on a work day?"""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from communities import typography
from engagement.models import Shift, Volunteer
from engagement.models.volunteer import VolunteerQuerySet


def read(volunteers: VolunteerQuerySet) -> Iterable[Volunteer]:
    """With all that `sentence` says, in a fixed number of queries."""
    return volunteers.select_related("work_day__meeting").prefetch_related("signups__shift", "pledges__need")


def sentence(volunteer: Volunteer) -> str:
    """ "Désherber, 9 h – 12 h. You bring: Brouettes (2)." Those who only wait are told so."""
    signups = list(volunteer.signups.all())
    shifts = [f"{each.shift.role}, {hours(each.shift)}" for each in signups if not each.is_waiting]
    waits = [f"{each.shift.role}, {hours(each.shift)}" for each in signups if each.is_waiting]
    things = [f"{each.need.item} ({each.amount})" for each in volunteer.pledges.all()]
    said = [
        "; ".join(shifts),
        _("Waiting list: %(shifts)s") % {"shifts": "; ".join(waits)} if waits else "",
        _("You bring: %(things)s") % {"things": ", ".join(things)} if things else "",
    ]
    return typography.typeset(" ".join(f"{part}." for part in said if part), language=translation.get_language())


def hours(shift: Shift) -> str:
    """9 h – 12 h."""
    language = translation.get_language()
    return f"{typography.clock(shift.begins, language=language)} – {typography.clock(shift.ends, language=language)}"
