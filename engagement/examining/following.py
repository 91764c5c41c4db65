"""When did work begin, when was it delivered, and when given up? Said by whoever follows the project."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement import passing
from engagement.models import Passage, Project, Stage
from engagement.refusals import Refusal

DATES = {Stage.UNDER_WAY: "started_on", Stage.DELIVERED: "delivered_on", Stage.GIVEN_UP: "closed_on"}
"""The stages reached here, and the day that goes with each: the others come by the convention, or by its upkeep."""


class ComesOtherwise(Refusal):
    """Nobody just says that a convention is signed, or that residents look after something."""

    MESSAGE = _("A project comes to this stage otherwise: by what happens to its convention, or to its upkeep.")


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

    Raises ComesOtherwise, NotYet or BeforeItBegan, or what passing raises.
    """
    if stage not in DATES:
        raise ComesOtherwise
    day = on or timezone.localdate(now)
    refuse_impossible(project, day, now=now)
    return passing.to(thing=project, stage=stage, by=by, words=words, now=now, **{DATES[stage]: day})


def refuse_impossible(project: Project, day: dt.date, *, now: dt.datetime) -> None:
    if day > timezone.localdate(now):
        raise NotYet
    if project.started_on and day < project.started_on:
        raise BeforeItBegan
