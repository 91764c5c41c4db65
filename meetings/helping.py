"""What would help people come to a meeting, and until when do we know it?"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from .models import Answer, AnswerChannel, Choice, Help, HelpAsked, Invitation, MeetingPage, WaitingPlace
from .seating import waiting
from .seating.waiting import WhenFull


@transaction.atomic
def answer(
    *,
    invitation: Invitation,
    choice: Choice,
    guests: int,
    help_asked: Collection[str] | None,
    channel: AnswerChannel,
    when_full: WhenFull = WhenFull.REFUSE,
    by: User | None = None,
    now: dt.datetime,
) -> Answer | WaitingPlace:
    """Record what somebody answers, and what would help them come; None leaves what they asked for as it is.

    Whoever does not come needs no help. Raises as waiting.record does.
    """
    given = waiting.record(
        invitation=invitation, choice=choice, guests=guests, channel=channel, when_full=when_full, by=by, now=now
    )
    if choice == Choice.NO:
        help_asked = ()
    if help_asked is not None:
        ask(invitation=invitation, kinds=help_asked, now=now)
    return given


def ask(*, invitation: Invitation, kinds: Collection[str], now: dt.datetime) -> None:
    """What they say now replaces what they said before."""
    if not kinds:
        HelpAsked.objects.filter(invitation=invitation).delete()
        return
    HelpAsked.objects.update_or_create(
        invitation=invitation, defaults={"kinds": [kind for kind in Help.values if kind in kinds], "asked_at": now}
    )


def asked_for(invitation: Invitation) -> list[str]:
    """What they asked for, as a form takes it."""
    kinds = HelpAsked.objects.filter(invitation=invitation).values_list("kinds", flat=True).first()
    return list(kinds or [])


@dataclass(frozen=True)
class Wanted:
    """One kind of help, and who asked for it."""

    kind: Help
    names: list[str]

    @property
    def number(self) -> int:
        return len(self.names)


def wanted(*, meeting: MeetingPage) -> list[Wanted]:
    """What to prepare for a meeting, in one query; only for those who did not say no."""
    asked = HelpAsked.objects.filter(invitation__meeting=meeting, invitation__resident__erased_at=None)
    rows: Iterable[HelpAsked] = asked.select_related("invitation__resident").order_by("invitation__resident__folded")
    people = [(str(row.invitation.resident), set(row.kinds)) for row in rows]
    by_kind = [Wanted(kind, [name for name, kinds in people if kind in kinds]) for kind in Help]
    return [each for each in by_kind if each.names]
