"""Who was there, how long, with what? Each word is written once however often it is sent, and the last one holds.

Two people tick at once, on telephones with a bad network: a line that neither changed is left alone, a line that both
changed has the last word, and whoever wrote it is told of the other. See `words`.
"""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.models import Attendance, Pledge, ThingBrought, WorkDay
from engagement.refusals import Refusal
from meetings.models import MeetingStatus

from .words import Overwritten, Presence, Thing, Word


class TooEarly(Refusal):
    """Nobody was there yet."""

    MESSAGE = _("From the morning of the day on, you tick here who is there.")


class DidNotTakePlace(Refusal):
    """Nobody was there."""

    MESSAGE = _("This work day does not take place: nobody is ticked.")


class Closed(Refusal):
    """Hours of a confirmed list may be in the accounts."""

    MESSAGE = _("The list is confirmed. To change something, take that back first.")


@transaction.atomic
def tick(
    *, work_day: WorkDay, words: Iterable[Word] = (), things: Iterable[Thing] = (), now: dt.datetime
) -> list[Overwritten]:
    """Write down what is new; what was overwritten comes back. Raises TooEarly, DidNotTakePlace or Closed."""
    locked = lock(work_day)
    refuse_unless_open(locked, now=now)
    overwritten = Lines(locked, now).write(words)
    write_promised([each for each in things if each.pledge], work_day=locked)
    write_besides([each for each in things if each.key], work_day=locked, now=now)
    return overwritten


def lock(work_day: WorkDay) -> WorkDay:
    """Until the end of the transaction: of two who tick at once, the second finds what the first wrote."""
    return WorkDay.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=work_day.pk)


def refuse_unless_open(work_day: WorkDay, *, now: dt.datetime) -> None:
    if work_day.meeting.status in MeetingStatus.called_off():
        raise DidNotTakePlace
    if is_early(work_day, now=now):
        raise TooEarly
    if work_day.is_closed:
        raise Closed


def is_early(work_day: WorkDay, *, now: dt.datetime) -> bool:
    return work_day.day is None or timezone.localdate(now) < work_day.day


def is_open(work_day: WorkDay, *, now: dt.datetime) -> bool:
    """Whether its list can be ticked."""
    called_off = work_day.meeting.status in MeetingStatus.called_off()
    return not (called_off or work_day.is_closed or is_early(work_day, now=now))


class Lines:
    """The list of one day, as the database has it, and how it changes."""

    def __init__(self, work_day: WorkDay, now: dt.datetime) -> None:
        self.work_day, self.now = work_day, now
        known = list(Attendance.objects.filter(work_day=work_day).select_related("volunteer__resident"))
        self.seats = {(each.volunteer_id, each.shift_id): each for each in known if each.volunteer_id}
        self.keys = {each.key: each for each in known if not each.volunteer_id}
        self.volunteers = set(work_day.volunteers.values_list("pk", flat=True))
        self.shifts = {None, *work_day.shifts.values_list("pk", flat=True)}

    def write(self, words: Iterable[Word]) -> list[Overwritten]:
        return [lost for word in words if word.is_news and self.is_ours(word) and (lost := self.write_one(word))]

    def is_ours(self, word: Word) -> bool:
        """A line of another day, or under another's key, is not there."""
        if word.volunteer:
            return word.volunteer in self.volunteers and word.shift in self.shifts
        is_named = word.key is not None and bool(word.said.name)
        return is_named and word.said.shift in self.shifts and not self.is_taken(word.key)

    def is_taken(self, key: uuid.UUID | None) -> bool:
        return key is not None and key not in self.keys and Attendance.objects.filter(key=key).exists()

    def write_one(self, word: Word) -> Overwritten | None:
        row = self.row_of(word)
        before = presence_of(row) if row.pk else None
        if before and before.code == word.said.code:
            return None
        row.people, row.hours, row.ticked_at = word.said.people, word.said.hours, self.now
        if not word.volunteer:
            row.given_name, row.shift_id = word.said.name, word.said.shift
        row.save()
        self.remember(row)
        is_a_surprise = before is not None and before.code != word.was
        return Overwritten(who=name_of(row), before=before, after=word.said) if before and is_a_surprise else None

    def row_of(self, word: Word) -> Attendance:
        """The one that is there, or a new one, not saved yet."""
        if word.volunteer:
            found = self.seats.get((word.volunteer, word.shift))
            return found or Attendance(
                work_day=self.work_day, volunteer_id=word.volunteer, shift_id=word.shift, key=uuid.uuid4()
            )
        key = word.key or uuid.uuid4()
        return self.keys.get(key) or Attendance(work_day=self.work_day, key=key)

    def remember(self, row: Attendance) -> None:
        if row.volunteer_id:
            self.seats[row.volunteer_id, row.shift_id] = row
        else:
            self.keys[row.key] = row


def presence_of(row: Attendance) -> Presence:
    """As a page shows it."""
    if row.volunteer_id:
        return Presence(people=row.people, hours=row.hours)
    return Presence(people=row.people, hours=row.hours, name=row.given_name, shift=row.shift_id)


def name_of(row: Attendance) -> str:
    return str(row.volunteer.resident) if row.volunteer else row.given_name


def write_promised(things: list[Thing], *, work_day: WorkDay) -> None:
    for thing in things:
        if thing.is_news and thing.pledge:
            theirs = Pledge.objects.filter(pk=thing.pledge, volunteer__work_day=work_day)
            theirs.update(brought=thing.quantity)


def write_besides(things: list[Thing], *, work_day: WorkDay, now: dt.datetime) -> None:
    known = {each.key: each for each in ThingBrought.objects.filter(key__in=[thing.key for thing in things])}
    for thing in things:
        if thing.key is None or not thing.is_news or not thing.item:
            continue
        row = known.get(thing.key) or ThingBrought(work_day=work_day, key=thing.key)
        if row.work_day_id != work_day.pk:
            continue
        row.item, row.quantity, row.unit, row.kind, row.noted_at = (
            thing.item,
            thing.quantity,
            thing.unit,
            thing.kind,
            now,
        )
        row.save()
