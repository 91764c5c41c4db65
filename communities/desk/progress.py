"""Where do letters stand: by state, by reason, and what must people still do by hand?"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, Count, F, Func, Value

from communities.models import Channel, Delivery, DeliveryState, Mailing, MailingState
from communities.models.delivery import DeliveryQuerySet
from communities.post import by_hand

REASONS_SHOWN = 8
BOUNCED = "bounced"
# Relays quote the address that they refuse: without it, a hundred refusals of one sort are one line.
_ADDRESS = Value(r"<?[^\s<>]+@[^\s<>,;:]+>?")
SORT_OF_REASON = Func(
    F("reason"), _ADDRESS, Value("…"), Value("g"), function="regexp_replace", output_field=CharField()
)


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
class Figures:
    """How many letters stand where; each counts once, one that left and came back as come back."""

    states: Counter[str]

    @property
    def total(self) -> int:
        return self.states.total()

    @property
    def waiting(self) -> int:
        return self.states[DeliveryState.PENDING]

    @property
    def held(self) -> int:
        """Kept for the weekly letter."""
        return self.states[DeliveryState.HELD]

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
    def bounced(self) -> int:
        return self.states[BOUNCED]

    @property
    def ended(self) -> int:
        return self.total - self.waiting


@dataclass(frozen=True)
class Progress(Figures):
    """E-mails by state with the reasons of those that did not leave, and what is done by hand."""

    hand_work: list[HandWork]
    reasons: list[tuple[str, int]]
    paused: Mailing | None

    @property
    def letters(self) -> int:
        return self.total

    @property
    def is_moving(self) -> bool:
        """Whether looking again in a moment will show something else."""
        return bool(self.waiting and self.paused is None)


def of(letters: DeliveryQuerySet) -> Progress:
    """Four queries, whatever the number of letters."""
    letters = letters.order_by()
    counted = counted_by("channel", letters)
    to_do = [DeliveryState.SENT, DeliveryState.PENDING]
    asked = {channel: sum(counted[channel][state] for state in to_do) for channel in by_hand.CHANNELS}
    unsent = letters.filter(state__in=[DeliveryState.HELD, DeliveryState.FAILED, DeliveryState.SKIPPED])
    of_each_sort = unsent.values(sort=SORT_OF_REASON).annotate(number=Count("pk")).order_by("-number", "sort")
    waiting = letters.pending().filter(channel__in=[Channel.EMAIL, Channel.SMS], mailing__state=MailingState.PAUSED)
    held = waiting.select_related("mailing").order_by("-mailing").first()
    return Progress(
        states=counted[Channel.EMAIL] + counted[Channel.SMS],
        hand_work=[
            HandWork(channel, counted[channel][DeliveryState.SENT], asked[channel])
            for channel in by_hand.CHANNELS
            if asked[channel]
        ],
        reasons=[(row["sort"], row["number"]) for row in of_each_sort[:REASONS_SHOWN]],
        paused=held.mailing if held else None,
    )


def of_each(mailings: Iterable[Mailing]) -> dict[int, Figures]:
    """The figures of each of these mailings, all channels together, in one query."""
    counted = counted_by("mailing", Delivery.objects.filter(mailing__in=[mailing.pk for mailing in mailings]))
    return {mailing.pk: Figures(counted[mailing.pk]) for mailing in mailings}


def counted_by(what: str, letters: DeliveryQuerySet) -> dict[int | str, Counter[str]]:
    """How many letters in each state, for each value of a column."""
    counted: dict[int | str, Counter[str]] = defaultdict(Counter)
    groups = letters.order_by().values_list(what, "state").annotate(Count("pk"), Count("bounced_at"))
    for value, state, number, bounced in groups:
        counted[value] += Counter({state: number - bounced, BOUNCED: bounced})
    return counted
