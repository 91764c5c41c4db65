"""What is published of a meeting, and what each resident was last told of it: the difference is posted, once.

Asked each minute, and by whoever presses “Send now”. A missed minute heals itself, a repeated one does nothing.
What leaves, and when, is told by `debts` and `patience`; nothing here is ever called by saving a page.
"""

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from communities.audience import means_to_reach
from communities.models import Channel, Delivery, Mailing, MailingState, Priority, alike
from communities.post import mailings
from meetings import announcing, audience, facts
from meetings.calendars.calendar_files import MeetingFacts
from meetings.models import Announcement, Answer, Choice, Invitation, MeetingPage, MeetingStatus
from meetings.models.meeting import MeetingQuerySet
from meetings.seating import seats

from . import at_the_door, changes, counting_on, debts, patience
from .changes import Standing
from .debts import Debt, LetterOwed

logger = logging.getLogger(__name__)


def tick(*, now: dt.datetime) -> None:
    """Every meeting that residents know of and that is not over; one that fails holds up no other."""
    for pk in to_watch(now).order_by("starts_at", "pk").values_list("pk", flat=True):
        try:
            reconcile(meeting=MeetingPage.objects.get(pk=pk), now=now)
        except Exception:  # whatever the reason, the others are told
            logger.exception("What changed in meeting %s could not be told", pk)
    let_held_letters_go(now=now)


def let_held_letters_go(*, now: dt.datetime) -> None:
    """Mailings that waited because what they told was not what was published, and is again, or was replaced."""
    kinds = list(LetterOwed)
    held = Mailing.objects.filter(kind__in=kinds, state=MailingState.PAUSED, reason__in=at_the_door.held_reasons())
    for mailing in held.order_by("pk"):
        nothing_waits = not mailing.deliveries.pending().exists()
        if nothing_waits or at_the_door.is_true(announcing.told(mailing)):
            mailings.resume(mailing=mailing, now=now)


def to_watch(now: dt.datetime) -> MeetingQuerySet:
    known = MeetingPage.objects.live().dated().filter(ends_at__gte=now, status__in=statuses_told())
    watched: MeetingQuerySet = known.filter(Exists(Invitation.objects.filter(meeting=OuterRef("pk"))))
    return watched


def statuses_told() -> list[MeetingStatus]:
    """Those of which residents hear; that a meeting was held is told by its minutes."""
    return [*MeetingStatus.standing(), *MeetingStatus.called_off()]


def reconcile(*, meeting: MeetingPage, now: dt.datetime, by: User | None = None, at_once: bool = False) -> int:
    """Post what is owed for one meeting, if it is time; how many letters and calls that makes."""
    owed = owing(meeting=meeting, now=now)
    if not owed or not (at_once or patience.is_over(meeting=meeting, debts=owed, now=now)):
        return 0
    return settle(meeting=meeting, by=by, at_once=at_once, now=now)


def owing(*, meeting: MeetingPage, now: dt.datetime) -> list[Debt]:
    """What is owed for the meeting as it is published; nothing once it is over, or while nobody can see it."""
    if not meeting.live or meeting.status not in statuses_told() or meeting.ends_at is None or meeting.is_over(now):
        return []
    said, scopes = facts.published(meeting=meeting), audience.scopes_of(meeting)
    return debts.of(meeting=meeting, said=said, scopes=scopes, now=now)


@transaction.atomic
def settle(*, meeting: MeetingPage, by: User | None, at_once: bool, now: dt.datetime) -> int:
    """Under the meeting's lock and with its waiting letters held: what is withdrawn here cannot leave meanwhile."""
    meeting = seats.lock(meeting)
    hold_letters(meeting)
    owed = owing(meeting=meeting, now=now)
    if not owed:
        return 0
    said = facts.published(meeting=meeting)
    withdraw(owed=owed, said=said, meeting=meeting, now=now)
    to_post = [debt for debt in owed if debt.letter]
    spared = [debt for debt in owed if not debt.letter and debt.told is not None]
    let_answers_count_again(meeting=meeting, spared=spared, now=now)
    if not to_post:
        return 0
    above = max(highest_told(to_post), announcing.highest_withdrawn(meeting=meeting))
    announcement = announcing.in_force(meeting=meeting, by=by, above=above, now=now)
    ask_again(announcement=announcement, owed=to_post, now=now)
    return post(announcement=announcement, owed=to_post, by=by, at_once=at_once, now=now)


def hold_letters(meeting: MeetingPage) -> None:
    """Those that wait, then the weekly letters that would tell them: workers pass locked letters by."""
    waiting = debts.untold(meeting).order_by("pk").select_for_update(of=("self",))
    weekly = {digest for digest in waiting.values_list("digest", flat=True) if digest}
    if weekly:
        list(Delivery.objects.filter(pk__in=weekly).order_by("pk").select_for_update().values_list("pk", flat=True))


def withdraw(*, owed: Sequence[Debt], said: MeetingFacts, meeting: MeetingPage, now: dt.datetime) -> None:
    """Letters that no longer hold and have not left do not leave; what their readers were told is what it was before.

    A letter that somebody tried to send keeps a trace of it: its reader may have it.
    """
    by_reason: dict[str, list[Debt]] = defaultdict(list)
    for debt in owed:
        if debt.waits:
            by_reason[why_it_is_withdrawn(debt, said)].append(debt)
    for reason, pulled in by_reason.items():
        waiting = [debt.waits.pk for debt in pulled if debt.waits]
        letters = announcing.letters_of(meeting).filter(alike.one_of("pk", waiting))
        letters.filter(claim__isnull=False).update(attempts=F("attempts") + 1)
        mailings.withdraw(deliveries=letters, reason=reason, now=now)
    by_told: dict[int | None, list[int]] = defaultdict(list)
    for debt in owed:
        if debt.waits and debts.never_left(debt.waits):
            by_told[debt.told].append(debt.invitation.pk)
    for told, invitations in by_told.items():
        Invitation.objects.filter(alike.one_of("pk", invitations)).update(sequence=told, withdrawn_at=None)


