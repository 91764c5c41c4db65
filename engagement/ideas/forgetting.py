"""What do we let go of by ourselves, each night? Drafts nobody came back to, supports nobody confirmed."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.db.models.functions import Greatest

from communities import forgetting
from communities.retention.rules import Reach
from engagement.models import Idea, IdeaPicture, IdeaStage, IdeaSupport

from . import drafting, submitting, supporting

LETTERS = (drafting.LETTER_KIND, submitting.LETTER_KIND)


def left_drafts(*, before: dt.datetime) -> QuerySet[Idea]:
    """Those written on, or sent, before it for the last time. Who began them is forgotten by the room of residents."""
    drafts = Idea.objects.filter(stage=IdeaStage.DRAFT).alias(last=Greatest("created_at", "changed_at", "sent_at"))
    waiting = [pk for kind in LETTERS for pk in forgetting.keys_that_wait(kind)]
    return drafts.filter(last__lt=before).exclude(pk__in=waiting)


def forget_drafts(keys: Sequence[int], reach: Reach) -> int:
    """With their photographs."""
    forget(list(keys))
    return len(keys)


def tidy_drafts(reach: Reach) -> None:
    for kind in LETTERS:
        forgetting.forget_letters(kind=kind, about=Idea, before=reach.before)


def forget(drafts: list[int]) -> None:
    """Drafts with what came with them; they have no passages."""
    drafting.forget_pictures(IdeaPicture.objects.filter(idea__in=drafts).values_list("pk", flat=True))
    Idea.objects.filter(pk__in=drafts, stage=IdeaStage.DRAFT).delete()


def unconfirmed_supports(*, before: dt.datetime) -> QuerySet[IdeaSupport]:
    """Those that no button confirmed."""
    unconfirmed = IdeaSupport.objects.filter(confirmed_at__isnull=True, created_at__lt=before)
    return unconfirmed.exclude(pk__in=forgetting.keys_that_wait(supporting.LETTER_KIND))


def tidy_supports(reach: Reach) -> None:
    forgetting.forget_letters(kind=supporting.LETTER_KIND, about=IdeaSupport, before=reach.before)
