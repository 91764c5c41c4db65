"""Who was told something else of a meeting than what is published, and which letter puts that right?"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from communities.models import Delivery, DeliveryState
from communities.models.delivery import DeliveryQuerySet
from meetings import announcing
from meetings.calendars.calendar_files import MeetingFacts
from meetings.models import Invitation, InvitationOrigin, MeetingPage

from . import changes, counting_on
from .changes import Standing


class LetterOwed(StrEnum):
    """Which letter puts right what somebody believes; the names under which the letter kinds are registered."""

    INVITATION = announcing.LETTER_KIND
    UPDATE = "update"
    CANCELLATION = "cancellation"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True)
class Debt:
    """One invitation that says something else than what is published.

    `told` is the SEQUENCE that its resident was really told, None for nothing; `letter` what is owed to them, None
    when nothing is once the letter that `waits` is withdrawn.
    """

    invitation: Invitation
    told: int | None
    letter: LetterOwed | None
    waits: Delivery | None


@dataclass(frozen=True)
class Ledger:
    """What was told and what is published, as one looks at many invitations."""

    said: MeetingFacts
    scopes: frozenset[str]
    announced: dict[int, MeetingFacts]
    waiting: dict[tuple[int, int], Delivery]
    answered: frozenset[int]
    count_on_it: frozenset[int]


def of(*, meeting: MeetingPage, said: MeetingFacts, scopes: Collection[str], now: dt.datetime) -> list[Debt]:
    """Everyone to whom `said` is owed, in a fixed number of queries; `scopes` are those whom the meeting concerns.

    Those whose last letter is in a worker's hands are left out: what they were told is known once it has ended.
    """
    doubtful = in_doubt(meeting=meeting, said=said, scopes=scopes)
    if not doubtful.exists():
        return []
    waiting = untold(meeting).select_related("mailing", "digest")
    ledger = Ledger(
        said=said,
        scopes=frozenset(scopes),
        announced={each.sequence: each.told for each in meeting.announcements.all()},
        waiting={(letter.resident_id or 0, letter.order): letter for letter in waiting},
        answered=frozenset(counting_on.last_words(meeting=meeting)),
        count_on_it=frozenset(counting_on.residents(meeting=meeting)),
    )
    debts = [debt_of(invitation, ledger, now) for invitation in doubtful.order_by("pk")]
    return [debt for debt in debts if debt is not None]


def untold(meeting: MeetingPage) -> DeliveryQuerySet:
    """Letters about it that wait, or are kept for a weekly letter that has not left: nobody knows yet what they say."""
    letters = announcing.letters_of(meeting).filter(state__in=DeliveryState.untold())
    return letters.exclude(digest__state=DeliveryState.SENT)


def in_doubt(*, meeting: MeetingPage, said: MeetingFacts, scopes: Collection[str]) -> QuerySet[Invitation]:
    """Invitations worth a closer look: told something else, told nothing yet, withdrawn, or of people left out now."""
    told = [each.sequence for each in meeting.announcements.all() if changes.must_be_told(each.told, said)]
    never_told = Q(sequence=None, origin=InvitationOrigin.AUDIENCE)
    doubt = Q(sequence__in=told) | Q(withdrawn_at__isnull=False) | never_told
    if changes.standing(said) is Standing.ON:
        doubt |= Q(origin=InvitationOrigin.AUDIENCE) & ~Q(because=[]) & ~Q(because__overlap=list(scopes))
    return Invitation.objects.filter(doubt, meeting=meeting)


def debt_of(invitation: Invitation, ledger: Ledger, now: dt.datetime) -> Debt | None:
    """What is owed for one invitation, or None: nothing, or not before its letter has ended."""
    waits = ledger.waiting.get((invitation.resident_id, invitation.sequence or 0))
    if waits and is_in_hand(waits, now):
        return None
    untold = waits if waits and never_left(waits) else None
    told = announcing.told_before(untold.mailing.key) if untold else invitation.sequence
    if invitation.withdrawn_at and untold is None:
        told = None
    letter = letter_owed(invitation, told, ledger)
    if untold and letter == untold.mailing.kind:
        still_says = ledger.announced.get(invitation.sequence or 0)
        if still_says and not changes.must_be_told(still_says, ledger.said):
            return None
    return Debt(invitation, told, letter, waits) if letter or untold else None


def is_in_hand(letter: Delivery, now: dt.datetime) -> bool:
    """Whether a worker may be sending it, or the weekly letter that tells it, at this very moment."""
    return any(each.claimed_until is not None and each.claimed_until >= now for each in carriers(letter))


def never_left(letter: Delivery) -> bool:
    """Nobody tried to send it: a letter whose worker died, or whose line broke, may have arrived."""
    return all(each.attempts == 0 and each.claim is None for each in carriers(letter))


def carriers(letter: Delivery) -> list[Delivery]:
    """What may bring it to its reader: itself, and the weekly letter that it is kept for."""
    return [letter, letter.digest] if letter.digest else [letter]


def letter_owed(invitation: Invitation, told: int | None, ledger: Ledger) -> LetterOwed | None:
    """Which letter brings someone who was `told` that to what is published."""
    before = None if told is None else ledger.announced.get(told)
    is_on = changes.standing(ledger.said) is Standing.ON
    if is_on and is_left_out(invitation, ledger):
        return LetterOwed.WITHDRAWAL if before and changes.standing(before) is Standing.ON else None
    if before is None:
        return LetterOwed.INVITATION if is_on and is_invited(invitation, ledger) else None
    if not changes.must_be_told(before, ledger.said):
        return None
    return LetterOwed.UPDATE if is_on else LetterOwed.CANCELLATION


def is_left_out(invitation: Invitation, ledger: Ledger) -> bool:
    """Whether the meeting was for them and is not any more; whoever answered keeps their invitation."""
    was_for = set(invitation.because) if invitation.origin == InvitationOrigin.AUDIENCE else set()
    answered = invitation.resident_id in ledger.answered
    return bool(was_for) and not was_for & ledger.scopes and not answered


def is_invited(invitation: Invitation, ledger: Ledger) -> bool:
    """Someone told that it was not for them, and who has answered since that they come, is invited again."""
    return invitation.withdrawn_at is None or invitation.resident_id in ledger.count_on_it
