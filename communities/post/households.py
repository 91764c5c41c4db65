"""Who shares an envelope, and in which order does the carrier walk?"""

import re
from collections import defaultdict
from collections.abc import Iterable

from communities.folding import fold
from communities.models import Delivery, Resident

from .paper import OnPaper

Household = list[Delivery]

# More people than this behind one door are a building: there only one family shares an envelope.
MOST_IN_A_HOUSEHOLD = 4
_NUMBERED = re.compile(r"^\s*(\d+)\s*((?:bis|ter|quater|[a-d])\b)?[\s,]*(.*)$", re.IGNORECASE)


def sharing(deliveries: Iterable[Delivery], *, reads: dict[int, OnPaper]) -> list[Household]:
    """Those at one address who read the same letter, together; in the order of the street, then of its numbers."""
    doors: dict[object, Household] = defaultdict(list)
    for delivery in deliveries:
        doors[_door(delivery), delivery.mailing_id, delivery.language, reads[delivery.pk].shared].append(delivery)
    households = [household for door in doors.values() for household in _families(door)]
    return sorted(households, key=lambda household: walk(_resident(household[0])))


def walk(resident: Resident) -> tuple[str, str, str, int, str, str]:
    """Town, street, then the number as a number: 9 comes before 10, and 12 before 12 bis."""
    number, more, street = _parts(resident.street)
    return (fold(resident.city), resident.postcode, fold(street), number, fold(more), fold(resident.name))


def in_walks(deliveries: Iterable[Delivery], *, most: int) -> list[list[Delivery]]:
    """One walk after the other along the streets, of `most` letters or a few more: a door is never cut in two."""
    walks: list[list[Delivery]] = [[]]
    for delivery in sorted(deliveries, key=lambda each: walk(_resident(each))):
        last = walks[-1]
        if len(last) >= most and _door(last[-1]) != _door(delivery):
            walks.append([])
        walks[-1].append(delivery)
    return [each for each in walks if each]


def names_of(household: Household) -> list[str]:
    return [str(delivery.resident) for delivery in household]


def _door(delivery: Delivery) -> tuple[object, ...]:
    resident = _resident(delivery)
    number, more, street = _parts(resident.street)
    place = (resident.postcode, fold(resident.city), resident.neighbourhood_id)
    return (number, fold(more), " ".join(fold(street).split()), *place)


def _parts(street: str) -> tuple[int, str, str]:
    """The number, bis or ter, and the street: as people write them, with or without a comma."""
    found = _NUMBERED.match(street)
    return (int(found[1]), found[2] or "", found[3]) if found else (0, "", street)


def _families(door: Household) -> list[Household]:
    """All of them when they are few; else those of one family name."""
    if len(door) <= MOST_IN_A_HOUSEHOLD:
        return [door]
    families: dict[str, Household] = defaultdict(list)
    for delivery in door:
        families[fold(_resident(delivery).name).rpartition(" ")[2]].append(delivery)
    return [
        family[start : start + MOST_IN_A_HOUSEHOLD]
        for family in families.values()
        for start in range(0, len(family), MOST_IN_A_HOUSEHOLD)
    ]


def _resident(delivery: Delivery) -> Resident:
    """A letter on paper is never a test."""
    assert delivery.resident is not None  # noqa: S101 - for the type alone
    return delivery.resident
