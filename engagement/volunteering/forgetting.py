"""What do work days let go of? What served the day alone, soon after it; who came, a year later: numbers stay."""

import datetime as dt
import uuid
from collections import defaultdict

from django.db import transaction
from django.db.models import Sum

from engagement.models import Attendance, Need, Pledge, ThingBrought, Volunteer, WorkDay

OF_THE_DAY = dt.timedelta(days=30)
WHO_CAME = dt.timedelta(days=365)
BATCH = 200


def forget(*, now: dt.datetime) -> None:
    """Each night."""
    forget_what_served_the_day(before=now - OF_THE_DAY)
    forget_who_came(before=now - WHO_CAME, now=now)


def forget_what_served_the_day(*, before: dt.datetime) -> int:
    """Remarks, telephones, where they left from, and the names of those who came unannounced; of how many."""
    over = WorkDay.objects.filter(meeting__ends_at__lt=before)
    Attendance.objects.filter(work_day__in=over).exclude(given_name="").update(given_name="")
    said = Volunteer.objects.filter(work_day__in=over).exclude(remark="", phone="", leaves_from="", rides_with=None)
    return said.update(remark="", phone="", leaves_from="", rides_with=None)


def forget_who_came(*, before: dt.datetime, now: dt.datetime) -> int:
    """Presence becomes counts: people and hours by shift stay, and things, without whose they were; how many went."""
    over = Volunteer.objects.filter(work_day__meeting__ends_at__lt=before).order_by("work_day").values("work_day")
    days = list(WorkDay.objects.filter(pk__in=over.distinct()[:BATCH]))
    return sum(make_counts(day, now=now) for day in days)


@transaction.atomic
def make_counts(work_day: WorkDay, *, now: dt.datetime) -> int:
    """Of one day, whole or not at all."""
    keep_things(work_day, now=now)
    keep_presence(work_day)
    gone, _by_table = Volunteer.objects.filter(work_day=work_day).delete()
    return gone


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
