"""What does the town hall answer to an idea? Each answer is one passage, said to those who carry it."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from engagement import passing, projects, telling
from engagement.ideas import answering
from engagement.models import Idea, IdeaStage, IdeaSupport, Passage, Project
from engagement.refusals import Refusal

from . import publishing


class NoTwin(Refusal):
    """The other idea is the same one, a draft, or not alive any more."""

    MESSAGE = _("Choose another idea that the town hall received, and that was neither refused, joined nor withdrawn.")


def begin(*, idea: Idea, words: str = "", by: passing.Actor, now: dt.datetime) -> Passage:
    """Examine what was received."""
    return passing.to(thing=idea, stage=IdeaStage.EXAMINATION, by=by, words=words, now=now)


@transaction.atomic
def go_on(*, idea: Idea, answer: str = "", by: passing.Actor, now: dt.datetime) -> None:
    """Those who carry it were asked and answered otherwise than on the site, or the town hall no longer waits.

    `answer`: what they said; kept, never published. The days we waited do not count against the town.
    """
    if answer.strip():
        answering.answer(idea=idea, words=answer, by=by, now=now)
    else:
        due_on = answering.due_after(idea, now=now)
        passing.to(thing=idea, stage=IdeaStage.EXAMINATION, by=by, now=now, answer_due_on=due_on)


def ask(*, idea: Idea, question: str, by: passing.Actor, now: dt.datetime) -> Passage:
    """Ask those who carry it for more; until they answer, the clock of the town hall's answer stands still."""
    return passing.to(thing=idea, stage=IdeaStage.ASKED, by=by, words=question, now=now)


@transaction.atomic
def support(*, idea: Idea, words: str = "", is_published: bool = False, by: passing.Actor, now: dt.datetime) -> Project:
    """The commune supports it: the project begins, with its community, its team and a page for someone to write.

    `is_published`: the idea is shown to everyone with its answer.
    """
    passage = passing.to(thing=idea, stage=IdeaStage.SUPPORTED, by=by, words=words, now=now, decided_at=now)
    publish_too(passage, wanted=is_published, by=by, now=now)
    return projects.begin(idea=idea, by=by, now=now)


@transaction.atomic
def refuse(*, idea: Idea, reason: str, is_published: bool = False, by: passing.Actor, now: dt.datetime) -> Passage:
    """The commune does not support it, and says why: to those who carry it, and to everyone where it is public."""
    passage = passing.to(thing=idea, stage=IdeaStage.REFUSED, by=by, words=reason, now=now, decided_at=now)
    publish_too(passage, wanted=is_published, by=by, now=now)
    return passage


def publish_too(passage: Passage, *, wanted: bool, by: passing.Actor, now: dt.datetime) -> None:
    """Those who supported it, while it was public once before, hear of the answer that everyone reads."""
    idea = passage.idea
    if wanted and idea is not None and not idea.is_public and by.user is not None:
        publishing.publish(idea=idea, by=by.user, now=now)
        telling.tell_supporters(passage=passage, now=now)


@transaction.atomic
def join(*, idea: Idea, twin: Idea, reason: str, by: passing.Actor, now: dt.datetime) -> Passage:
    """It goes on in its twin, with those who support it and those who carry it. Raises NoTwin.

    Two ideas joined to each other at once: the second is told that its twin is joined already.
    """
    locked = {
        each.pk: each for each in Idea.objects.select_for_update().filter(pk__in=[idea.pk, twin.pk]).order_by("pk")
    }
    other = locked[twin.pk]
    if other.pk == idea.pk or other.stage not in alive():
        raise NoTwin
    passage = passing.to(
        thing=idea, stage=IdeaStage.MERGED, by=by, words=reason, now=now, decided_at=now, merged_into=other
    )
    move_supports(idea=idea, twin=other, now=now)
    return passage


def alive() -> list[IdeaStage]:
    """Stages at which an idea can take another in."""
    return [*IdeaStage.open(), IdeaStage.SUPPORTED]


def move_supports(*, idea: Idea, twin: Idea, now: dt.datetime) -> None:
    """Each person once: who supported both would take part if they said so of either. Whoever carried the idea takes
    part in its twin, unless it is theirs too, or they were erased.
    """
    already = list(twin.supports.filter(joins=True, confirmed_at__isnull=False).values_list("resident", flat=True))
    moving = idea.supports.exclude(resident=twin.resident)
    of_both = moving.filter(resident__in=twin.supports.values("resident"))
    theirs = {same.resident_id: same for same in twin.supports.filter(resident__in=idea.supports.values("resident"))}
    for support in of_both:
        add_up(theirs[support.resident_id], support)
    IdeaSupport.objects.bulk_update(theirs.values(), ["joins", "wants_news", "confirmed_at"])
    of_both.delete()
    moving.update(idea=twin)
    if idea.resident_id != twin.resident_id and idea.resident.erased_at is None:
        IdeaSupport.objects.update_or_create(
            idea=twin,
            resident=idea.resident,
            defaults={"joins": True, "confirmed_at": now},
            create_defaults={"joins": True, "confirmed_at": now, "created_at": now},
        )
    gather_newcomers(twin, already=already, now=now)


def add_up(same: IdeaSupport, support: IdeaSupport) -> None:
    """What one person said of both ideas; what nobody confirmed may be somebody else's word, and adds nothing."""
    sure = [each for each in (same, support) if each.confirmed_at is not None]
    if sure:
        same.joins, same.wants_news = any(each.joins for each in sure), any(each.wants_news for each in sure)
        same.confirmed_at = sure[0].confirmed_at


def gather_newcomers(twin: Idea, *, already: Collection[int], now: dt.datetime) -> None:
    """A twin that is a project already has a community for those who would take part. Those who said so `already`
    were taken in then: whoever left since stays away.
    """
    project = Project.objects.filter(idea=twin, community__isnull=False).select_related("community").first()
    if project is not None and project.community is not None:
        projects.take_in_supporters(idea=twin, community=project.community, besides=already, now=now)


def withdraw(*, idea: Idea, words: str = "", by: passing.Actor, now: dt.datetime) -> Passage:
    """Those who carry it told the town hall that they give it up."""
    return passing.to(thing=idea, stage=IdeaStage.WITHDRAWN, by=by, words=words, now=now)
