"""What do work days let go of? What nobody confirmed; what served the day alone, soon after it; who came, a year later:
numbers stay.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Sum

from communities import forgetting
from communities.retention import activity
from communities.retention.rules import Reach
from engagement.models import Attendance, Need, Pledge, ThingBrought, Volunteer, WorkDay
from engagement.models.volunteer import VolunteerQuerySet
from engagement.models.work_day import WorkDayQuerySet

from . import telling


def unconfirmed(*, before: dt.datetime) -> VolunteerQuerySet:
    """Wishes that no button confirmed, whose letter has left."""
    wishes = Volunteer.objects.filter(confirmed_at__isnull=True, created_at__lt=before)
    return wishes.exclude(pk__in=forgetting.keys_that_wait(telling.HELD_LETTER))


def tidy_unconfirmed(reach: Reach) -> None:
    """The letters that asked to confirm."""
    forgetting.forget_letters(kind=telling.HELD_LETTER, about=Volunteer, before=reach.before)


def days_with_words(*, before: dt.datetime) -> WorkDayQuerySet:
    """Those of which something is kept that served the day alone."""
    said = Volunteer.objects.exclude(remark="", phone="", leaves_from="", rides_with=None)
    named = Attendance.objects.exclude(given_name="")
    over = WorkDay.objects.filter(meeting__ends_at__lt=before)
    return over.filter(Exists(said.filter(work_day=OuterRef("pk"))) | Exists(named.filter(work_day=OuterRef("pk"))))


def let_words_go(keys: Sequence[int], reach: Reach) -> int:
    """Remarks, telephones, where they left from, and the names of those who came unannounced."""
    Attendance.objects.filter(work_day__in=keys).exclude(given_name="").update(given_name="")
    Volunteer.objects.filter(work_day__in=keys).update(remark="", phone="", leaves_from="", rides_with=None)
    return len(keys)


def days_with_people(*, before: dt.datetime) -> WorkDayQuerySet:
    """Those of which it is still known who came."""
    came = Volunteer.objects.filter(work_day=OuterRef("pk"))
    return WorkDay.objects.filter(Exists(came), meeting__ends_at__lt=before)


def let_people_go(keys: Sequence[int], reach: Reach) -> int:
    """Presence becomes counts: people and hours by shift stay, and things, without whose they were."""
    signed_up = Volunteer.objects.filter(work_day__in=keys, confirmed_at__isnull=False)
    activity.remember(signed_up, person="resident", at="confirmed_at")
    for day in WorkDay.objects.filter(pk__in=keys):
        make_counts(day, now=reach.now)
    return len(keys)


def make_counts(work_day: WorkDay, *, now: dt.datetime) -> None:
    """Of one day; in the transaction of its batch."""
    keep_things(work_day, now=now)
    keep_presence(work_day)
    Volunteer.objects.filter(work_day=work_day).delete()


def keep_things(work_day: WorkDay, *, now: dt.datetime) -> None:
    """What was brought of each need, under nobody's name."""
    brought = Pledge.objects.filter(volunteer__work_day=work_day, brought__gt=0).order_by()
    for need, many in brought.values_list("need").annotate(many=Sum("brought")):
        known = Need.with_struck.get(pk=need)
        ThingBrought.objects.create(
            work_day=work_day,
            kind=known.kind,
            item=known.item,
            unit=known.unit,
            quantity=many,
            key=uuid.uuid4(),
            noted_at=now,
        )


def keep_presence(work_day: WorkDay) -> None:
    """Rows without a person; those of the same people still count as the same."""
    rows = Attendance.objects.filter(work_day=work_day, volunteer__isnull=False)
    parties: dict[int | None, uuid.UUID] = defaultdict(uuid.uuid4)
    for row in rows:
        row.party, row.volunteer = parties[row.volunteer_id], None
        row.save(update_fields=["party", "volunteer"])
