"""After the invitations left: where do the letters of a meeting stand, and whom must people still tell by hand?"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from communities.models import Channel, DeliveryState, Mailing, MailingState
from communities.post import by_hand
from meetings.models import MeetingPage

from . import reading

REASONS_SHOWN = 8


@dataclass(frozen=True)
class HandWork:
    """Letters to post, or people to call."""

    channel: Channel
    done: int
    total: int

    @property
    def is_by_post(self) -> bool:
        return self.channel == Channel.LETTER

    @property
    def is_done(self) -> bool:
        return self.done == self.total


@dataclass(frozen=True)
class Progress:
    """E-mails by state with the reasons of those that did not leave, and what is done by hand."""

    states: Counter[str]
    hand_work: list[HandWork]
    reasons: list[tuple[str, int]]
    paused: Mailing | None

    @property
    def letters(self) -> int:
        return self.states.total()

    @property
    def waiting(self) -> int:
        return self.states[DeliveryState.PENDING]

    @property
    def sent(self) -> int:
        return self.states[DeliveryState.SENT]

    @property
    def failed(self) -> int:
        return self.states[DeliveryState.FAILED]

    @property
    def skipped(self) -> int:
        return self.states[DeliveryState.SKIPPED]

    @property
    def ended(self) -> int:
        return self.letters - self.waiting

    @property
    def is_moving(self) -> bool:
        """Whether looking again in a moment will show something else."""
        return bool(self.waiting and self.paused is None)


def of(meeting: MeetingPage) -> Progress:
    """Four queries, whatever the number of letters."""
    letters = reading.letters(meeting).order_by()
    counted: dict[str, Counter[str]] = {channel: Counter() for channel in Channel.values}
    for channel, state, number in letters.values_list("channel", "state").annotate(Count("pk")):
        counted[channel][state] = number
    to_do = [DeliveryState.SENT, DeliveryState.PENDING]
    asked = {channel: sum(counted[channel][state] for state in to_do) for channel in by_hand.CHANNELS}
    unsent = letters.filter(state__in=[DeliveryState.FAILED, DeliveryState.SKIPPED])
    reasons = unsent.values_list("reason").annotate(number=Count("pk")).order_by("-number", "reason")
    waiting = letters.pending().filter(channel=Channel.EMAIL, mailing__state=MailingState.PAUSED)
    held = waiting.select_related("mailing").order_by("-mailing").first()
    return Progress(
        states=counted[Channel.EMAIL],
        hand_work=[
            HandWork(channel, counted[channel][DeliveryState.SENT], asked[channel])
            for channel in by_hand.CHANNELS
            if asked[channel]
        ],
        reasons=list(reasons[:REASONS_SHOWN]),
        paused=held.mailing if held else None,
    )