def why_it_is_withdrawn(debt: Debt, said: MeetingFacts) -> str:
    if changes.standing(said) is not Standing.ON and debt.letter is None:
        return _("The meeting was called off before they were told of it.")
    if debt.letter:
        return _("It told an earlier date or place: another letter replaces it.")
    if debt.told is None:
        return _("The meeting no longer concerns them.")
    return _("What it told no longer holds; its reader knows what does.")


def ask_again(*, announcement: Announcement, owed: Sequence[Debt], now: dt.datetime) -> None:
    """Answers to another date or place are kept as such, and count no more; those given to the new one stay."""
    meeting, said = announcement.meeting, announcement.told
    told = {each.sequence: each.told for each in meeting.announcements.all()}
    moved = {sequence for sequence, before in told.items() if changes.asks_again(before, said)}
    asked = [debt.invitation.pk for debt in owed if debt.told in moved]
    since = facts.modified_at(meeting) or now
    answers = Answer.objects.current().filter(alike.one_of("invitation", asked), answered_at__lt=since)
    answers.update(is_current=False, outdated_by=announcement.sequence)


def let_answers_count_again(*, meeting: MeetingPage, spared: Sequence[Debt], now: dt.datetime) -> None:
    """Whoever was not told of another date after all was not asked again; a seat that somebody took stays theirs."""
    asked_by = {debt.invitation.pk: debt.invitation.sequence for debt in spared}
    answers = Answer.objects.for_an_earlier_date().filter(alike.one_of("invitation", asked_by))
    for answer in answers.order_by("answered_at", "pk"):
        free = seats.left(meeting=meeting, now=now)
        fits = answer.choice != Choice.YES or free is None or answer.guests + 1 <= free
        if fits and answer.outdated_by == asked_by[answer.invitation_id]:
            Answer.objects.filter(pk=answer.pk).update(is_current=True, outdated_by=None)


def highest_told(owed: Iterable[Debt]) -> int:
    return max((debt.told for debt in owed if debt.told is not None), default=-1)


def post(*, announcement: Announcement, owed: Sequence[Debt], by: User | None, at_once: bool, now: dt.datetime) -> int:
    """One mailing for those who are owed the same letter and were told the same; on each one's channel."""
    meeting = announcement.meeting
    at_any_hour = at_once or patience.presses(meeting=meeting, debts=owed, now=now)
    channels = means(meeting=meeting, owed=owed, scopes=audience.scopes_of(meeting))
    groups: dict[tuple[LetterOwed, int | None], list[Debt]] = defaultdict(list)
    for debt in owed:
        if debt.letter and debt.invitation.resident_id in channels:
            groups[debt.letter, debt.told].append(debt)
    for (letter, told), debtors in groups.items():
        mailings.post(
            kind=letter,
            key=key_of(announcement, told),
            title=title_of(letter, meeting),
            addressees=[
                mailings.Addressee(debt.invitation.resident_id, channels[debt.invitation.resident_id])
                for debt in debtors
            ],
            thread=announcing.thread_of(meeting),
            order=announcement.sequence,
            priority=Priority.TRANSACTIONAL if letter == LetterOwed.CANCELLATION else Priority.BULK,
            at_any_hour=at_any_hour,
            created_by=by,
            now=now,
        )
        told_now = {"sequence": announcement.sequence}
        withdrawn_at = now if letter == LetterOwed.WITHDRAWAL else None
        invitations = Invitation.objects.filter(alike.one_of("pk", [debt.invitation.pk for debt in debtors]))
        invitations.update(**told_now, withdrawn_at=withdrawn_at)
    return sum(len(debtors) for debtors in groups.values())


def means(*, meeting: MeetingPage, owed: Sequence[Debt], scopes: Collection[str]) -> dict[int, Channel]:
    """How each is reached; `scopes` are those whom the meeting concerns.

    That it is no longer for them is worth a letter that takes it out of a calendar, and neither a stamp nor a call.
    """
    leaving = [debt.invitation for debt in owed if debt.letter == LetterOwed.WITHDRAWAL]
    staying = [debt.invitation.resident_id for debt in owed if debt.letter != LetterOwed.WITHDRAWAL]
    count_on_it = counting_on.residents(meeting=meeting)
    told = means_to_reach(residents=staying, scopes=scopes, owed=count_on_it)
    if not leaving:
        return told
    because = {scope for invitation in leaving for scope in invitation.because}
    ways = means_to_reach(residents=[each.resident_id for each in leaving], scopes=because, owed=())
    return told | {who: way for who, way in ways.items() if way == Channel.EMAIL}


def key_of(announcement: Announcement, told: int | None) -> str:
    return str(announcement.pk) if told is None else announcing.change_key(announcement, before=told)


def title_of(letter: LetterOwed, meeting: MeetingPage) -> str:
    """What staff read in the list of mailings."""
    titles = {
        LetterOwed.INVITATION: _("Invitation: %(title)s"),
        LetterOwed.UPDATE: _("Change: %(title)s"),
        LetterOwed.CANCELLATION: _("Postponed: %(title)s") if meeting.is_postponed else _("Cancelled: %(title)s"),
        LetterOwed.WITHDRAWAL: _("No longer invited: %(title)s"),
    }
    return titles[letter] % {"title": meeting.title}
