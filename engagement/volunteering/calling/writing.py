"""Whom may a coordinator write to, and how often? Those who signed up, about what they signed up for; or members."""

import datetime as dt
import uuid
from collections import Counter

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from communities import audience
from communities.models import Delivery, Priority, Resident, Topic
from communities.post.mailings import Addressee
from engagement.models import CoordinatorLetter, Readers, Shift, SignupState, Volunteer, WorkDay
from engagement.models.volunteer import VolunteerQuerySet
from engagement.refusals import Refusal
from meetings.audience import scopes_of
from meetings.seating import seats

from . import posting

VOLUNTEERS_LETTER = "work-day-letter"
MEMBERS_LETTER = "work-day-members"
MOST_A_DAY = 5
DAY = dt.timedelta(days=1)
AFTERWARDS = dt.timedelta(days=14)
NO_WAY = _("cannot be reached by any channel")


class WrittenOftenEnough(Refusal):
    """People would stop reading."""

    MESSAGE = _("Five letters have left about this work day since yesterday: that is the most in a day.")


class NotWrittenAbout(Refusal):
    """Nobody can read of it, or it is long past."""

    MESSAGE = _("Letters leave once the work day is published, and until two weeks after it.")


class NobodyToWriteTo(Refusal):
    """Nobody is there, or can be reached."""

    MESSAGE = _("There is nobody to write to.")


def volunteers(*, work_day: WorkDay, by: Resident, readers: Readers, shift: Shift | None) -> VolunteerQuerySet:
    """Those of the work day who would read it, without whoever writes."""
    people = Volunteer.objects.coming().filter(work_day=work_day, resident__erased_at__isnull=True)
    people = people.exclude(resident=by)
    with_a_place = Volunteer.objects.filter(signups__state=SignupState.COMING).values("pk")
    in_line = Volunteer.objects.filter(signups__state=SignupState.WAITING).values("pk")
    if readers == Readers.SHIFT:
        return people.filter(signups__shift=shift, signups__state=SignupState.COMING)
    if readers == Readers.BRINGING:
        return people.filter(pledges__isnull=False).distinct()
    if readers == Readers.WAITING:
        return people.filter(pk__in=in_line)
    only_wait = people.filter(pk__in=in_line, pledges__isnull=True).exclude(pk__in=with_a_place)
    return people.exclude(pk__in=only_wait.values("pk"))


def reached(
    *, work_day: WorkDay, by: Resident, readers: Readers, shift: Shift | None = None
) -> tuple[list[Addressee], Counter[str]]:
    """Those who would get it and how; how many would not, by reason. A fixed number of queries."""
    if readers == Readers.MEMBERS:
        return members(work_day=work_day, by=by)
    people = volunteers(work_day=work_day, by=by, readers=readers, shift=shift)
    residents = set(people.values_list("resident", flat=True))
    ways = audience.means_to_reach(residents=residents, scopes=(), owed=residents)
    left_out = Counter({str(NO_WAY): len(residents) - len(ways)} if len(ways) < len(residents) else {})
    return [Addressee(who, way) for who, way in sorted(ways.items())], left_out


def members(*, work_day: WorkDay, by: Resident) -> tuple[list[Addressee], Counter[str]]:
    """Of its communities, who agreed to be written to."""
    concerned = audience.belonging(communities=work_day.meeting.communities.all(), neighbourhoods=[])
    concerned.pop(by.pk, None)
    scopes = scopes_of(work_day.meeting)
    agreed = audience.agreements(scopes).keys()
    heard = audience.reached(concerned=concerned, scopes=scopes, agreed=agreed, topic=Topic.NEWS)
    return [Addressee(each.resident.pk, each.channel) for each in heard.recipients], heard.left_out


@transaction.atomic
def write(
    *,
    work_day: WorkDay,
    by: Resident,
    readers: Readers,
    shift: Shift | None = None,
    subject: str,
    words: str,
    key: uuid.UUID,
    now: dt.datetime,
) -> CoordinatorLetter:
    """Post it, under the meeting's lock; the same `key` twice is one letter.

    Raises WrittenOftenEnough, NotWrittenAbout or NobodyToWriteTo.
    """
    work_day.meeting = seats.lock(work_day.meeting)
    known = CoordinatorLetter.objects.filter(key=key).first()
    if known:
        return known
    refuse_the_impossible(work_day, now=now)
    addressees, _left_out = reached(work_day=work_day, by=by, readers=readers, shift=shift)
    if not addressees:
        raise NobodyToWriteTo
    is_to_members = readers == Readers.MEMBERS
    return posting.post(
        kind=MEMBERS_LETTER if is_to_members else VOLUNTEERS_LETTER,
        title=str(_("Letter about: %(title)s")),
        addressees=addressees,
        work_day=work_day,
        by=by,
        readers=readers,
        shift=shift if readers == Readers.SHIFT else None,
        subject=subject,
        words=words,
        key=key,
        priority=Priority.BULK if is_to_members else Priority.TRANSACTIONAL,
        now=now,
    )


def why_not(work_day: WorkDay, *, now: dt.datetime) -> str:
    """Why no letter may leave now, for the page that would send it; empty when one may."""
    try:
        refuse_the_impossible(work_day, now=now)
    except Refusal as refusal:
        return refusal.sentence
    return ""


def refuse_the_impossible(work_day: WorkDay, *, now: dt.datetime) -> None:
    meeting = work_day.meeting
    if not meeting.live or meeting.ends_at is None or meeting.ends_at + AFTERWARDS < now:
        raise NotWrittenAbout
    written = CoordinatorLetter.objects.besides_calls().filter(work_day=work_day).since(now - DAY)
    if written.count() >= MOST_A_DAY:
        raise WrittenOftenEnough


def no_longer_come(letter: CoordinatorLetter, deliveries: list[Delivery]) -> set[int]:
    """Those of these letters (by pk) whose reader withdrew since."""
    asked = [each.resident_id for each in deliveries if each.resident_id]
    coming = Volunteer.objects.coming().filter(work_day=letter.work_day_id, resident__in=asked)
    there = set(coming.values_list("resident", flat=True))
    return {each.pk for each in deliveries if each.resident_id and each.resident_id not in there}
