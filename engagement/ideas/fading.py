"""What is left of an idea two years after the commune refused it? Its title, its stages and the answer; no person."""

import datetime as dt
from collections.abc import Iterable, Sequence

from communities.retention import activity
from communities.retention.rules import Facts, Reach
from engagement import traces
from engagement.models import HolderKind, Idea, IdeaAnswer, IdeaNote, IdeaPicture, IdeaStage, IdeaSupport, Passage
from engagement.models.idea import IdeaQuerySet

from . import drafting, erasing
from .erasing import TOLD
from .erasing import erased as erased_words


def refused(*, before: dt.datetime) -> IdeaQuerySet:
    """Those refused before it whose words are still whole."""
    return Idea.objects.filter(stage=IdeaStage.REFUSED, decided_at__lt=before, faded_at__isnull=True)


def fade(keys: Sequence[int], reach: Reach) -> int:
    """The names go, and the words where nobody reads them on the site; supports, notes and answers go.

    Who supported it was heard of that day: they keep the day.
    """
    supports = IdeaSupport.objects.filter(idea__in=keys)
    activity.remember(supports.filter(confirmed_at__isnull=False), person="resident", at="confirmed_at")
    supports.delete()
    IdeaAnswer.objects.filter(idea__in=keys).delete()
    IdeaNote.objects.filter(idea__in=keys).delete()
    hidden = IdeaPicture.objects.filter(idea__in=keys, is_public=False)
    drafting.forget_pictures(hidden.values_list("pk", flat=True))
    for idea in Idea.objects.filter(pk__in=keys).select_related("resident"):
        erasing.erase_words(idea, traces.of(idea.resident, idea.given_name, idea.shown_as))
    return Idea.objects.filter(pk__in=keys).update(faded_at=reach.now)


def told(keys: Sequence[int]) -> Iterable[Facts]:
    """The idea and the commune's answer, without who proposed it unless it was an association or a school."""
    answers = Passage.objects.filter(idea__in=keys, to_stage=IdeaStage.REFUSED).order_by("pk")
    reasons = dict(answers.values_list("idea", "words"))
    for idea in Idea.objects.filter(pk__in=keys).select_related("resident", "neighbourhood").order_by("pk"):
        named = traces.of(idea.resident, idea.given_name, idea.shown_as)
        yield {
            **{name: named.without(getattr(idea, name)) or erased_words() for name in TOLD if getattr(idea, name)},
            "organisation": "" if idea.kind == HolderKind.PERSON else idea.organisation,
            "neighbourhood": str(idea.neighbourhood or ""),
            "received_at": idea.received_at.isoformat() if idea.received_at else "",
            "refused_at": idea.decided_at.isoformat() if idea.decided_at else "",
            "reason": reasons.get(idea.pk, ""),
        }
