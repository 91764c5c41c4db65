"""Who comes? The figures of a meeting's answers."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, Sum

from meetings.counting import OF_CHOICES
from meetings.models import (
    Answer,
    Choice,
    Invitation,
    MeetingPage,
    MeetingTurnout,
    Registration,
    WaitingPlace,
    WaitingState,
)
from meetings.seating import seats


@dataclass(frozen=True)
class Turnout:
    """Answers by choice, and people: those who come with their guests, those whose seat is held, the room's limit.

    `in_line` and `offered` are requests: each with its party. `counted` are the figures, within the others, of names
    that are no longer kept.
    """

    choices: Counter[str]
    silent: int
    people: int
    held: int
    capacity: int | None
    left: int | None
    in_line: int
    offered: int
    counted: MeetingTurnout | None = None

    @property
    def missing(self) -> int:
        """How many more people come than there are seats."""
        return max(0, self.people - self.capacity) if self.capacity is not None else 0

    @property
    def yes(self) -> int:
        return self.choices[Choice.YES]

    @property
    def no(self) -> int:
        return self.choices[Choice.NO]

    @property
    def maybe(self) -> int:
        return self.choices[Choice.MAYBE]


def of(meeting: MeetingPage, *, now: dt.datetime) -> Turnout:
    """Six queries, whatever the number of answers; seven where seats are counted."""
    counted = MeetingTurnout.objects.filter(meeting=meeting).first() or MeetingTurnout(**dict.fromkeys(OF_CHOICES, 0))
    answers = Answer.objects.current().filter(invitation__meeting=meeting)
    choices = Counter(dict(answers.order_by().values_list("choice").annotate(Count("pk"))))
    silent = Invitation.objects.filter(meeting=meeting).count() - choices.total()
    held = Registration.objects.held(now).filter(meeting=meeting).aggregate(people=Sum(F("guests") + 1))["people"]
    waits = WaitingPlace.objects.standing().filter(invitation__meeting=meeting)
    lines = Counter(dict(waits.order_by().values_list("state").annotate(Count("pk"))))
    left = seats.left(meeting=meeting, now=now)
    return Turnout(
        choices=choices + Counter({choice: getattr(counted, choice) for choice in Choice.values}),
        silent=silent + counted.asked - counted.answered,
        people=answers.coming().people() + counted.people,
        held=held or 0,
        capacity=meeting.capacity,
        left=max(0, left - counted.people) if left is not None else None,
        in_line=lines[WaitingState.WAITING],
        offered=lines[WaitingState.OFFERED],
        counted=counted if counted.pk else None,
    )
