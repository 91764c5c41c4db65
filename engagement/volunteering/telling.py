"""Which letters leave by themselves around a sign-up? One kind for what a person has, one for who leads the day."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext as _

from communities.models import Resident, Role
from communities.post import mailings
from engagement import telling
from engagement.models import Volunteer, WorkDay

HELD_LETTER = "work-day-confirm"
CONFIRMED_LETTER = "work-day-signup"
MOVED_UP_LETTER = "work-day-place"
WITHDRAWN_LETTER = "work-day-withdrawn"
LEADER_LETTER = "work-day-leader"
STRUCK_LETTER = "work-day-struck"
HOURS_LETTER = "work-day-hours"
DECIDED_LETTER = "work-day-decided"
LONGEST_KEY = 64
LIFT_LETTER = "work-day-lift"
LIFT_LOST_LETTER = "work-day-lift-lost"
LAST_MINUTE = dt.timedelta(hours=48)


def ask_to_confirm(*, volunteer: Volunteer, now: dt.datetime) -> None:
    """The letter whose button takes the places that are held."""
    post(HELD_LETTER, volunteer, title=_("Confirm: %(title)s"), now=now)


def confirm(*, volunteer: Volunteer, now: dt.datetime) -> None:
    """What they have now, with a calendar file of its own; after a change, once more."""
    count_up(volunteer)
    post(CONFIRMED_LETTER, volunteer, title=_("Your sign-up: %(title)s"), now=now)


def moved_up(*, volunteer: Volunteer, now: dt.datetime) -> None:
    """A place was free, and it is theirs."""
    count_up(volunteer)
    post(MOVED_UP_LETTER, volunteer, title=_("You have a place: %(title)s"), now=now)


def withdrawn(*, volunteer: Volunteer, now: dt.datetime) -> None:
    """Written down, and taken out of their calendar; whoever leads hears of it when there is little time left."""
    count_up(volunteer)
    post(WITHDRAWN_LETTER, volunteer, title=_("You no longer come: %(title)s"), now=now)
    if is_last_minute(volunteer.work_day, now=now):
        for leader in leaders_of(volunteer.work_day):
            if leader.pk != volunteer.resident_id and (way := telling.way_to(leader)):
                title = _("Somebody withdrew: %(title)s") % {"title": volunteer.work_day}
                mailings.post_one(
                    kind=LEADER_LETTER, key=str(volunteer.pk), title=title, resident=leader, channel=way, now=now
                )


def struck(*, volunteer: Volunteer, shifts: Iterable[int], needs: Iterable[int], now: dt.datetime) -> None:
    """What they had is needed no more: these shifts and needs (by pk), which were struck off."""
    had = {*volunteer.told_shifts, *shifts}
    Volunteer.objects.filter(pk=volunteer.pk).update(told_shifts=sorted(had), changed_at=now)
    count_up(volunteer)
    key = struck_key(volunteer, shifts, needs)
    post(STRUCK_LETTER, volunteer, key=key, title=_("No longer needed: %(title)s"), now=now)


def struck_key(volunteer: Volunteer, shifts: Iterable[int], needs: Iterable[int]) -> str:
    """The volunteer, then what was struck off, as far as a key goes: "12:s3:s4:n5"."""
    parts = [*(f":s{pk}" for pk in shifts), *(f":n{pk}" for pk in needs)]
    key = str(volunteer.pk)
    for part in parts:
        key += part if len(key + part) <= LONGEST_KEY else ""
    return key


def new_hours(*, volunteer: Volunteer, now: dt.datetime) -> None:
    """A shift of theirs has other hours: what they have, with a new entry for their calendar."""
    count_up(volunteer)
    post(HOURS_LETTER, volunteer, title=_("Other hours: %(title)s"), now=now)


def decided(*, work_day: WorkDay, now: dt.datetime) -> None:
    """The town hall said yes or no to what a coordinator proposed."""
    proposer = work_day.proposed_by
    way = telling.way_to(proposer) if proposer and not proposer.erased_at else None
    if proposer and way:
        words = _("Your work day is not published: %(title)s") if work_day.is_refused else _("Published: %(title)s")
        title = words % {"title": work_day}
        mailings.post_one(
            kind=DECIDED_LETTER, key=str(work_day.pk), title=title, resident=proposer, channel=way, now=now
        )


def shares_a_car(*, rider: Volunteer, driver: Volunteer, now: dt.datetime) -> None:
    """To both: where they meet, and the number that the other gave for this day, if any."""
    for reader in (rider, driver):
        way = telling.way_to(reader.resident)
        if way:
            mailings.post_one(
                kind=LIFT_LETTER,
                key=str(rider.pk),
                title=_("A shared car: %(title)s") % {"title": rider.work_day},
                resident=reader.resident,
                channel=way,
                now=now,
            )


def lost_the_lift(*, rider: Volunteer, now: dt.datetime) -> None:
    """The car is no longer there for them."""
    way = telling.way_to(rider.resident)
    if way:
        title = _("Your lift: %(title)s") % {"title": rider.work_day}
        mailings.post_one(
            kind=LIFT_LOST_LETTER, key=str(rider.pk), title=title, resident=rider.resident, channel=way, now=now
        )


def count_up(volunteer: Volunteer) -> None:
    """What is told now goes under the next SEQUENCE (RFC 5546 §2.1.4)."""
    told = sorted({*volunteer.told_shifts, *volunteer.signups.coming().values_list("shift", flat=True)})
    Volunteer.objects.filter(pk=volunteer.pk).update(sequence=F("sequence") + 1, told_shifts=told)
    volunteer.refresh_from_db(fields=["sequence", "told_shifts"])


def post(kind: str, volunteer: Volunteer, *, title: str, key: str = "", now: dt.datetime) -> None:
    way = telling.way_to(volunteer.resident)
    if way:
        mailings.post_one(
            kind=kind,
            key=key or str(volunteer.pk),
            title=title % {"title": volunteer.work_day},
            resident=volunteer.resident,
            channel=way,
            thread=f"work-day:{volunteer.pk}",
            order=volunteer.sequence,
            now=now,
        )


def is_last_minute(work_day: WorkDay, *, now: dt.datetime) -> bool:
    """Whether there is little time left to find somebody else."""
    at = work_day.meeting.starts_at
    return at is not None and now > at - LAST_MINUTE


def leaders_of(work_day: WorkDay) -> list[Resident]:
    """Who leads the site; failing that, the coordinators of the communities that meet."""
    if work_day.leader and not work_day.leader.erased_at:
        return [work_day.leader]
    coordinators = Resident.objects.known().filter(
        memberships__role=Role.COORDINATOR, memberships__community__in=work_day.meeting.communities.all()
    )
    return list(coordinators.distinct())
