"""What does one person say on the page of a work day? Shifts, things, seats in a car, who comes along."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engagement.models import Volunteer


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Shifts and needs by their keys. `waits`: shifts in whose line they would stand if there is no place.

    `items`: how many of each need. Seats are in a car: offered, or asked for; nobody does both.
    """

    shifts: frozenset[int] = frozenset()
    waits: frozenset[int] = frozenset()
    items: Mapping[int, int] = field(default_factory=dict)
    guests: int = 0
    minors: int = 0
    remark: str = ""
    phone: str = ""
    seats_offered: int = 0
    seats_wanted: int = 0
    leaves_from: str = ""

    @property
    def wanted(self) -> frozenset[int]:
        return self.shifts | self.waits

    @property
    def people(self) -> int:
        return self.guests + 1


OF_THE_VOLUNTEER = ("guests", "minors", "remark", "phone", "seats_offered", "seats_wanted", "leaves_from")


def of(volunteer: Volunteer) -> Wish:
    """What they said so far."""
    signups = list(volunteer.signups.all())
    return Wish(
        shifts=frozenset(signup.shift_id for signup in signups if not signup.is_waiting),
        waits=frozenset(signup.shift_id for signup in signups if signup.is_waiting),
        items={pledge.need_id: pledge.quantity for pledge in volunteer.pledges.all()},
        **{name: getattr(volunteer, name) for name in OF_THE_VOLUNTEER},
    )
