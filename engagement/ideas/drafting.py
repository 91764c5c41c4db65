"""How does an idea begin? As a draft, found again by a signed link, that may lack anything and loses nothing."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import residents
from engagement import kept_files
from engagement.models import Idea, IdeaPicture, IdeaStage, KeptFile
from engagement.refusals import Refusal
from engagement.uploads.cleaning import CleanPicture

from . import own_links, writing_once

PURPOSE = "idea-draft"
LETTER_KIND = "idea-draft"
GOOD_FOR = dt.timedelta(days=30)
MOST_PICTURES = 6


class AlreadySent(Refusal):
    """What was sent waits for the button of its letter: take it back before you change it."""

    MESSAGE = gettext_lazy("This idea has been sent: its words no longer change.")


def token_of(idea: Idea) -> str:
    """For the address it was begun with: once the town hall has put that right, the old link shows nobody the new."""
    return own_links.sign(PURPOSE, idea.pk, count=idea.resident.addresses_before)


def find(*, token: str) -> Idea | None:
    """The idea behind the link of a draft, at whatever stage by now; None for a forged, truncated or forgotten one."""
    pk, before = own_links.read(PURPOSE, token)
    known = Idea.objects.select_related("resident", "neighbourhood").filter(resident__erased_at__isnull=True)
    return known.filter(pk=pk, resident__addresses_before=before).first()


@transaction.atomic
def begin(*, email: str, name: str, facts: Mapping[str, object], now: dt.datetime) -> Idea:
    """A draft of someone whose address nobody has proven yet; says nothing about who is known here."""
    resident = residents.find_or_create(email=email, name=name, now=now)
    return Idea.objects.create(resident=resident, given_name=name, created_at=now, changed_at=now, **facts)


@transaction.atomic
def save(*, idea: Idea, facts: Mapping[str, object], email: str = "", now: dt.datetime) -> None:
    """Keep these columns, and the address its letter goes to if that was put right. Raises AlreadySent."""
    refuse_sent(idea)
    changed: dict[str, object] = {**facts, "changed_at": now}
    if email and email.lower() != idea.resident.email.lower():
        name = str(facts.get("given_name") or idea.given_name)
        changed["resident"] = residents.find_or_create(email=email, name=name, now=now)
    Idea.objects.filter(pk=idea.pk).update(**changed)
    for column, value in changed.items():
        setattr(idea, column, value)


@transaction.atomic
def add_pictures(*, idea: Idea, pictures: Sequence[CleanPicture], now: dt.datetime) -> None:
    """As many as there is room for, after those that are there. Raises AlreadySent."""
    refuse_sent(idea)
    attach(idea=idea, pictures=pictures, now=now)


def attach(*, idea: Idea, pictures: Sequence[CleanPicture], now: dt.datetime) -> None:
    """As many as there is room for, whatever its stage."""
    for picture in pictures[: room_for_pictures(idea)]:
        IdeaPicture.objects.create(idea=idea, file=kept_files.keep(file=picture, now=now))


@transaction.atomic
def describe_pictures(*, idea: Idea, words: Mapping[int, str]) -> None:
    """What each shows, by the picture's key; those of other ideas are left alone. Raises AlreadySent."""
    refuse_sent(idea)
    for picture in idea.pictures.filter(pk__in=words):
        picture.alternative_text = words[picture.pk]
        picture.save(update_fields=["alternative_text"])


@transaction.atomic
def remove_picture(*, idea: Idea, pk: int) -> None:
    """With its file; one that is not there any more, or another idea's, is no trouble. Raises AlreadySent."""
    refuse_sent(idea)
    forget_pictures(idea.pictures.filter(pk=pk).values_list("pk", flat=True))


def forget_pictures(pks: Iterable[int]) -> None:
    """Rows first, for they hold on to their files."""
    pictures = IdeaPicture.objects.filter(pk__in=list(pks))
    files = list(pictures.values_list("file", flat=True))
    pictures.delete()
    KeptFile.objects.filter(pk__in=files).delete()


def room_for_pictures(idea: Idea) -> int:
    return max(0, MOST_PICTURES - idea.pictures.count())


@transaction.atomic
def continue_later(*, idea: Idea, now: dt.datetime) -> None:
    """A letter with the draft's link, one in ten minutes."""
    refuse_sent(idea)
    writing_once.write(
        kind=LETTER_KIND,
        key=idea.pk,
        title=_("Your draft: %(title)s") % {"title": idea},
        resident=idea.resident,
        now=now,
    )


def refuse_sent(idea: Idea) -> None:
    """Its row is locked until the transaction ends: what is being sent is not being changed. Raises AlreadySent."""
    locked = Idea.objects.select_for_update().get(pk=idea.pk)
    if locked.stage != IdeaStage.DRAFT or locked.sent_at is not None:
        raise AlreadySent
