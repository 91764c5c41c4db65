"""Which ideas wait too long for their answer? On the staff's first page; nothing when none waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from engagement import permissions
from engagement.models import Idea, IdeaStage
from engagement.models.idea import IdeaQuerySet

from .board import Card, card_of

MOST_SHOWN = 5


@dataclass(frozen=True)
class Queue:
    """The first of them, and how many there are in all."""

    cards: list[Card]
    number: int

    @property
    def rest(self) -> int:
        return self.number - len(self.cards)


class IdeasWaiting(Component):  # type: ignore[misc]  # Wagtail is untyped
    """Overdue answers first; then those that have waited longest for the examination to begin or to end."""

    name = "ideas_waiting"
    template_name = "engagement/admin/ideas_waiting.html"
    order = 20

    def __init__(self, overdue: Queue, waiting: Queue) -> None:
        self.overdue, self.waiting = overdue, waiting

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"overdue": self.overdue, "waiting": self.waiting}


def panel_for(request: HttpRequest) -> IdeasWaiting | None:
    """For whoever examines ideas, and for the elected who follow some."""
    if not permissions.may_see_ideas(request.user):
        return None
    today = timezone.localdate()
    late = Idea.objects.overdue(today)
    clock_runs = Idea.objects.filter(stage__in=IdeaStage.in_hand())
    overdue, waiting = queue(late), queue(clock_runs.exclude(pk__in=late))
    return IdeasWaiting(overdue, waiting) if overdue.number or waiting.number else None


def queue(ideas: IdeaQuerySet) -> Queue:
    now = timezone.now()
    shown = ideas.select_related("officer").order_by("answer_due_on", "pk")[:MOST_SHOWN]
    cards = [card_of(idea, now=now) for idea in shown]
    return Queue(cards, len(cards) if len(cards) < MOST_SHOWN else ideas.count())
