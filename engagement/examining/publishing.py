"""What does everyone read of an idea? Nothing, until staff say so."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from engagement import permissions, recognising
from engagement.ideas import drafting
from engagement.models import Idea, IdeaNote, IdeaStage
from engagement.refusals import Refusal, refuse_unless
from engagement.uploads.cleaning import CleanPicture

PUBLISHED, WITHHELD, REWORDED, PICTURES, ADDED = (
    f"engagement.{action}" for action in ("published", "withheld", "reworded", "pictures", "pictures_added")
)


class NotReceived(Refusal):
    """A draft is nobody's business but its holders'."""

    MESSAGE = gettext_lazy("This idea is still a draft: the town hall has not received it.")


class Withdrawn(Refusal):
    """Those who carried it took it back."""

    MESSAGE = gettext_lazy("Those who carried this idea withdrew it: it is not made public.")


@transaction.atomic
def publish(*, idea: Idea, by: User, now: dt.datetime) -> None:
    """Everyone may read it, support it and join it; doing it twice changes nothing. Raises NotReceived, Withdrawn."""
    refuse_unless(permissions.may_examine_ideas(by))
    locked = Idea.objects.select_for_update().get(pk=idea.pk)
    if locked.is_draft:
        raise NotReceived
    if locked.stage == IdeaStage.WITHDRAWN:
        raise Withdrawn
    if locked.public_at is None:
        Idea.objects.filter(pk=idea.pk).update(public_at=now)
        log(locked, PUBLISHED, user=by)
    idea.public_at = locked.public_at or now


@transaction.atomic
def withhold(*, idea: Idea, by: User) -> None:
    """Nobody but the town hall and those who carry it reads it any more."""
    refuse_unless(permissions.may_examine_ideas(by))
    if Idea.objects.filter(pk=idea.pk, public_at__isnull=False).update(public_at=None):
        log(idea, WITHHELD, user=by)
    idea.public_at = None


@transaction.atomic
def add_pictures(*, idea: Idea, pictures: Sequence[CleanPicture], by: User, now: dt.datetime) -> None:
    """Those that came to the desk, as far as there is room; nobody else sees them yet."""
    refuse_unless(permissions.may_examine_ideas(by))
    if pictures:
        drafting.attach(idea=Idea.objects.select_for_update().get(pk=idea.pk), pictures=pictures, now=now)
        log(idea, ADDED, user=by)


@transaction.atomic
def show_pictures(
    *, idea: Idea, shown: Collection[int], words: Mapping[int, str], recognised: Mapping[int, str], by: User
) -> None:
    """Of its photographs, those whose keys are in `shown` stand on its page; `words` says what each shows, `recognised`
    who is recognised on it. Raises NobodySaid, MinorsAreOnIt.
    """
    refuse_unless(permissions.may_examine_ideas(by))
    for picture in idea.pictures.all():
        picture.recognisable = recognised.get(picture.pk, picture.recognisable)
        if picture.pk in shown:
            recognising.refuse_to_show(recognisable=picture.recognisable, was_public=picture.is_public)
        picture.is_public = picture.pk in shown
        picture.alternative_text = words.get(picture.pk, picture.alternative_text)[:255]
        picture.save(update_fields=["is_public", "alternative_text", "recognisable"])
    log(idea, PICTURES, user=by)


@transaction.atomic
def reword(*, idea: Idea, words: Mapping[str, str], by: User, now: dt.datetime) -> None:
    """Change what it says, for everyone to understand it; what those who carry it wrote is kept in private notes."""
    refuse_unless(permissions.may_examine_ideas(by))
    before = Idea.objects.select_for_update().get(pk=idea.pk)
    if before.is_draft:
        raise NotReceived
    changed = {name: text for name, text in words.items() if getattr(before, name) != text}
    if not changed:
        return
    Idea.objects.filter(pk=idea.pk).update(**changed)
    as_they_were = [IdeaNote(idea=idea, by=by, words=as_it_was(before, name), written_at=now) for name in changed]
    IdeaNote.objects.bulk_create(as_they_were)
    log(idea, REWORDED, user=by)
    for name, text in changed.items():
        setattr(idea, name, text)


def as_it_was(idea: Idea, name: str) -> str:
    """The words that are about to go, under their name."""
    field: Any = idea._meta.get_field(name)
    said = {"field": field.verbose_name, "words": getattr(idea, name) or _("nothing")}
    return _("Before it was changed, “%(field)s” said: %(words)s") % said
