"""Who is reminded of a meeting now? Asked every few minutes: a missed tick heals itself, a repeated one does nothing.

Those who come, or may come, the day before; those who have not answered a week before, where the meeting says so. Once
each for one start: a meeting that moves is another start. Nobody is reminded of an appointment they were not told yet:
the letter that tells it goes first, and the tick after it finds them.
"""

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _

from communities.audience import blocked_addresses
from communities.models import Channel, DeliveryState, Priority, Resident
from communities.post import mailings

from . import announcing, facts, reminder_times
from .models import (
    Announcement,
    Answer,
    Choice,
    Invitation,
    MeetingPage,
    MeetingStatus,
    Reminder,
    ReminderKind,
    WaitingPlace,
)
from .seating import seats
from .updates import changes

logger = logging.getLogger(__name__)
LETTER_KINDS = {ReminderKind.EVE: "reminder", ReminderKind.NUDGE: "nudge"}
REMINDED = [Choice.YES, Choice.MAYBE]
SILENT = ""
"""What a nudge's reader said."""


@dataclass
class Known:
    """What residents know of a meeting: who has a letter that waits, when each was last told, and what holds."""

    waiting: set[int]
    told_at: dict[int, dt.datetime]
    true: list[Announcement] = field(default_factory=list)
    has_false: bool = False

    def has_been_told(self, invitation: Invitation, said_at: dt.datetime | None) -> bool:
        """Whether they know the appointment that is published now, and no letter about it is under way.

        Who came by themselves saw the page: it holds, unless another appointment was announced before they spoke.
        """
        if invitation.resident_id in self.waiting:
            return False
        if invitation.sequence is not None:
            return invitation.sequence in {announcement.sequence for announcement in self.true}
        since = min((announcement.announced_at for announcement in self.true), default=None)
        return not self.has_false or bool(said_at and since and said_at >= since)


def remind(*, now: dt.datetime) -> None:
    """Post every reminder whose time has come; a meeting that cannot be reminded of does not hold up the others."""
    for meeting in soon(now):
        for kind in kinds_of(meeting, now=now):
            try:
                post(meeting=meeting, kind=kind, now=now)
            except Exception:  # whatever the reason, the others have their hour too
                logger.exception("No reminder of meeting %s", meeting.pk)


def soon(now: dt.datetime) -> QuerySet[MeetingPage]:
    near = MeetingPage.objects.filter(starts_at__gt=now, starts_at__lt=now + reminder_times.FURTHEST)
    return near.live().filter(status__in=MeetingStatus.standing(), ends_at__isnull=False).order_by("starts_at", "pk")


def kinds_of(meeting: MeetingPage, *, now: dt.datetime) -> list[ReminderKind]:
    """The reminders of a meeting that may leave now."""
    wanted = [ReminderKind.EVE, *([ReminderKind.NUDGE] if meeting.nudges_the_silent else [])]
    starts_at = meeting.starts_at
    return [kind for kind in wanted if starts_at and reminder_times.is_time(kind=kind, starts_at=starts_at, now=now)]


@transaction.atomic
def post(*, meeting: MeetingPage, kind: ReminderKind, now: dt.datetime) -> None:
    """One mailing for each thing that was said, and a line in the ledger for each resident; the meeting is locked."""
    meeting = seats.lock(meeting)
    if meeting.starts_at is None or not (meeting.live and meeting.stands and kind in kinds_of(meeting, now=now)):
        return
    found = to_remind(meeting=meeting, kind=kind, now=now)
    for choice in sorted({choice for _invitation, choice, _channel in found}):
        addressees = [mailings.Addressee(who.resident_id, channel) for who, said, channel in found if said == choice]
        post_letters(meeting=meeting, kind=kind, choice=choice, addressees=addressees, now=now)
    Reminder.objects.bulk_create(
        [Reminder(invitation=who, kind=kind, starts_at=meeting.starts_at, posted_at=now) for who, _c, _by in found],
        batch_size=2000,
    )


def post_letters(
    *, meeting: MeetingPage, kind: ReminderKind, choice: str, addressees: list[mailings.Addressee], now: dt.datetime
) -> None:
    """What concerns tomorrow has chosen its hour already; a nudge waits for the post's."""
    mailings.post(
        kind=LETTER_KINDS[kind],
        key=key_of(meeting, choice),
        title=_("Reminder: %(title)s") % {"title": meeting.title},
        addressees=addressees,
        priority=Priority.BULK,
        at_any_hour=kind == ReminderKind.EVE,
        now=now,
    )


