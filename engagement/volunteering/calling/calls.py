"""Whom do we ask for help when hands are missing, and how often? Those asked longest ago come first."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from communities import audience
from communities.audience import Audience, Recipient
from communities.models import Delivery, DeliveryState, Resident, Topic
from communities.post import mailings, sparing
from communities.post.kinds import letter_kinds
from engagement.models import CoordinatorLetter, Readers, Volunteer, WorkDay
from engagement.refusals import Refusal
from engagement.volunteering import counting
from meetings import announcing
from meetings.audience import scopes_of
from meetings.models import Answer, Choice, Invitation, MeetingPage
from meetings.seating import seats

from . import posting

LETTER_KIND = "work-day-call"
QUIET = dt.timedelta(hours=48)
MOST = 3
ASKED_FOR_EACH = 4
COMING = _("come already")
CANNOT = _("said that they cannot come")
SPARED = _("have been written to often enough: they read it in their weekly letter")


class CalledAMomentAgo(Refusal):
    """The same people would be asked again and again."""

    MESSAGE = _("A call for help left less than 48 hours ago: give people the time to answer.")


class CalledOftenEnough(Refusal):
    """A fourth call is noise."""

    MESSAGE = _("Three calls for help have left for this work day: that is the most. You can still telephone.")


class NothingMissing(Refusal):
    """There is nothing to call for."""

    MESSAGE = _("Nothing is missing: every place is taken, and every thing will be brought.")


class NobodyToAsk(Refusal):
    """Everybody comes, cannot, or may not be written to."""

    MESSAGE = _("There is nobody left to ask: all members come, said no, or do not want such letters.")


@dataclass
class Helpers:
    """Those who may be asked, in the order in which they are; and how many are not, by reason."""

    recipients: list[Recipient] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def misses_something(count: counting.Count) -> bool:
    """Whether a hand, a thing or a seat would still be of use."""
    return count.has_gaps or not count.shifts or not count.is_full


def suggested(count: counting.Count, *, among: int) -> int:
    """How many to ask: four for each who is missing, at most all."""
    missing = count.missing_people or 1
    return min(among, ASKED_FOR_EACH * missing)


def whom(*, work_day: WorkDay, by: Resident, now: dt.datetime) -> Helpers:
    """Members of its communities who may be asked, asked longest ago first; a fixed number of queries."""
    meeting = work_day.meeting
    concerned = audience.belonging(communities=meeting.communities.all(), neighbourhoods=[])
    concerned.pop(by.pk, None)
    coming = set(
        Volunteer.objects.counting(now)
        .filter(work_day=work_day, resident__in=concerned)
        .values_list("resident", flat=True)
    )
    unable = set(said_no(meeting, concerned)) - coming
    free = {who: scopes for who, scopes in concerned.items() if who not in coming | unable}
    scopes = scopes_of(meeting)
    heard = audience.reached(
        concerned=free, scopes=scopes, agreed=audience.agreements(scopes).keys(), topic=Topic.CALLS
    )
    counts = {str(COMING): len(coming), str(CANNOT): len(unable)}
    heard.left_out.update({why: number for why, number in counts.items() if number})
    return in_order(heard, now=now)


def said_no(meeting: MeetingPage, concerned: Collection[int]) -> list[int]:
    said = Answer.objects.current().filter(invitation__meeting=meeting, choice=Choice.NO)
    return list(said.filter(invitation__resident__in=concerned).values_list("invitation__resident", flat=True))


def in_order(heard: Audience, *, now: dt.datetime) -> Helpers:
    """Who was written to often enough comes after all others: their letter would wait for the weekly one."""
    everyone = [each.resident.pk for each in heard.recipients]
    by_email = [each.resident.pk for each in heard.recipients if each.is_by_email]
    spared = sparing.of(kind=letter_kinds[LETTER_KIND], residents=by_email, now=now).everyone
    asked_at = last_asked(everyone)
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    ordered = sorted(
        heard.recipients,
        key=lambda each: (each.resident.pk in spared, asked_at.get(each.resident.pk, never), each.resident.pk),
    )
    left_out = heard.left_out + Counter({str(SPARED): len(spared)} if spared else {})
    return Helpers(recipients=ordered, left_out=left_out)


def last_asked(residents: Collection[int]) -> dict[int, dt.datetime]:
    """When each was last called for any work day, by a letter that left or still may."""
    calls = Delivery.objects.filter(mailing__kind=LETTER_KIND, mailing__is_test=False, resident__in=residents)
    told = calls.exclude(state__in=[DeliveryState.SKIPPED, DeliveryState.FAILED]).order_by()
    return dict(told.values_list("resident").annotate(at=Max("mailing__created_at")))


@transaction.atomic
def call(
    *, work_day: WorkDay, by: Resident, subject: str, words: str, how_many: int, key: uuid.UUID, now: dt.datetime
) -> CoordinatorLetter:
    """Ask the first `how_many` of those who may be asked, under the meeting's lock; the same `key` twice asks once.

    Raises CalledAMomentAgo, CalledOftenEnough, NothingMissing, NobodyToAsk or meetings.announcing.CannotAnnounce.
    """
    meeting = seats.lock(work_day.meeting)
    work_day.meeting = meeting
    known = CoordinatorLetter.objects.filter(key=key).first()
    if known:
        return known
    announcing.refuse_the_impossible(meeting=meeting, now=now)
    refuse_too_often(work_day, now=now)
    if not misses_something(counting.of(work_day, now=now)):
        raise NothingMissing
    asked = whom(work_day=work_day, by=by, now=now).recipients[:how_many]
    if not asked:
        raise NobodyToAsk
    invite(meeting=meeting, asked=asked, now=now)
    return posting.post(
        kind=LETTER_KIND,
        title=str(_("Call for help: %(title)s")),
        addressees=[mailings.Addressee(each.resident.pk, each.channel) for each in asked],
        work_day=work_day,
        by=by,
        readers=Readers.CALLED,
        subject=subject,
        words=words,
        key=key,
        now=now,
    )


def why_not(work_day: WorkDay, *, now: dt.datetime) -> str:
    """Why no call may leave now, for the page that would send it; empty when one may."""
    try:
        announcing.refuse_the_impossible(meeting=work_day.meeting, now=now)
        refuse_too_often(work_day, now=now)
    except Refusal as refusal:
        return refusal.sentence
    return ""


def refuse_too_often(work_day: WorkDay, *, now: dt.datetime) -> None:
    calls = CoordinatorLetter.objects.calls().filter(work_day=work_day)
    if calls.count() >= MOST:
        raise CalledOftenEnough
    if calls.since(now - QUIET).exists():
        raise CalledAMomentAgo


def invite(*, meeting: MeetingPage, asked: Collection[Recipient], now: dt.datetime) -> None:
    """An invitation for those who have none: its link is their answer, and what changes is told to them too."""
    invited = Invitation.objects.filter(meeting=meeting, withdrawn_at__isnull=True).values_list("resident", flat=True)
    new = Audience(recipients=list(asked)).besides(invited)
    if new.recipients:
        above = announcing.highest_withdrawn(meeting=meeting)
        announcement = announcing.in_force(meeting=meeting, by=None, above=above, now=now)
        announcing.invite(announcement=announcement, concerned=new, now=now)
