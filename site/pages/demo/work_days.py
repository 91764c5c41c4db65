"""Work days of the demonstration: one to come, a series, one gone by, one that waits for the town hall.

Ada Terril coordinates them: a letter says so, and leads to her space.
"""

import datetime as dt
from typing import Any

from django.utils import timezone

from communities.belonging import answering
from communities.models import Community, Delivery, DeliveryState, Membership, Resident, Role
from engagement.models import WorkDay
from engagement.volunteering import signing_up
from engagement.volunteering.planning import dates, making, proposing, repeating
from engagement.volunteering.planning.words import DayWords, Lines, NeedWords, ShiftWords
from engagement.volunteering.wishes import Wish
from meetings.models import AnswerChannel, MeetingPage, MeetingStatus, Venue

from . import fixtures, gatherings, logins

COORDINATOR = logins.RESIDENT
PUBLISHES_BY_ITSELF = "rue-fleurie"
PLACE = "La rue fleurie"
BEFORE = dt.timedelta(weeks=3)
A_WEEK = dt.timedelta(weeks=1)


def plan(*, now: dt.datetime) -> None:
    """By the rules, on the days that chantiers.toml says."""
    Community.objects.filter(slug=PUBLISHES_BY_ITSELF).update(work_days_need_approval=False)
    ada = Resident.objects.with_email(COORDINATOR).get()
    place = Venue.objects.create(name=PLACE, is_shared=True)
    for row in fixtures.read("chantiers")["chantier"]:
        hold(row, ada=ada, place=place, now=now)
    old = Delivery.objects.pending().filter(mailing__created_at__lt=now - A_WEEK)
    old.update(state=DeliveryState.SENT, ended_at=now - A_WEEK)
    for joined in ada.memberships.filter(role=Role.COORDINATOR).select_related("community", "resident"):
        tell_of_the_role(joined, now=now)


def tell_of_the_role(joined: Membership, *, now: dt.datetime) -> None:
    """As the desk would give it: the letter says what a coordinator can do, and where."""
    joined.role = Role.MEMBER
    answering.change_role(membership=joined, role=Role.COORDINATOR, now=now)


def hold(row: dict[str, Any], *, ada: Resident, place: Venue, now: dt.datetime) -> None:
    """Written down three weeks before, if that is past; then published, or proposed."""
    community = Community.objects.get(slug=row["community"])
    Membership.objects.update_or_create(
        community=community, resident=ada, defaults={"role": Role.COORDINATOR}, create_defaults=coordinating(now)
    )
    said = day_of(row, leader=ada, place=place, now=now)
    at = min(now, said.starts_at - BEFORE)
    work_day = making.make(community=community, said=said, needed=lines_of(row), by=ada, now=at)
    work_day.meeting.contact_email = fixtures.read("demo_fictive")["contact"]["contact_email"]
    work_day.meeting.save()
    work_day.meeting.save_revision()
    if row["name"] == "proposed":
        proposing.propose(work_day=work_day, by=ada, now=at)
        return
    days = [work_day, *more_of(row, work_day, by=ada, now=at)]
    for each in days:
        proposing.publish(work_day=each, by=ada, now=at)
    sign_up(row, WorkDay.objects.select_related("meeting").get(pk=work_day.pk), now=at)
    MeetingPage.objects.filter(pk=work_day.meeting_id, ends_at__lt=now).update(status=MeetingStatus.HELD)


def coordinating(now: dt.datetime) -> dict[str, Any]:
    return {"role": Role.COORDINATOR, "joined_at": now - BEFORE}


def day_of(row: dict[str, Any], *, leader: Resident, place: Venue, now: dt.datetime) -> DayWords:
    at = gatherings.moment({"weeks": row["weeks"], "on": row["on"], "at": row["begins"]}, now)
    contact = fixtures.read("demo_fictive")["contact"]
    told = {name: row[name] for name in ("title", "summary", "practical", "leader_shown_as") if name in row}
    return DayWords(
        day=timezone.localdate(at),
        begins=dt.time.fromisoformat(row["begins"]),
        ends=dt.time.fromisoformat(row["ends"]),
        venue=place,
        leader=leader,
        contact_name=contact["contact_name"],
        contact_phone=contact["contact_phone"],
        **told,
    )


def lines_of(row: dict[str, Any]) -> Lines:
    clock = dt.time.fromisoformat
    shifts = [
        ShiftWords(role=role, begins=clock(begins), ends=clock(ends), places=places, minimum=minimum)
        for role, begins, ends, places, minimum in row["shifts"]
    ]
    needs = [
        NeedWords(item=item, quantity=quantity, unit=unit, kind=kind) for item, quantity, unit, kind in row["needs"]
    ]
    return Lines(shifts=[(None, shift) for shift in shifts], needs=[(None, need) for need in needs])


def more_of(row: dict[str, Any], work_day: WorkDay, *, by: Resident, now: dt.datetime) -> list[WorkDay]:
    """Every second week, as often as the row says."""
    if "more" not in row:
        return []
    first = work_day.day or timezone.localdate(now)
    days = dates.after(first, rhythm=dates.Rhythm.FORTNIGHTLY, until=first + row["more"] * 2 * A_WEEK)
    return repeating.repeat(work_day=work_day, days=days, by=by, now=now)


def sign_up(row: dict[str, Any], work_day: WorkDay, *, now: dt.datetime) -> None:
    """Those of the row: by what they answered with, for what they chose."""
    crowd = list(Resident.objects.exclude(email="").order_by("pk")[:40])
    shifts, needs = list(work_day.shifts.all()), list(work_day.needs.all())
    for who, chosen, brought, guests in row.get("helpers", []):
        wish = Wish(
            shifts=frozenset(shifts[number].pk for number in chosen),
            items={needs[int(number)].pk: quantity for number, quantity in brought.items()},
            guests=guests,
        )
        signing_up.sign_up(work_day=work_day, resident=crowd[who], wish=wish, channel=AnswerChannel.MAIL, now=now)