def key_of(meeting: MeetingPage, choice: str) -> str:
    """The meeting, the start it reminds of (seconds), and what its readers said."""
    start = int(meeting.starts_at.timestamp()) if meeting.starts_at else 0
    return f"{meeting.pk}:{start}:{choice}"


def to_remind(*, meeting: MeetingPage, kind: ReminderKind, now: dt.datetime) -> list[tuple[Invitation, str, Channel]]:
    """Each invitation to remind, what its resident said, and the way to reach them: a fixed number of queries."""
    said = {answer.invitation_id: answer for answer in Answer.objects.current().filter(invitation__meeting=meeting)}
    known, blocked = known_of(meeting), blocked_addresses()
    found = []
    for invitation in not_reminded(meeting, kind):
        answer = said.get(invitation.pk)
        channel = channel_for(invitation.resident, answer=answer, blocked=blocked)
        if channel and needs_it(kind, invitation, answer, known, now):
            found.append((invitation, answer.choice if answer else SILENT, channel))
    return found


def not_reminded(meeting: MeetingPage, kind: ReminderKind) -> QuerySet[Invitation]:
    """Those who come the day before, those who never spoke a week before; not of this start yet.

    Who waits for a seat has spoken, and is not coming until they have one.
    """
    spoke = Answer.objects.current().filter(invitation=OuterRef("pk"))
    waits = WaitingPlace.objects.standing().filter(invitation=OuterRef("pk"))
    is_silent = ~Exists(spoke) & ~Exists(waits)
    whom = is_silent if kind == ReminderKind.NUDGE else Exists(spoke.filter(choice__in=REMINDED))
    done = Reminder.objects.filter(invitation=OuterRef("pk"), kind=kind, starts_at=OuterRef("meeting__starts_at"))
    asked = Invitation.objects.filter(meeting=meeting, resident__erased_at=None)
    return asked.filter(whom, ~Exists(done)).select_related("resident").order_by("pk")


def needs_it(kind: ReminderKind, invitation: Invitation, answer: Answer | None, known: Known, now: dt.datetime) -> bool:
    """Whether they know this appointment, and have not just been told or told us."""
    told_at, said_at = known.told_at.get(invitation.resident_id), answer.answered_at if answer else None
    last = max((moment for moment in (told_at, said_at) if moment), default=None)
    if kind == ReminderKind.NUDGE and last is None:
        return False
    fresh = reminder_times.knows(kind=kind, last_word_at=last, now=now)
    return not fresh and known.has_been_told(invitation, said_at)


def known_of(meeting: MeetingPage) -> Known:
    """Three queries, whoever was told."""
    letters = announcing.letters_of(meeting).order_by()
    waiting = set(letters.pending().filter(channel=Channel.EMAIL).values_list("resident_id", flat=True))
    left = letters.filter(state=DeliveryState.SENT).values("resident_id").annotate(last=Max("ended_at"))
    told_at = {row["resident_id"]: row["last"] for row in left}
    published = changes.appointment(facts.of(meeting=meeting, sequence=0))
    announced = list(meeting.announcements.all())
    true = [each for each in announced if changes.appointment(each.told) == published]
    return Known(waiting=waiting, told_at=told_at, true=true, has_false=len(true) < len(announced))


def channel_for(resident: Resident, *, answer: Answer | None, blocked: set[str]) -> Channel | None:
    """By e-mail; who has none, or prefers the telephone, is called if they said yes. No paper comes in a day."""
    writable = bool(resident.email) and resident.email.lower() not in blocked
    callable_ = bool(resident.phone) and answer is not None and answer.choice == Choice.YES
    if callable_ and (not writable or resident.preferred_channel == Channel.PHONE):
        return Channel.PHONE
    return Channel.EMAIL if writable else None


def meeting_of(key: str) -> MeetingPage:
    return MeetingPage.objects.select_related("venue").get(pk=key.partition(":")[0])


def reminds_of(key: str, meeting: MeetingPage) -> bool:
    """Whether the meeting still starts when this reminder says."""
    return key_of(meeting, choice_of(key)) == key


def choice_of(key: str) -> str:
    return key.rpartition(":")[2]


def answers_of(*, meeting: MeetingPage, residents: Iterable[int | None]) -> dict[int, Answer]:
    """The last word of each of these residents (by pk), with the invitation."""
    last = Answer.objects.current().filter(invitation__meeting=meeting, invitation__resident__in=list(residents))
    return {answer.invitation.resident_id: answer for answer in last.select_related("invitation")}
