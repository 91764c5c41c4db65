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
    """For the address its letters go to now: once that is put right, here or by the town hall, the old link is dead."""
    return own_links.sign(PURPOSE, idea.pk, count=addressing(idea))


def addressing(idea: Idea) -> int:
    """Which of its addresses, and which of those its resident has had."""
    return own_links.both(idea.addresses_before, idea.resident.addresses_before)


def find(*, token: str) -> Idea | None:
    """The idea behind the link of a draft, at whatever stage by now; None for one that is forged, truncated or
    forgotten, or was sent to an earlier address.
    """
    pk, count = own_links.read(PURPOSE, token)
    known = Idea.objects.select_related("resident", "neighbourhood").filter(resident__erased_at__isnull=True)
    idea = known.filter(pk=pk).first()
    return idea if idea and addressing(idea) == count else None


@transaction.atomic
def begin(*, email: str, name: str, facts: Mapping[str, object], now: dt.datetime) -> Idea:
    """A draft of someone whose address nobody has proven yet; says nothing about who is known here."""
    resident = residents.find_or_create(email=email, name=name, now=now)
    return Idea.objects.create(resident=resident, given_name=name, created_at=now, changed_at=now, **facts)


@transaction.atomic
def save(*, idea: Idea, facts: Mapping[str, object], now: dt.datetime) -> None:
    """Keep these columns. Raises AlreadySent."""
    refuse_sent(idea)
    changed = {**facts, "changed_at": now}
    Idea.objects.filter(pk=idea.pk).update(**changed)
    for column, value in changed.items():
        setattr(idea, column, value)


@transaction.atomic
def put_address_right(*, idea: Idea, email: str, now: dt.datetime) -> bool:
    """Its letters go there from now on; its link changes, for the old one may lie in somebody else's mailbox.

    An empty address, or the same one, changes nothing, and answers no. Raises AlreadySent.
    """
    refuse_sent(idea)
    idea.refresh_from_db()
    if not email or email.lower() == idea.resident.email.lower():
        return False
    idea.resident = residents.find_or_create(email=email, name=idea.given_name, now=now)
    idea.addresses_before += 1
    idea.save(update_fields=["resident", "addresses_before"])
    return True


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
def continue_later(*, idea: Idea, email: str = "", now: dt.datetime) -> None:
    """A letter with the draft's link, one in ten minutes; to `email` if that is new. Raises AlreadySent."""
    is_elsewhere = put_address_right(idea=idea, email=email, now=now)
    writing_once.write(
        kind=LETTER_KIND,
        key=idea.pk,
        title=_("Your draft: %(title)s") % {"title": idea},
        resident=idea.resident,
        anew=is_elsewhere,
        now=now,
    )


def refuse_sent(idea: Idea) -> None:
    """Its row is locked until the transaction ends: what is being sent is not being changed. Raises AlreadySent."""
    locked = Idea.objects.select_for_update().get(pk=idea.pk)
    if locked.stage != IdeaStage.DRAFT or locked.sent_at is not None:
        raise AlreadySent
