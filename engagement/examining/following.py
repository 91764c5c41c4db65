"""What happens to a project between its signed convention and its end? Said by whoever follows it."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement import passing
from engagement.models import Passage, Project, Stage
from engagement.refusals import Refusal

DATES = {
    Stage.UNDER_WAY: "started_on",
    Stage.DELIVERED: "delivered_on",
    Stage.CLOSED: "closed_on",
    Stage.GIVEN_UP: "closed_on",
}
"""The day that goes with a passage."""
THROUGH_THE_CONVENTION = (Stage.SUPPORTED, Stage.DRAFTING, Stage.SIGNED)
"""Stages that a project reaches by what happens to its convention, and by nothing else."""


class ThroughItsConvention(Refusal):
    """Nobody says that a convention is signed: it is."""

    MESSAGE = _("A project comes to this stage through its convention: write it, have it signed or drop it.")


class NotYet(Refusal):
    """The day is to come: only what happened is said."""

    MESSAGE = _("This day is still to come: say it once it has happened.")


class BeforeItBegan(Refusal):
    """It ends before it began."""

    MESSAGE = _("This day is before the one on which the work began.")


@transaction.atomic
def move_on(
    *,
    project: Project,
    stage: Stage,
    on: dt.date | None = None,
    words: str = "",
    by: passing.Actor,
    now: dt.datetime,
) -> Passage:
    """Let it pass to `stage`; `on`: the day it happened, today when nobody says otherwise.

    Raises ThroughItsConvention, NotYet or BeforeItBegan, or what passing raises.
    """
    if stage in THROUGH_THE_CONVENTION:
        raise ThroughItsConvention
    facts: dict[str, object] = {}
    if stage in DATES:
        day = on or timezone.localdate(now)
        refuse_impossible(project, day, now=now)
        facts[DATES[stage]] = day
    return passing.to(thing=project, stage=stage, by=by, words=words, now=now, **facts)


def refuse_impossible(project: Project, day: dt.date, *, now: dt.datetime) -> None:
    if day > timezone.localdate(now):
        raise NotYet
    if project.started_on and day < project.started_on:
        raise BeforeItBegan
