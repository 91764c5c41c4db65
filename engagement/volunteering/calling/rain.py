"""It rains: how is a work day called off, or moved to its other day, in one press? Its letters leave at once."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Channel, DeliveryState
from engagement.models import Volunteer, WorkDay
from engagement.refusals import Refusal
from meetings import announcing, rsvp
from meetings.models import MeetingPage, MeetingStatus
from meetings.seating import seats
from meetings.updates import reconciling


class DoesNotTakePlace(Refusal):
    """It is over, not published, or somebody was quicker."""

    MESSAGE = _("This work day is over, postponed or cancelled already: nothing more was done.")


class NoOtherDay(Refusal):
    """There is no day to move to, or it is past."""

    MESSAGE = _("No other day is planned for bad weather: you can cancel.")


@dataclass
class Reached:
    """After the letters were posted: whom no e-mail and no text message tells, and who left a number for this day."""

    to_call: list[Volunteer] = field(default_factory=list)
    unreached: list[Volunteer] = field(default_factory=list)


@transaction.atomic
def cancel(*, work_day: WorkDay, reason: str, now: dt.datetime) -> None:
    """It does not take place, and everyone is told now, at any hour. Raises DoesNotTakePlace."""
    page = locked(work_day, now=now)
    page.status, page.status_reason = MeetingStatus.CANCELLED, reason
    publish(page, now=now)
    work_day.meeting = page


@transaction.atomic
def move(*, work_day: WorkDay, now: dt.datetime) -> None:
    """It takes place on its other day, at the same hours; everyone is told now, at any hour, and asked again.

    Raises DoesNotTakePlace, NoOtherDay, or meetings.planning.CannotBePublished when the place is taken then.
    """
    page = locked(work_day, now=now)
    other = WorkDay.objects.get(pk=work_day.pk).fallback_on
    if other is None or page.starts_at is None or page.ends_at is None or not may_move_to(other, page, now=now):
        raise NoOtherDay
    days = other - timezone.localdate(page.starts_at)
    page.starts_at, page.ends_at = later(page.starts_at, days), later(page.ends_at, days)
    WorkDay.objects.filter(pk=work_day.pk).update(fallback_on=None)
    publish(page, now=now)
    work_day.meeting, work_day.fallback_on = page, None


def may_move_to(other: dt.date, page: MeetingPage, *, now: dt.datetime) -> bool:
    return (
        other >= timezone.localdate(now) and page.starts_at is not None and other != timezone.localdate(page.starts_at)
    )


def later(moment: dt.datetime, days: dt.timedelta) -> dt.datetime:
    """The same hour on the clock, summer or winter."""
    local = timezone.localtime(moment)
    return timezone.make_aware((local + days).replace(tzinfo=None))


def locked(work_day: WorkDay, *, now: dt.datetime) -> MeetingPage:
    page = seats.lock(work_day.meeting)
    if not rsvp.is_open(meeting=page, now=now):
        raise DoesNotTakePlace
    return page


def publish(page: MeetingPage, *, now: dt.datetime) -> None:
    """As the town hall would, so that every surface says it; then what is owed is posted without waiting."""
    page.save_revision(log_action=True).publish()
    reconciling.reconcile(meeting=MeetingPage.objects.get(pk=page.pk), at_once=True, now=now)


def reached(work_day: WorkDay) -> Reached:
    """Of those who come: the numbers typed for this day, and whom only people can tell; three queries."""
    coming = Volunteer.objects.coming().filter(work_day=work_day, resident__erased_at__isnull=True)
    people = sorted(coming.select_related("resident"), key=lambda one: str(one.resident))
    told = told_by_letter(work_day.meeting)
    return Reached(
        to_call=[one for one in people if one.phone],
        unreached=[one for one in people if one.resident_id not in told and not one.phone],
    )


def told_by_letter(meeting: MeetingPage) -> set[int]:
    """Residents to whom the last news of it leaves, or left, by e-mail or text message."""
    letters = announcing.letters_of(meeting)
    last = letters.aggregate(last=Max("order"))["last"]
    leave = letters.filter(order=last, state__in=[DeliveryState.PENDING, DeliveryState.SENT])
    found: set[int | None] = set(
        leave.filter(channel__in=[Channel.EMAIL, Channel.SMS]).values_list("resident", flat=True)
    )
    return {who for who in found if who is not None}
