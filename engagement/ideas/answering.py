"""The town hall asked for more: how do those who carry the idea answer?"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from engagement import passing
from engagement.models import Idea, IdeaAnswer, IdeaStage, Passage
from engagement.refusals import Refusal


class NotAsked(Refusal):
    """Nobody asks for more, or somebody has answered already."""

    MESSAGE = gettext_lazy("The town hall is not waiting for an answer about this idea.")


class SaysNothing(Refusal):
    """An answer needs words."""

    MESSAGE = gettext_lazy("Please write your answer.")


def question(idea: Idea) -> Passage | None:
    """What was asked last; None while nothing is."""
    asked = idea.passages.filter(to_stage=IdeaStage.ASKED).order_by("-passed_at", "-pk")
    return asked.first() if idea.waits_for_its_holders else None


@transaction.atomic
def answer(*, idea: Idea, words: str, by: passing.Actor, now: dt.datetime) -> IdeaAnswer:
    """Keep the answer for the staff, and go on examining; the days we waited do not count against the town.

    Raises NotAsked, SaysNothing, or what passing.to raises.
    """
    idea.refresh_from_db(fields=["stage", "answer_due_on"], from_queryset=Idea.objects.select_for_update())
    if not idea.waits_for_its_holders:
        raise NotAsked
    if not words.strip():
        raise SaysNothing
    passing.to(thing=idea, stage=IdeaStage.EXAMINATION, by=by, now=now, answer_due_on=due_after(idea, now=now))
    return IdeaAnswer.objects.create(idea=idea, words=words.strip(), answered_at=now, noted_by=by.user)


def due_after(idea: Idea, *, now: dt.datetime) -> dt.date | None:
    """The day by which the town answers, later by the days it waited for them."""
    asked = question(idea)
    if asked is None or idea.answer_due_on is None:
        return idea.answer_due_on
    return idea.answer_due_on + (timezone.localdate(now) - timezone.localdate(asked.passed_at))
