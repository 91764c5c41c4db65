"""What do we let go of by ourselves, each night? Drafts nobody came back to, supports nobody confirmed."""

import datetime as dt

from django.db import transaction
from django.db.models.functions import Greatest

from communities import forgetting
from engagement.models import Idea, IdeaPicture, IdeaStage, IdeaSupport

from . import drafting, submitting, supporting

LETTERS = (drafting.LETTER_KIND, submitting.LETTER_KIND)


@transaction.atomic
def forget_drafts(*, now: dt.datetime) -> None:
    """Those written on, or sent, thirty days ago for the last time, with their photographs and letters.

    Who began them is forgotten by the room of residents.
    """
    before = now - drafting.GOOD_FOR
    drafts = Idea.objects.filter(stage=IdeaStage.DRAFT).alias(last=Greatest("created_at", "changed_at", "sent_at"))
    old = drafts.filter(last__lt=before)
    waiting = [pk for kind in LETTERS for pk in forgetting.keys_that_wait(kind)]
    forget(list(old.exclude(pk__in=waiting).select_for_update().values_list("pk", flat=True)))
    for kind in LETTERS:
        forgetting.forget_letters(kind=kind, about=Idea, before=before)


def forget(drafts: list[int]) -> None:
    """Drafts with what came with them; they have no passages."""
    drafting.forget_pictures(IdeaPicture.objects.filter(idea__in=drafts).values_list("pk", flat=True))
    Idea.objects.filter(pk__in=drafts, stage=IdeaStage.DRAFT).delete()


@transaction.atomic
def forget_supports(*, now: dt.datetime) -> None:
    """Those left unconfirmed for as long, with their letters."""
    before = now - drafting.GOOD_FOR
    unconfirmed = IdeaSupport.objects.filter(confirmed_at__isnull=True, created_at__lt=before)
    unconfirmed.exclude(pk__in=forgetting.keys_that_wait(supporting.LETTER_KIND)).delete()
    forgetting.forget_letters(kind=supporting.LETTER_KIND, about=IdeaSupport, before=before)
