"""A coordinator, their community, and what they would write down of a work day."""

import datetime as dt

from django.utils import timezone

from communities.models import Community, Resident, Role
from engagement.models import WorkDay
from engagement.volunteering.planning import making
from engagement.volunteering.planning.words import DayWords, Lines, NeedWords, ShiftWords
from tests.communities.factories import CommunityFactory, MembershipFactory, ResidentFactory
from tests.meetings.factories import VenueFactory, meeting_index

NINE, NOON, TWO, FIVE = (dt.time(hour) for hour in (9, 12, 14, 17))


def coordinator(community: Community | None = None, **facts: object) -> Resident:
    """Of a community that publishes by itself, unless it is given."""
    community = community or CommunityFactory(work_days_need_approval=False)
    resident = ResidentFactory(**facts)
    MembershipFactory(community=community, role=Role.COORDINATOR, resident=resident)
    return resident


def community_of(resident: Resident) -> Community:
    return resident.communities.get()


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def said(**facts: object) -> DayWords:
    """In ten days from nine to five."""
    meeting_index()
    known = {"title": "Chantier du verger", "day": in_days(10), "begins": NINE, "ends": FIVE}
    known |= {} if "venue" in facts or "place" in facts else {"venue": VenueFactory()}
    return DayWords(**known | facts)


def shift(role: str = "Désherber", **facts: object) -> ShiftWords:
    return ShiftWords(**{"role": role, "begins": NINE, "ends": NOON, "places": 6} | facts)


def need(item: str = "Brouettes", **facts: object) -> NeedWords:
    return NeedWords(**{"item": item, "quantity": 5} | facts)


def a_plan() -> Lines:
    """Two shifts, and wheelbarrows."""
    return Lines(
        shifts=[(None, shift()), (None, shift("Planter", begins=TWO, ends=FIVE, minimum=3))], needs=[(None, need())]
    )


def made(by: Resident, *, needed: Lines | None = None, now: dt.datetime | None = None, **facts: object) -> WorkDay:
    """A draft of theirs."""
    return making.make(
        community=community_of(by), said=said(**facts), needed=needed or a_plan(), by=by, now=now or timezone.now()
    )
