"""How does what a coordinator wrote become a mailing? A row that keeps the words, and the letters that carry them."""

import datetime as dt
import uuid
from collections.abc import Iterable

from communities.models import Priority, Resident
from communities.post import mailings
from engagement.models import CoordinatorLetter, Readers, Shift, WorkDay
from engagement.volunteering import names
from meetings import announcing


def post(
    *,
    kind: str,
    title: str,
    addressees: Iterable[mailings.Addressee],
    work_day: WorkDay,
    by: Resident,
    readers: Readers,
    shift: Shift | None = None,
    subject: str,
    words: str,
    key: uuid.UUID,
    priority: Priority = Priority.BULK,
    now: dt.datetime,
) -> CoordinatorLetter:
    """Keep it and post it, in the caller's transaction; about today or tomorrow it leaves at any hour."""
    letter = CoordinatorLetter.objects.create(
        work_day=work_day,
        by=by,
        signed=names.of_coordinator(by, work_day),
        readers=readers,
        shift=shift,
        subject=subject,
        words=words,
        key=key,
        written_at=now,
    )
    letter.mailing = mailings.post(
        kind=kind,
        key=str(letter.pk),
        title=title % {"title": work_day.meeting.title},
        addressees=addressees,
        priority=priority,
        at_any_hour=announcing.is_soon(meeting=work_day.meeting, now=now),
        now=now,
    )
    letter.save(update_fields=["mailing"])
    return letter
