"""Forty invented meetings, some gone by and some to come, in places whose names are real."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from communities.models import Community, Neighbourhood
from meetings.models import AgendaItem, MeetingIndexPage, MeetingPage, MeetingStatus, Venue
from pages import page_tree

from . import fixtures

HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11)}
CHRISTMAS = {(12, day) for day in range(20, 32)} | {(1, day) for day in range(1, 4)}
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
PLAIN = ["kind", "level", "title", "summary", "body", "status_reason", "capacity", "sign_language", "childcare"]
CHANGES = ["status", "status_reason"]


def open_venues() -> dict[str, Venue]:
    """The places, by key."""
    town = fixtures.read("demo_fictive")["mairie"]
    address = {"postcode": town["postcode"], "city": town["city"]}
    rows = fixtures.read("lieux")["lieu"]
    return {
        row["key"]: Venue.objects.create(name=row["name"], is_shared=row.get("is_shared", False), **address)
        for row in rows
    }


def plan(*, venues: dict[str, Venue], now: dt.datetime) -> MeetingPage:
    """Publish every meeting; return the one whose invitations go out."""
    index = MeetingIndexPage.objects.get()
    circles = {community.slug: community for community in Community.objects.all()}
    places = {place.slug: place for place in Neighbourhood.objects.all()}
    for row in rows():
        meeting = as_page(as_planned(row), venues, now)
        meeting.communities = [circles[slug] for slug in row.get("communities", [])]
        meeting.neighbourhoods = [places[slug] for slug in row.get("neighbourhoods", [])]
        page_tree.plant(parent=index, page=meeting, now=published_at(meeting, now))
        if row.get("announced"):
            announced = meeting
    return announced


def rows() -> list[dict[str, Any]]:
    """Every meeting as it is written in data/; `told` is the moment that residents were told before it changed."""
    return [row for name in ("reunions_passees", "reunions_a_venir") for row in fixtures.read(name)["reunion"]]


def as_planned(row: dict[str, Any]) -> dict[str, Any]:
    """The row before anything changed."""
    if "told" not in row:
        return row
    return {name: row[name] for name in row if name not in CHANGES} | {"when": row["told"]}


def as_page(row: dict[str, Any], venues: dict[str, Venue], now: dt.datetime) -> MeetingPage:
    """The page of one row, not saved yet."""
    starts_at = moment(row["when"], now)
    meeting = MeetingPage(
        **{name: row[name] for name in PLAIN if name in row},
        **fixtures.read("demo_fictive")["contact"],
        slug=f"{slugify(row['title'].replace('’', ' '))}-{timezone.localdate(starts_at)}",
        status=row.get("status", MeetingStatus.HELD if starts_at < now else MeetingStatus.CONFIRMED),
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=row["when"]["minutes"]),
        venue=venues[row["venue"]],
    )
    meeting.agenda_items = [
        AgendaItem(title=title, minutes=minutes, sort_order=order)
        for order, (title, minutes) in enumerate(row.get("agenda", []))
    ]
    return meeting


def moment(when: dict[str, Any], now: dt.datetime) -> dt.datetime:
    """ "Tuesday, in two weeks, at 18:30", told from the week of `now`; a week further off when nobody would come."""
    today = timezone.localdate(now)
    monday = today - dt.timedelta(days=today.weekday())
    day = monday + dt.timedelta(weeks=when["weeks"], days=DAYS.index(when["on"]))
    further = dt.timedelta(weeks=1 if when["weeks"] > 0 else -1)
    while (day.month, day.day) in HOLIDAYS | CHRISTMAS:
        day += further
    return timezone.make_aware(dt.datetime.combine(day, dt.time.fromisoformat(when["at"])))


def published_at(meeting: MeetingPage, now: dt.datetime) -> dt.datetime:
    """Five weeks before it takes place, and not in the future."""
    told = (meeting.starts_at or now) - dt.timedelta(weeks=5)
    return min(now, told)
