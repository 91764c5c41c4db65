"""What may those who carry an idea do by themselves? See where it stands, show their name or not, withdraw it."""

import datetime as dt

from django.db import transaction

from communities import residents
from engagement import passing
from engagement.models import Idea, IdeaStage, Teammate

from . import own_links

PURPOSE = "my-idea"


def token_of(idea: Idea) -> str:
    """For the address its resident has now: in letters to them, and nowhere else."""
    return own_links.sign(PURPOSE, idea.pk, count=idea.resident.addresses_before)


def find(*, token: str) -> Idea | None:
    """Their idea; None for a link that is forged or truncated, or was sent to an earlier address."""
    pk, before = own_links.read(PURPOSE, token)
    known = Idea.objects.submitted().select_related("resident", "neighbourhood", "merged_into", "project__page")
    return known.filter(pk=pk, resident__addresses_before=before, resident__erased_at__isnull=True).first()


def may_withdraw(idea: Idea) -> bool:
    return IdeaStage.WITHDRAWN in passing.ways_on(idea, by=passing.Actor(resident=idea.resident))


def withdraw(*, idea: Idea, now: dt.datetime) -> None:
    """They no longer want it; what was said of it stays. Raises passing.CannotPass once it was answered."""
    passing.to(thing=idea, stage=IdeaStage.WITHDRAWN, by=passing.Actor(resident=idea.resident), now=now)


@transaction.atomic
def show_name(*, idea: Idea, name: str) -> None:
    """The name the site shows from now on, of the idea and of the project it became; empty, it shows none."""
    idea.shown_as = residents.tidy_name(name)[:80]
    idea.save(update_fields=["shown_as"])
    Teammate.objects.filter(project__idea=idea, resident=idea.resident).update(shown_as=idea.shown_as)
