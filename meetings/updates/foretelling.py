"""Which letters would leave if this were published: to how many people, how, when, and what would they read?"""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from communities.models import Channel
from meetings import audience, facts
from meetings.models import MeetingPage

from . import changes, debts, patience, reconciling
from .changes import Change
from .debts import Debt, LetterOwed


@dataclass(frozen=True)
class Foretold:
    """One sort of letter: for how many people on each channel, and what differs from what most of them were told."""

    letter: LetterOwed
    channels: Counter[Channel]
    changes: list[Change]
    asks_again: bool
    told: int | None
    is_postponed: bool = False

    @property
    def people(self) -> int:
        return self.channels.total()


@dataclass(frozen=True)
class Outlook:
    """Everything that would leave; `leaves_at` is None when it leaves at once.

    `is_too_late`: residents expect a meeting still to come, and of one that is over nobody is told.
    """

    letters: list[Foretold] = field(default_factory=list)
    unreachable: int = 0
    leaves_at: dt.datetime | None = None
    is_too_late: bool = False

    @property
    def people(self) -> int:
        return sum(each.people for each in self.letters)


def if_published(*, meeting: MeetingPage, scopes: Collection[str], now: dt.datetime) -> Outlook:
    """Of a meeting as someone is changing it, not saved: it would be published now."""
    if not meeting.live or meeting.starts_at is None or meeting.ends_at is None:
        return Outlook()
    if meeting.is_over(now):
        return Outlook(is_too_late=MeetingPage.objects.filter(pk=meeting.pk, ends_at__gte=now).exists())
    said = facts.of(meeting=meeting, sequence=0)
    owed = debts.of(meeting=meeting, said=said, scopes=scopes, now=now)
    at_once = patience.presses(meeting=meeting, debts=owed, now=now)
    return outlook(meeting, owed, scopes=scopes, leaves_at=None if at_once else now + patience.QUIET)


def as_published(*, meeting: MeetingPage, now: dt.datetime) -> Outlook:
    """Of a meeting as it is: what waits for its half hour."""
    owed = reconciling.owing(meeting=meeting, now=now)
    at_once = patience.is_over(meeting=meeting, debts=owed, now=now)
    leaves_at = None if at_once else patience.leaves_at(meeting)
    return outlook(meeting, owed, scopes=audience.scopes_of(meeting), leaves_at=leaves_at)


def outlook(
    meeting: MeetingPage, owed: list[Debt], *, scopes: Collection[str], leaves_at: dt.datetime | None
) -> Outlook:
    to_post = [debt for debt in owed if debt.letter]
    if not to_post:
        return Outlook()
    channels = reconciling.means(meeting=meeting, owed=to_post, scopes=scopes)
    told = {each.sequence: each.told for each in meeting.announcements.all()}
    said = facts.of(meeting=meeting, sequence=0)
    letters = []
    for letter in LetterOwed:
        debtors = [debt for debt in to_post if debt.letter == letter]
        reached = [debt for debt in debtors if debt.invitation.resident_id in channels]
        if not reached:
            continue
        most, _number = Counter(debt.told for debt in reached).most_common(1)[0]
        before = None if most is None else told[most]
        letters.append(
            Foretold(
                letter=letter,
                channels=Counter(channels[debt.invitation.resident_id] for debt in reached),
                changes=changes.in_words(before, said) if before and letter == LetterOwed.UPDATE else [],
                asks_again=bool(before and changes.asks_again(before, said)),
                told=most,
                is_postponed=meeting.is_postponed,
            )
        )
    people = sum(each.people for each in letters)
    return Outlook(letters=letters, unreachable=len(to_post) - people, leaves_at=leaves_at)
