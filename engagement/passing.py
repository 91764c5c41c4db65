"""How does an idea or a project pass to its next stage? Here, and nowhere else: allowed, logged, told."""

import datetime as dt
from dataclasses import dataclass
from typing import TypeVar, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from communities.models import Resident
from communities.permissions import holds

from . import telling
from .models import Idea, IdeaStage, Passage, Project, Right, Stage
from .models.stages import IDEA_PASSAGES, NEED_A_CHECK, NEED_A_REASON, PROJECT_PASSAGES, AnyStage
from .refusals import Refusal

Thing = TypeVar("Thing", Idea, Project)


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who makes a thing pass: a member of staff, or a resident who carries it."""

    user: User | None = None
    resident: Resident | None = None


class CannotPass(Refusal):
    """It does not pass there from the stage where it stands."""

    def __init__(self, before: AnyStage, after: AnyStage) -> None:
        words = _("This cannot pass from “%(before)s” to “%(after)s”.")
        super().__init__(words % {"before": before.label, "after": after.label})


class NotTheirs(Refusal):
    """Whoever asks has no right to this passage."""

    MESSAGE = gettext_lazy("You may not make this pass to another stage: ask someone who may.")


class NeedsAReason(Refusal):
    """Those who carry it, and everyone, must read why."""

    MESSAGE = gettext_lazy("Please write why: it is published, and sent to those who carry it.")


class NothingPlanned(Refusal):
    """Residents look after nothing when no day is set on which somebody looks."""

    MESSAGE = gettext_lazy("Plan at least one check first: a day on which somebody looks how it stands.")


@transaction.atomic
def to(*, thing: Thing, stage: AnyStage, by: Actor, words: str = "", now: dt.datetime, **facts: object) -> Passage:
    """Let it pass, write that down for ever, and tell those who carry it. `facts` are columns that change with it.

    Raises CannotPass, NotTheirs, NeedsAReason or NothingPlanned; then nothing has changed. Two who press at once: the
    second is told that it has passed already.
    """
    locked = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    before = stage_of(locked)
    if (before, stage) not in rights_of(locked):
        raise CannotPass(before, stage)
    if not is_allowed(locked, stage, by=by):
        raise NotTheirs
    if stage in NEED_A_REASON and not words.strip():
        raise NeedsAReason
    if needs_a_check(locked, stage):
        raise NothingPlanned
    changed = {"stage": stage, **facts}
    type(thing)._default_manager.filter(pk=thing.pk).update(**changed)
    for name, value in changed.items():
        setattr(thing, name, value)
    return note(thing=thing, before=before, by=by, words=words, now=now)


def note(*, thing: Idea | Project, before: AnyStage | None, by: Actor, words: str, now: dt.datetime) -> Passage:
    """Write the passage down, in the staff's history too, and tell those who carry it."""
    passage = Passage.objects.create(
        idea=thing if isinstance(thing, Idea) else None,
        project=thing if isinstance(thing, Project) else None,
        from_stage=before or "",
        to_stage=thing.stage,
        words=words.strip(),
        by=by.user,
        by_resident=by.resident,
        passed_at=now,
    )
    log(thing, "engagement.passage", user=by.user, data={"to": str(thing.stage), "from": str(before or "")})
    telling.tell_of(passage=passage, now=now)
    return passage


def is_allowed(thing: Idea | Project, stage: AnyStage, *, by: Actor) -> bool:
    """Whether this passage exists, and one of its rights is theirs."""
    rights = rights_of(thing).get((stage_of(thing), stage), frozenset[Right]())
    return any(_has(right, thing, by) for right in rights)


def needs_a_check(thing: Idea | Project, stage: AnyStage) -> bool:
    """Whether nobody has planned what must be planned before this passage."""
    if not isinstance(thing, Project) or (stage_of(thing), stage) not in NEED_A_CHECK:
        return False
    return not thing.checks.to_come().exists()


def ways_on(thing: Idea | Project, *, by: Actor) -> list[AnyStage]:
    """Where they may let it pass from here."""
    here = stage_of(thing)
    return [after for before, after in rights_of(thing) if before == here and is_allowed(thing, after, by=by)]


def stage_of(thing: Idea | Project) -> AnyStage:
    return IdeaStage(thing.stage) if isinstance(thing, Idea) else Stage(thing.stage)


def rights_of(thing: Idea | Project) -> dict[tuple[AnyStage, AnyStage], frozenset[Right]]:
    """Every passage of such a thing, with who may make it."""
    passages = IDEA_PASSAGES if isinstance(thing, Idea) else PROJECT_PASSAGES
    return cast("dict[tuple[AnyStage, AnyStage], frozenset[Right]]", passages)


def _has(right: Right, thing: Idea | Project, by: Actor) -> bool:
    if right is Right.HOLDERS:
        return by.resident is not None and by.resident in telling.holders_of(thing)
    return by.user is not None and holds(by.user, right.value)
